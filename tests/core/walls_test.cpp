#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

// The walls between the rooms: every #include of another room must be an arrow of this table. A new arrow is a line to
// argue for.
namespace {

const std::map<std::string, std::set<std::string>> arrows{
    {"util", {}},
    {"schema", {"util"}},
    {"tokenize", {"util", "schema"}},
    {"data", {"util", "schema", "tokenize"}},
    {"model", {"util", "schema", "data"}},
    {"objective", {"util", "schema", "tokenize", "data", "model"}},
    {"optim", {"util", "schema", "model"}},
    {"eval", {"util", "schema", "tokenize", "data", "model", "objective"}},
    {"artifact", {"util", "schema"}},
    {"spec", {"util", "schema", "tokenize", "data", "model", "objective", "optim", "eval"}},
    {"adapt", {"util", "schema", "tokenize", "data", "model", "objective", "optim", "eval", "artifact", "spec"}},
    {"train",
     {"util", "schema", "tokenize", "data", "model", "objective", "optim", "eval", "artifact", "spec", "adapt"}},
    {"study",
     {"util", "schema", "tokenize", "data", "model", "objective", "optim", "eval", "artifact", "spec", "adapt",
      "train"}},
    {"store", {"util", "schema", "artifact"}},
    {"compare", {"util", "schema", "store", "data"}},
    {"workspace", {"util", "schema", "artifact", "spec", "adapt", "train", "study", "store"}},
};

/// Headers of the engine that the window may see: plain records, sheets and hosts.
const std::set<std::string> open_to_ui{"data/column_survey.h",
                                       "data/curation/curation.h",
                                       "data/curation/plan.h",
                                       "data/curation/said.h",
                                       "data/dataset.h",
                                       "data/series/series_forecast.h",
                                       "data/tables/cell_texts.h",
                                       "data/images/picture_copy.h",
                                       "data/preview.h",
                                       "data/read_report.h",
                                       "eval/task_metrics.h",
                                       "spec/fit_spec.h",
                                       "train/message/knobs.h",
                                       "train/message/messages.h",
                                       "train/message/probe_report.h",
                                       "spec/reading.h",
                                       "train/replay/self_test.h",
                                       "study/bench_texts.h",
                                       "study/row_view.h",
                                       "study/forecast_view.h",
                                       "train/host/run_host.h",
                                       "train/host/run_port.h",
                                       "spec/run_spec.h",
                                       "study/sequence.h",
                                       "study/baselines/measure.h",
                                       "study/singular_values.h",
                                       "study/slices.h",
                                       "study/step_view.h",
                                       "study/inference.h",
                                       "study/plane.h",
                                       "study/clustering.h",
                                       "study/plan.h",
                                       "eval/tsne.h",
                                       "study/picture_looks.h",
                                       "study/drawing.h",
                                       "study/independent.h",
                                       "study/outliers.h",
                                       "study/checkup/checkup.h",
                                       "study/flight/flight.h"};

std::vector<std::string> includes_of(const std::filesystem::path& file) {
    static const std::regex pattern("^\\s*#include\\s+[\"<]([^\">]+)[\">]");
    std::ifstream in(file);
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);)
        if (std::smatch match; std::regex_search(line, match, pattern)) out.push_back(match[1]);
    return out;
}

template <class Visit>
void for_each_source(const std::filesystem::path& folder, Visit visit) {
    if (!std::filesystem::exists(folder)) return;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") visit(entry.path());
}

const std::filesystem::path root = GROUNDWORK_SOURCE_DIR;

TEST(Walls, RoomsIncludeOnlyWhatTheTableAllows) {
    int seen = 0;
    for (const auto& [room, allowed] : arrows)
        for_each_source(root / "core" / room, [&, room = room, allowed = allowed](const std::filesystem::path& file) {
            for (const std::string& include : includes_of(file)) {
                ++seen;
                const std::string target = include.substr(0, include.find('/'));
                if (arrows.count(target) == 0 || target == room) continue;
                EXPECT_TRUE(allowed.count(target)) << file << " includes " << include;
            }
        });
    EXPECT_GT(seen, 100);
}

TEST(Walls, EveryRoomIsInTheTable) {
    for (const auto& entry : std::filesystem::directory_iterator(root / "core"))
        if (entry.is_directory()) {
            EXPECT_TRUE(arrows.count(entry.path().filename().string())) << entry.path();
        }
}

TEST(Walls, NoQtInTheEngine) {
    for_each_source(root / "core", [](const std::filesystem::path& file) {
        for (const std::string& include : includes_of(file))
            EXPECT_FALSE(include.size() > 1 && include[0] == 'Q' &&
                         std::isupper(static_cast<unsigned char>(include[1])))
                << file << " includes " << include;
    });
}

TEST(Walls, NoTensorInTheWindow) {
    static const std::set<std::string> rooms{"util", "schema", "store", "compare", "workspace", "artifact"};
    for_each_source(root / "ui", [](const std::filesystem::path& file) {
        for (const std::string& include : includes_of(file)) {
            EXPECT_EQ(include.find("torch"), std::string::npos) << file << " includes " << include;
            const std::string target = include.substr(0, include.find('/'));
            if (arrows.count(target) && !rooms.count(target)) {
                EXPECT_TRUE(open_to_ui.count(include)) << file << " includes " << include;
            }
        }
    });
}

/// <torch/torch.h> costs every file that sees it, through others too, half a minute of a processor; <torch/types.h> and
/// its like are a third of that and precompiled (cmake/FindLibTorch.cmake).
TEST(Walls, NobodyReadsAllOfLibTorch) {
    int read = 0;
    for (const char* room : {"core", "app", "tests"})
        for_each_source(root / room, [&](const std::filesystem::path& file) {
            for (const std::string& include : includes_of(file)) {
                EXPECT_NE(include, "torch/torch.h") << file << " needs less: <torch/types.h>, <torch/utils.h>, ...";
                read += include == "torch/types.h";
            }
        });
    EXPECT_GT(read, 50);  // includes were found at all
}

}  // namespace

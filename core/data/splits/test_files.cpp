#include "data/catalog.h"
#include "data/file_patterns.h"
#include "util/rng.h"

namespace gw {

namespace {

struct TestFilesConfig {
    std::vector<std::string> test{"*test*", "t10k*"};
    double validation = 0.1, test_share = 0.1;
    std::int64_t seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&TestFilesConfig::test>({.key = "test",
                                               .label = "Test files",
                                               .help = "Patterns of the files kept for a last test, such as *test*; "
                                                       "matched against the file name and its path below the "
                                                       "folder that holds all files.",
                                               .holds = schema::Holds::lines}),
        schema::field<&TestFilesConfig::validation>(
            {.key = "validation",
             .label = "Validation",
             .help = "Share of the documents of the other files kept for validation.",
             .min = 0.0001,
             .max = 0.9}),
        schema::field<&TestFilesConfig::test_share>(
            {.key = "test_share",
             .label = "Test without such files",
             .help = "Share of the documents kept for a last test where no file is named so.",
             .min = 0,
             .max = 0.9}),
        schema::field<&TestFilesConfig::seed>({.key = "seed",
                                               .label = "Seed",
                                               .help = "Another seed draws other documents.",
                                               .min = 0,
                                               .max = 9e15,
                                               .audience = schema::Audience::expert}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (validation + test_share >= 1)
            out.push_back(
                {at + ".test_share", "leaves nothing to train on: validation and test together must stay below 1"});
    }
};

/// The test part comes in files of its own, as published data does; validation is drawn from the rest. Without such
/// files both are drawn.
class TestFiles final : public Split {
  public:
    explicit TestFiles(TestFilesConfig config) : config_(std::move(config)) {}
    bool surveys() const override { return true; }
    Status survey(const Document& document) override {
        found_ = found_ || matches_file(config_.test, std::string(document.source));
        return {};
    }
    std::string reading() const override { return found_ ? "" : "no test files"; }
    void cut(const Document& document, std::uint64_t, std::uint64_t,
             const std::function<void(Part, std::string_view)>& piece) const override {
        if (found_ && matches_file(config_.test, std::string(document.source))) return piece(Part::test, document.text);
        const double u =
            Rng(mix64(static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(document.index))).uniform();
        const double drawn = found_ ? 0 : config_.test_share;
        piece(u < config_.validation           ? Part::validation
              : u < config_.validation + drawn ? Part::test
                                               : Part::train,
              document.text);
    }

  private:
    TestFilesConfig config_;
    bool found_ = false;
};

}  // namespace

SplitKind test_files_kind() {
    return kind_of<SplitKind, TestFilesConfig>(
        {.id = "test_files",
         .title = "Test files",
         .summary = "Data that comes with test files of its own: they are the test part, and validation is drawn from "
                    "the rest.",
         .source = ""},
        [](const TestFilesConfig& config) -> std::unique_ptr<Split> { return std::make_unique<TestFiles>(config); });
}

}  // namespace gw

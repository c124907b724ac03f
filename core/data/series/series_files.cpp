#include <optional>

#include "data/catalog.h"
#include "data/class_names.h"
#include "data/example_settings.h"
#include "data/file_list.h"
#include "data/only_setting.h"
#include "data/series/series_table.h"
#include "data/series/window_settings.h"
#include "data/tables/cells.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

struct SeriesConfig {
    std::vector<std::string> paths, columns, only;
    std::string labels = "none", target, time, missing = "refuse";
    std::int64_t look_back = 96, horizon = 24, stride = 1, rows = 0, whole_batches = 0, examples = 0, examples_seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&SeriesConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help = "Files, folders (all files below) and patterns, one a line: CSV or TSV with a row for each point "
                     "in time and a column for each series. Each file is a series of its own.",
             .holds = schema::Holds::paths}),
        schema::field<&SeriesConfig::labels>(
            {.key = "labels",
             .label = "To be learnt is",
             .help = "The rows that follow a window; or what a column says at its end: a class, such as the state of a "
                     "machine, or a number.",
             .choices = "none=What follows|class=A class|number=A number"}),
        schema::field<&SeriesConfig::target>(
            {.key = "target",
             .label = "Target column",
             .help = "Name or number (from 1) of the column to be learnt; empty = found by its name, or else the last. "
                     "No window ends where it is empty.",
             .shown_when = "labels=class|number"}),
        schema::field<&SeriesConfig::columns>(
            {.key = "columns",
             .label = "Columns",
             .help = "Names or numbers (from 1) of the columns of values, one a line; empty = all but the times and "
                     "the target.",
             .holds = schema::Holds::lines}),
        schema::field<&SeriesConfig::look_back>(look_back_setting),
        schema::field<&SeriesConfig::horizon>(horizon_setting("labels=none")),
        schema::field<&SeriesConfig::stride>(stride_setting),
        schema::field<&SeriesConfig::missing>(
            {.key = "missing",
             .label = "Missing values",
             .help = "Refuse them, or fill each in by the one before it or on a line between its neighbours.",
             .choices = "refuse=Refuse|previous=The one before|linear=On a line"}),
        schema::field<&SeriesConfig::only>(only_setting("labels=class")),
        schema::field<&SeriesConfig::examples>(examples_setting("labels=class|number")),
        schema::field<&SeriesConfig::examples_seed>(examples_seed_setting("labels=class|number")),
        schema::field<&SeriesConfig::time>(
            {.key = "time",
             .label = "Time column",
             .help =
                 "Name or number of the column of times; empty = the first that reads as dates, none = there is none.",
             .audience = schema::Audience::expert}),
        schema::field<&SeriesConfig::rows>({.key = "rows",
                                            .label = "Rows",
                                            .help = "Read so many rows of each file; 0 = all.",
                                            .min = 0,
                                            .max = 1e12,
                                            .audience = schema::Audience::expert}),
        schema::field<&SeriesConfig::whole_batches>(
            {.key = "whole_batches",
             .label = "Whole batches",
             .help = "Leave out held-out windows that fill no batch of so many, as some programs do, so that figures "
                     "can be held against theirs; 0 = none is left out.",
             .min = 0,
             .max = 100000,
             .audience = schema::Audience::expert}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        check_paths(paths, out, at);
        for (const std::string& name : columns)
            if (trim(name).empty()) out.push_back({at + ".columns", "has an empty name"});
        if (labels != "class" && !only.empty())
            out.push_back({at + ".only", "means something for one class a window alone; leave it empty"});
    }
    LabelKind kind() const { return label_kind_named(labels); }
};

/// Values over time from tables.
class SeriesFiles final : public Dataset {
  public:
    explicit SeriesFiles(SeriesConfig config) : config_(std::move(config)), kind_(config_.kind()) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        const auto list = list_files(config_.paths);
        if (!list) return list.error();
        const SeriesWindows cut = windows();
        Json settings = {config_.columns, config_.time, config_.missing,   cut.look_back,
                         cut.horizon,     cut.stride,   cut.whole_batches, config_.rows};
        if (kind_ != LabelKind::none) settings.push_back({config_.labels, config_.target});
        return hash_files(list.value(), "series 1\n" + settings.dump() + "\n", progress, stop);
    }
    LabelKind labels() const override { return kind_; }
    std::vector<std::string> only() const override { return config_.only; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }
    SeriesWindows windows() const override {
        return {config_.look_back, kind_ == LabelKind::none ? config_.horizon : 0, config_.stride,
                config_.whole_batches};
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        const FileList& list = listed.value();
        list.tell(report);
        report.format = "series";
        ReadingProgress shown(list, say::reading_series, progress);
        const bool labelled = kind_ != LabelKind::none;
        const SeriesReading reading{config_.columns, config_.time, config_.missing,
                                    config_.rows,    labelled,     config_.target};
        std::vector<std::string> columns;
        std::string target;
        Labels labels{kind_};
        for (std::size_t i = 0; i < list.files.size(); ++i) {
            shown.begin(i);
            auto map = MappedFile::open(list.files[i]);
            if (!map) return map.error();
            if (trim(map.value().text()).empty()) {
                report.pass_over("empty file", {list.relative[i], 0});
                continue;
            }
            auto table = read_series(map.value().text(), list.relative[i], reading, report, stop);
            if (Status whole = map.value().intact(); !whole) return whole;
            if (!table) return table.error();
            ++report.files;
            if (columns.empty()) columns = table.value().columns, target = table.value().label_column;
            if (table.value().columns != columns || table.value().label_column != target)
                return Error{Error::Code::bad_data,
                             "This file has other columns than " + list.relative.front() + ", or in another order",
                             "Name those that all files have in dataset.columns",
                             {"file " + list.relative[i]}};
            if (Status sound = labels.check(table.value(), list.relative[i]); !sound) return sound;
            const std::size_t bytes = map.value().text().size() / static_cast<std::size_t>(table.value().rows());
            const auto taken = [&](const Document& row) {
                shown.add(bytes);
                return !stop.stop_requested() && sink(row);
            };
            if (!hand_out(table.value(), list.relative[i], labels, taken, report)) break;
        }
        labels.tell(report);
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading series", "", {}};
        if (report.rows == 0)
            return Error{Error::Code::bad_data,
                         "There is no row of values in these files",
                         "Choose tables with a row for each point in time",
                         {"file " + list.shown(0), "dataset series"}};
        return {};
    }

    /// What the cells of the target column say.
    struct Labels {
        LabelKind kind;
        ClassNames classes{};
        std::int64_t without = 0;

        Status check(const SeriesTable& table, const std::string& file) const {
            if (kind != LabelKind::number) return {};
            for (std::size_t r = 0; r < table.labels.size(); ++r)
                if (const std::string& said = table.labels[r]; !said.empty() && !label_number(said, /*comma=*/false))
                    return at_cell("The target is no finite number: \"" + shortened_cell(said) + "\"",
                                   "Mend the cell, or set dataset.labels=class", table.places[r], table.label_column,
                                   file);
            return {};
        }
        /// Nothing of a row without one.
        std::optional<Label> of(const std::string& said) {
            if (said.empty()) {
                ++without;
                return std::nullopt;
            }
            Label out;
            if (kind == LabelKind::one_class)
                out.classes.push_back(classes.name(said));
            else
                out.value = label_number(said, /*comma=*/false).value_or(0);
            return out;
        }
        void tell(ReadReport& report) const {
            if (kind == LabelKind::one_class) classes.tell(report);
            if (without > 0)
                report.warnings.push_back(grouped(without) + (without == 1 ? " row has" : " rows have") +
                                          " no label: no window ends there");
        }
    };

    /// False when the sink has had enough.
    static bool hand_out(const SeriesTable& table, const std::string& file, Labels& labels,
                         const std::function<bool(const Document&)>& sink, ReadReport& report) {
        const std::size_t width = table.columns.size();
        for (std::int64_t r = 0; r < table.rows(); ++r) {
            const auto at = static_cast<std::size_t>(r);
            SeriesRow row{{table.values.data() + at * width, width},
                          &table.columns,
                          table.times.empty() ? std::string_view() : table.times[at]};
            if (!table.filled.empty()) row.filled = {table.filled.data() + at * width, width};
            const auto label = table.labels.empty() ? std::nullopt : labels.of(table.labels[at]);
            if (!sink({"", file, report.rows++, label ? &*label : nullptr, table.places[at], nullptr, &row}))
                return false;
        }
        return true;
    }

    SeriesConfig config_;
    LabelKind kind_;
};

}  // namespace

DatasetKind series_kind() {
    auto kind = kind_of<DatasetKind, SeriesConfig>(
        {.id = "series",
         .title = "Time series",
         .summary = "Values over time from tables: what comes next is forecast from what was before, or a class or a "
                    "number is learnt of it.",
         .source = ""},
        [](const SeriesConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<SeriesFiles>(config); });
    kind.offers = [](const Json& json) {
        const std::string labels = json.value("labels", "none");
        return std::vector<std::string>{series_windows, rows_without_text,
                                        labels == "none" ? rows_that_follow : "labels of the kind " + labels};
    };
    kind.remedies = {{rows_that_follow, "set dataset.labels=none"},
                     {"labels of the kind class", "set dataset.labels=class"},
                     {"labels of the kind number", "set dataset.labels=number"}};
    kind.needs = {parts_in_order};
    kind.series = true;
    kind.expects = [](const Json& json) {
        SeriesConfig config;
        (void)schema::load(config, json, "dataset");
        // How many columns there are is known once they are named, or read.
        std::vector<std::string> columns = config.columns;
        if (columns.empty()) columns.emplace_back();
        return InputFacts{
            std::nullopt, std::nullopt,
            SeriesInput{
                config.look_back, config.kind() == LabelKind::none ? config.horizon : 0, std::move(columns), {}, {}}};
    };
    kind.has_few_documents = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

#include "data/catalog.h"
#include "data/file_list.h"
#include "data/series/series_table.h"
#include "data/series/window_settings.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

struct SeriesConfig {
    std::vector<std::string> paths, columns;
    std::string time, missing = "refuse";
    std::int64_t look_back = 96, horizon = 24, stride = 1, rows = 0, whole_batches = 0;
    static constexpr auto fields = std::tuple{
        schema::field<&SeriesConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help = "Files, folders (all files below) and patterns, one a line: CSV or TSV with a row for each point "
                     "in time and a column for each series. Each file is a series of its own.",
             .holds = schema::Holds::paths}),
        schema::field<&SeriesConfig::columns>(
            {.key = "columns",
             .label = "Columns",
             .help =
                 "Names or numbers (from 1) of the columns that are forecast, one a line; empty = all but the times.",
             .holds = schema::Holds::lines}),
        schema::field<&SeriesConfig::look_back>(look_back_setting),
        schema::field<&SeriesConfig::horizon>(horizon_setting),
        schema::field<&SeriesConfig::stride>(stride_setting),
        schema::field<&SeriesConfig::missing>(
            {.key = "missing",
             .label = "Missing values",
             .help = "Refuse them, or fill each in by the one before it or on a line between its neighbours.",
             .choices = "refuse=Refuse|previous=The one before|linear=On a line"}),
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
    }
};

/// Values over time from tables.
class SeriesFiles final : public Dataset {
  public:
    explicit SeriesFiles(SeriesConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        const auto list = list_files(config_.paths);
        if (!list) return list.error();
        const Json settings = {config_.columns, config_.time,   config_.missing,       config_.look_back,
                               config_.horizon, config_.stride, config_.whole_batches, config_.rows};
        return hash_files(list.value(), "series 1\n" + settings.dump() + "\n", progress, stop);
    }
    SeriesWindows windows() const override {
        return {config_.look_back, config_.horizon, config_.stride, config_.whole_batches};
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
        const SeriesReading reading{config_.columns, config_.time, config_.missing, config_.rows};
        std::vector<std::string> columns;
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
            if (columns.empty()) columns = table.value().columns;
            if (table.value().columns != columns)
                return Error{Error::Code::bad_data,
                             "This file has other columns than " + list.relative.front() + ", or in another order",
                             "Name those that all files have in dataset.columns",
                             {"file " + list.relative[i]}};
            const std::size_t bytes = map.value().text().size() / static_cast<std::size_t>(table.value().rows());
            const auto taken = [&](const Document& row) {
                shown.add(bytes);
                return !stop.stop_requested() && sink(row);
            };
            if (!hand_out(table.value(), list.relative[i], taken, report)) break;
        }
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading series", "", {}};
        if (report.rows == 0)
            return Error{Error::Code::bad_data,
                         "There is no row of values in these files",
                         "Choose tables with a row for each point in time",
                         {"file " + list.shown(0), "dataset series"}};
        return {};
    }

    /// False when the sink has had enough.
    static bool hand_out(const SeriesTable& table, const std::string& file,
                         const std::function<bool(const Document&)>& sink, ReadReport& report) {
        const std::size_t width = table.columns.size();
        for (std::int64_t r = 0; r < table.rows(); ++r) {
            const auto at = static_cast<std::size_t>(r);
            const SeriesRow row{{table.values.data() + at * width, width},
                                &table.columns,
                                table.times.empty() ? std::string_view() : table.times[at]};
            if (!sink({"", file, report.rows++, nullptr, table.places[at], nullptr, &row})) return false;
        }
        return true;
    }

    SeriesConfig config_;
};

}  // namespace

DatasetKind series_kind() {
    auto kind = kind_of<DatasetKind, SeriesConfig>(
        {.id = "series",
         .title = "Time series",
         .summary = "Values over time from tables: what comes next is forecast from what was before.",
         .source = ""},
        [](const SeriesConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<SeriesFiles>(config); });
    kind.offers = [](const Json&) { return std::vector<std::string>{series_windows, rows_without_text}; };
    kind.needs = {parts_in_order};
    kind.series = true;
    kind.expects = [](const Json& json) {
        SeriesConfig config;
        (void)schema::load(config, json, "dataset");
        // How many columns there are is known once they are named, or read.
        std::vector<std::string> columns = config.columns;
        if (columns.empty()) columns.emplace_back();
        return InputFacts{std::nullopt, std::nullopt,
                          SeriesInput{config.look_back, config.horizon, std::move(columns), {}, {}}};
    };
    kind.has_few_documents = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

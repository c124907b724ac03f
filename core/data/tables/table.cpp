#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "data/catalog.h"
#include "data/class_names.h"
#include "data/example_settings.h"
#include "data/file_list.h"
#include "data/only_setting.h"
#include "data/tables/cell_texts.h"
#include "data/tables/cells.h"
#include "data/tables/table_survey.h"
#include "util/mapped_file.h"
#include "util/number.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

struct TableConfig {
    std::vector<std::string> paths, columns, categories, only;
    std::string labels = "class", target, missing = "mark";
    std::int64_t examples = 0, examples_seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&TableConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help = "Files, folders (all files below) and patterns, one a line: CSV, TSV or JSON lines with a row for "
                     "each thing and a column for each thing that is known of it.",
             .holds = schema::Holds::paths}),
        schema::field<&TableConfig::labels>(
            {.key = "labels",
             .label = "To be learnt is",
             .help = "What the target column says of a row: its class, or a number. Nothing: rows are learnt as they "
                     "are.",
             .choices = "class=A class|number=A number|none=Nothing"}),
        schema::field<&TableConfig::target>({.key = "target",
                                             .label = "Target column",
                                             .help =
                                                 "Name or number (from 1) of the column to be learnt; empty = found "
                                                 "by its name, or else the last.",
                                             .shown_when = "labels=class|number"}),
        schema::field<&TableConfig::columns>(
            {.key = "columns",
             .label = "Columns",
             .help = "Names or numbers (from 1) of the columns that are learnt from, one a line; empty = all but the "
                     "target. Numbers, dates and words are told apart by what stands in them.",
             .holds = schema::Holds::lines}),
        schema::field<&TableConfig::categories>(
            {.key = "categories",
             .label = "Categories",
             .help = "Columns whose numbers are names, such as codes and postcodes, one a line: each of them is then a "
                     "word and no amount.",
             .holds = schema::Holds::lines}),
        schema::field<&TableConfig::missing>(
            {.key = "missing",
             .label = "Missing values",
             .help = "Take a missing number for the column's mean and mark it, so that a model sees that it was not "
                     "there; leave out its row; or refuse it.",
             .choices = "mark=Mean, and a mark|drop=Leave out the row|refuse=Refuse"}),
        schema::field<&TableConfig::only>(only_setting("labels=class")),
        schema::field<&TableConfig::examples>(examples_setting()),
        schema::field<&TableConfig::examples_seed>(examples_seed_setting()),
    };
    void check(schema::Problems& out, const std::string& at) const {
        check_paths(paths, out, at);
        for (const auto& [key, names] : {std::pair{".columns", &columns}, {".categories", &categories}})
            for (const std::string& name : *names)
                if (trim(name).empty()) out.push_back({at + key, "has an empty name"});
        if (labels != "class" && !only.empty())
            out.push_back({at + ".only", "means something for one class a row alone; leave it empty"});
    }
    LabelKind kind() const { return label_kind_named(labels); }
};

/// Rows of typed columns from tables.
class Table final : public Dataset {
  public:
    explicit Table(TableConfig config) : config_(std::move(config)), kind_(config_.kind()) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        const auto list = list_files(config_.paths);
        if (!list) return list.error();
        const Json settings = {config_.labels, config_.target, config_.columns, config_.categories, config_.missing};
        return hash_files(list.value(), "table 1\n" + settings.dump() + "\n", progress, stop);
    }
    LabelKind labels() const override { return kind_; }
    std::vector<std::string> only() const override { return config_.only; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        const auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        const FileList& list = listed.value();
        list.tell(report);
        report.format = "table";
        const auto half = [&](double from) {
            return progress ? ProgressFn([&progress, from](const std::string& phase, double share) {
                progress(phase, from + share / 2);
            })
                            : ProgressFn();
        };
        const TableReading reading{config_.columns, config_.categories, config_.target, kind_, config_.missing};
        const auto surveyed = survey_table(list, reading, report, half(0), stop);
        if (!surveyed) return surveyed.error();
        Handing handing{surveyed.value(), sink, report, kind_, config_.missing == "drop"};
        if (Status handed = hand_out(list, handing, half(0.5), stop); !handed) return handed;
        handing.tell();
        if (report.rows == 0)
            return Error{
                Error::Code::bad_data,
                "Every row lacks " + std::string(kind_ == LabelKind::none ? "a value" : "its target or a value"),
                "Fill them in, or set dataset.missing=mark",
                {"file " + list.shown(0), "dataset table"}};
        return {};
    }

    static Error file_changed(const std::string& file) {
        return {Error::Code::bad_data,
                "The file was changed while it was being read",
                "Wait until nothing writes to it any more, then start again",
                {"file " + file}};
    }

    /// Rows on their way to the sink, and what is seen of them.
    struct Handing {
        const TableSurvey& survey;
        const std::function<bool(const Document&)>& sink;
        ReadReport& report;
        LabelKind kind;
        bool drop;
        std::size_t row = 0;  ///< of all files, from 0
        bool more = true;
        ClassNames classes{};
        std::vector<double> values = std::vector<double>(survey.columns.size());
        struct Far {
            std::int64_t count = 0;
            FilePlace first;
            double value = 0;
        };
        std::vector<Far> far = std::vector<Far>(survey.columns.size());

        Status give(const TableRow& cells, const std::string& file) {
            const std::size_t at = row++;
            Label label;
            if (survey.target) {
                const std::string& said = cells.cells[*survey.target];
                if (is_missing(said)) {
                    report.pass_over("no label", {file, cells.number});
                    return {};
                }
                if (Status read = read_label(label, said, cells, file); !read) return read;
            }
            if (drop && lacks_a_value(cells)) {
                report.pass_over("a missing value", {file, cells.number});
                return {};
            }
            for (std::size_t c = 0; c < values.size(); ++c) {
                const auto value = value_of(c, at, cells, file);
                if (!value) return file_changed(file);
                values[c] = *value;
            }
            const TableValues handed{values, &survey.columns};
            more = sink(
                {"", file, report.rows++, survey.target ? &label : nullptr, cells.number, nullptr, nullptr, &handed});
            return {};
        }

        Status read_label(Label& label, const std::string& said, const TableRow& cells, const std::string& file) {
            if (kind == LabelKind::one_class) {
                label.classes.push_back(classes.name(trim(said)));
            } else {
                const auto number = label_number(trim(said), /*comma=*/false);
                if (!number)
                    return at_cell("The target is no finite number: \"" + shortened_cell(said) + "\"",
                                   "Mend the cell, or set dataset.labels=class", cells.number,
                                   survey.names[*survey.target], file);
                label.value = *number;
            }
            // Splits by time and slices ask for them.
            constexpr std::size_t most_kept = 64;
            for (std::size_t i = 0; i < cells.cells.size() && label.columns.size() < most_kept; ++i)
                if (i != *survey.target) label.columns.emplace_back(survey.names[i], trim(cells.cells[i]));
            return {};
        }

        bool lacks_a_value(const TableRow& cells) const {
            return std::any_of(survey.found.begin(), survey.found.end(), [&](const TableSurvey::Column& column) {
                return is_missing(cells.cells[column.place]);
            });
        }

        /// Nothing where the cell is none of those that were surveyed.
        std::optional<double> value_of(std::size_t c, std::size_t at, const TableRow& cells, const std::string& file) {
            const TableSurvey::Column& found = survey.found[c];
            const TableColumn& column = survey.columns[c];
            const std::string& cell = cells.cells[found.place];
            if (is_missing(cell)) return std::numeric_limits<double>::quiet_NaN();
            if (!column.categories.empty()) {
                const std::string word(trim(cell));
                const auto it = std::lower_bound(column.categories.begin(), column.categories.end(), word);
                if (it == column.categories.end() || *it != word) return std::nullopt;
                return static_cast<double>(it - column.categories.begin());
            }
            const auto number = column.dates ? std::optional(found.dates.at(at)) : parse_number(trim(cell));
            if (!number) return std::nullopt;
            const double value = *number;
            // Of ten thousand values of a bell curve none lies so far out.
            constexpr double far_out = 6;
            if (std::abs(value - found.mean) > far_out * found.deviation && found.deviation > 0)
                if (far[c].count++ == 0) far[c] = {1, {file, cells.number}, value};
            return value;
        }

        /// What a person might want to know of the columns, after all rows.
        void tell() {
            if (kind == LabelKind::one_class) classes.tell(report);
            constexpr std::size_t most_told = 8;
            std::size_t told = 0, left = 0;
            const auto warn = [&](const std::string& text) {
                if (told++ < most_told)
                    report.warnings.push_back(text);
                else
                    ++left;
            };
            for (std::size_t c = 0; c < survey.columns.size(); ++c) {
                const TableSurvey::Column& found = survey.found[c];
                const TableColumn& column = survey.columns[c];
                if (found.missing > 0 && !drop)
                    warn("The column \"" + column.name + "\" lacks " + grouped(found.missing) +
                         (found.missing == 1 ? " value (" : " values (the first in ") +
                         place_text(found.first_missing) +
                         (column.categories.empty()
                              ? "): its mean stands for it, with a mark beside it where the training part "
                                "lacks some too"
                              : "): such a row is of none of its categories"));
                if (far[c].count > 0)
                    warn("The column \"" + column.name + "\" has " + grouped(far[c].count) +
                         (far[c].count == 1 ? " value" : " values") + " far from all others, the first " +
                         (column.dates ? date_text(far[c].value) : short_number(far[c].value)) + " in " +
                         place_text(far[c].first));
            }
            if (left > 0)
                report.warnings.push_back("There is as much to say of " + std::to_string(left) + " more columns");
        }
    };

    static Status hand_out(const FileList& list, Handing& handing, const ProgressFn& progress,
                           const std::stop_token& stop) {
        ReadingProgress shown(list, say::reading_table, progress);
        for (std::size_t i = 0; i < list.files.size() && handing.more; ++i) {
            shown.begin(i);
            const auto map = MappedFile::open(list.files[i]);
            if (!map) return map.error();
            if (trim(map.value().text()).empty()) continue;
            const std::string& file = list.relative[i];
            Status wrong;
            ReadReport again;  // the survey told what there is to say
            const Status read = read_named_rows(
                map.value().text(), file, TableInput::most_values, again, stop,
                [&](const std::vector<std::string>& names, const TableRow& row) {
                    if (names != handing.survey.names || handing.row >= static_cast<std::size_t>(handing.survey.rows)) {
                        wrong = file_changed(file);
                        return false;
                    }
                    std::size_t bytes = 1;
                    for (const std::string& cell : row.cells) bytes += cell.size() + 1;
                    shown.add(bytes);
                    wrong = handing.give(row, file);
                    return wrong && handing.more;
                });
            if (Status whole = map.value().intact(); !whole) return whole;
            if (!wrong) return wrong;
            if (!read) return read;
        }
        return {};
    }

    TableConfig config_;
    LabelKind kind_;
};

}  // namespace

DatasetKind table_kind() {
    auto kind = kind_of<DatasetKind, TableConfig>(
        {.id = "table",
         .title = "Table",
         .summary = "Rows of numbers, dates and words from tables: a class or a number is learnt of each, or the rows "
                    "themselves.",
         .source = ""},
        [](const TableConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Table>(config); });
    kind.offers = [](const Json& json) {
        std::vector<std::string> words{table_rows, value_rows, rows_without_text};
        if (const std::string labels = json.value("labels", "class"); labels != "none")
            words.push_back("labels of the kind " + labels);
        return words;
    };
    kind.remedies = {{"labels of the kind class", "set dataset.labels=class"},
                     {"labels of the kind number", "set dataset.labels=number"}};
    kind.table = true;
    kind.expects = [](const Json& json) {
        TableConfig config;
        (void)schema::load(config, json, "dataset");
        // How many values a row has is known once the table is read.
        TableInput input;
        for (const std::string& name : config.columns) input.columns.push_back({name});
        if (input.columns.empty()) input.columns.emplace_back();
        InputFacts facts;
        facts.table = std::move(input);
        return facts;
    };
    return kind;
}

}  // namespace gw

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "data/catalog.h"
#include "data/file_list.h"
#include "data/table_reading.h"
#include "data/text_reading.h"
#include "util/text.h"

namespace gw {

namespace {

struct LabelledTextConfig {
    std::vector<std::string> paths;
    std::string format = "auto", labels = "class", text = "", label = "", header = "auto", set_separator = ",";
    std::int64_t examples = 0, examples_seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&LabelledTextConfig::paths>({.key = "paths",
                                                   .label = "Files",
                                                   .help = "Files, folders (all files below) and patterns such as reviews/*.csv, one "
                                                           "a line.",
                                                   .holds = schema::Holds::paths}),
        schema::field<&LabelledTextConfig::format>(
            {.key = "format",
             .label = "Format",
             .help = "How texts and labels stand in the files: a table, JSON lines, a text a line in one file a class, a text "
                     "a file in one folder a class, or a word a line as in CoNLL. auto goes by the files' names.",
             .choices = "auto|csv|tsv|jsonl|file_a_class|folder_a_class|columns"}),
        schema::field<&LabelledTextConfig::labels>({.key = "labels",
                                                    .label = "A label is",
                                                    .help = "One class a text, a set of classes, a number, or a class for each word.",
                                                    .choices = "class|set|number|word"}),
        schema::field<&LabelledTextConfig::text>(
            {.key = "text",
             .label = "Text column",
             .help = "Name or number (from 1) of the column with the text; empty = found by its name, or as the longest one."}),
        schema::field<&LabelledTextConfig::label>(
            {.key = "label",
             .label = "Label column",
             .help = "Name or number (from 1) of the column with the label; empty = found by its name, or as the one with the "
                     "fewest different values."}),
        schema::field<&LabelledTextConfig::header>({.key = "header",
                                                    .label = "First row",
                                                    .help = "Whether the first row of a table names the columns.",
                                                    .audience = schema::Audience::expert,
                                                    .choices = "auto|names|data"}),
        schema::field<&LabelledTextConfig::set_separator>({.key = "set_separator",
                                                           .label = "Between classes",
                                                           .help = "What stands between the classes of a set.",
                                                           .audience = schema::Audience::expert,
                                                           .shown_when = "labels=set"}),
        schema::field<&LabelledTextConfig::examples>(
            {.key = "examples",
             .label = "Training examples",
             .help = "Learn from so many examples only, of each class its share: shows what a label is worth. 0 = all.",
             .min = 0,
             .max = 1e12}),
        schema::field<&LabelledTextConfig::examples_seed>({.key = "examples_seed",
                                                           .label = "Draw",
                                                           .help = "Another number draws other examples.",
                                                           .min = 0,
                                                           .max = 9e15,
                                                           .audience = schema::Audience::expert}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (paths.empty()) out.push_back({at + ".paths", "needs at least one file, folder or pattern"});
        for (const std::string& path : paths)
            if (trim(path).empty()) out.push_back({at + ".paths", "has an empty entry"});
        const bool by_place = format == "file_a_class" || format == "folder_a_class";
        if (by_place && labels != "class") out.push_back({at + ".labels", "can only be \"class\" where files or folders name the class"});
        if (format == "columns" && labels != "word")
            out.push_back({at + ".labels", "must be \"word\" for the format columns, which has a class for each word"});
        if (labels == "word" && format != "columns" && format != "auto")
            out.push_back({at + ".format", "must be \"columns\" for a class for each word"});
        if (labels == "set" && set_separator.empty()) out.push_back({at + ".set_separator", "must not be empty"});
        if (!text.empty() && text == label) out.push_back({at + ".label", "is the column of the text"});
    }
    LabelKind kind() const {
        return labels == "class" ? LabelKind::one_class : labels == "set" ? LabelKind::class_set : label_kind_named(labels);
    }
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool any_of(const std::vector<const char*>& words, const std::string& word) {
    return std::any_of(words.begin(), words.end(), [&](const char* known) { return word == known; });
}
bool names_text(const std::string& cell) {
    return any_of({"text", "sentence", "content", "review", "document", "body", "message", "comment", "本文", "テキスト", "文"},
                  lower(trim(cell)));
}
bool names_label(const std::string& cell) {
    return any_of({"label", "labels", "class", "category", "target", "sentiment", "score", "rating", "topic", "ラベル", "分類", "評価"},
                  lower(trim(cell)));
}

/// Where text and label stand in the rows of a table.
struct Columns {
    std::size_t text = 0, label = 1;
    bool header = false;
    std::vector<std::string> names;
};

/// Texts with labels from tables, JSON lines, and files or folders that name the class.
class LabelledText final : public Dataset {
  public:
    explicit LabelledText(LabelledTextConfig config) : config_(std::move(config)), kind_(config_.kind()) {}

    Status visit(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop) const override {
        auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        const FileList& list = listed.value();
        auto format = format_of(list);
        if (!format) return format.error();
        std::int64_t index = 0;
        bool more = true;
        for (std::size_t i = 0; more && i < list.files.size(); ++i) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
            if (progress) progress("reading text", static_cast<double>(i) / static_cast<double>(list.files.size()));
            auto map = MappedFile::open(list.files[i]);
            if (!map) return map.error();
            const Take take = [&](std::string_view text, const Label& label) {
                if (trim(text).empty()) return true;
                more = !stop.stop_requested() && sink({text, list.relative[i], index++, &label});
                return more;
            };
            const Status status = read(format.value(), map.value().text(), list, i, take);
            if (!status) return Error(status.error()).at("file " + list.files[i].string());
        }
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
        if (index == 0)
            return Error{Error::Code::bad_data,
                         "There is no labelled text in these files",
                         "Choose files with a text and a label a row",
                         {"file " + list.files.front().string(), "dataset labelled_text"}};
        return {};
    }

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        auto files = list_files(config_.paths);
        if (!files) return files.error();
        std::string settings = "labelled_text 1";
        for (const std::string* part :
             {&config_.format, &config_.labels, &config_.text, &config_.label, &config_.header, &config_.set_separator})
            settings += "\n" + *part;
        return hash_files(files.value(), settings + "\n", progress, stop);
    }

    LabelKind labels() const override { return kind_; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    using Take = std::function<bool(std::string_view, const Label&)>;

    // ---- which format

    Result<std::string> format_of(const FileList& list) const {
        if (config_.format != "auto") return config_.format;
        if (kind_ == LabelKind::word_classes) return std::string("columns");
        const std::string ending = lower(list.files.front().extension().string());
        for (const auto& [known, format] : {std::pair{".csv", "csv"},
                                            {".tsv", "tsv"},
                                            {".tab", "tsv"},
                                            {".jsonl", "jsonl"},
                                            {".ndjson", "jsonl"},
                                            {".json", "jsonl"},
                                            {".conll", "columns"},
                                            {".bio", "columns"}})
            if (ending == known) return std::string(format);
        std::set<std::string> folders, names;
        for (const std::string& name : list.relative) {
            folders.insert(fs::path(name).parent_path().string());
            names.insert(name);
        }
        if (folders.size() >= 2) return std::string("folder_a_class");
        if (names.size() >= 2) return std::string("file_a_class");
        return Error{Error::Code::bad_data,
                     "The name of this file does not tell how its labels stand",
                     "Set dataset.format",
                     {"file " + list.files.front().string()}};
    }

    Status read(const std::string& format, std::string_view bytes, const FileList& list, std::size_t file, const Take& take) const {
        if (format == "csv")
            return read_table(
                bytes, [&](const RowSink& sink) { return read_csv(bytes, ',', sink); }, take);
        if (format == "tsv")
            return read_table(
                bytes, [&](const RowSink& sink) { return read_tsv(bytes, sink); }, take);
        if (format == "jsonl") return read_objects(bytes, take);
        if (format == "columns") return read_words(bytes, take);
        Label label;
        label.classes = {format == "folder_a_class" ? folder_class(list, file) : file_class(list, file)};
        return read_plain(bytes, format == "folder_a_class" ? "file" : "line", [&](std::string_view text) {
            while (text.ends_with('\n')) text.remove_suffix(1);
            return take(text, label);
        });
    }

    static std::string folder_class(const FileList& list, std::size_t file) {
        const std::string name = fs::path(list.relative[file]).parent_path().filename().string();
        return name.empty() ? fs::absolute(list.files[file]).lexically_normal().parent_path().filename().string() : name;
    }

    /// "reviews.pos" and "reviews.neg" are pos and neg; "sports.txt" and "politics.txt" are sports and politics.
    static std::string file_class(const FileList& list, std::size_t file) {
        std::set<std::string> stems;
        for (const fs::path& path : list.files) stems.insert(path.stem().string());
        const fs::path& path = list.files[file];
        if (stems.size() == list.files.size() || path.extension().empty()) return path.stem().string();
        return path.extension().string().substr(1);
    }

    // ---- tables

    Status read_table(std::string_view, const std::function<Status(const RowSink&)>& rows, const Take& take) const {
        auto found = columns_of(rows);
        if (!found) return found.error();
        const Columns& columns = found.value();
        bool first = true;
        Status wrong;
        Status read = rows([&](const TableRow& row) {
            if (std::exchange(first, false) && columns.header) return true;
            if (row.cells.size() <= std::max(columns.text, columns.label)) {
                wrong = Error{Error::Code::bad_data,
                              "This row has " + grouped(static_cast<std::int64_t>(row.cells.size())) +
                                  (row.cells.size() == 1 ? " column" : " columns") + ", but the " +
                                  (columns.text > columns.label ? "text" : "label") + " stands in column " +
                                  std::to_string(std::max(columns.text, columns.label) + 1),
                              "Mend or remove the row",
                              {"row " + grouped(row.number)}};
                return false;
            }
            Label label;
            wrong = set_label(label, row.cells[columns.label], row.number, "column " + std::to_string(columns.label + 1));
            if (!wrong) return false;
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                if (i != columns.text && i != columns.label)
                    label.columns.emplace_back(i < columns.names.size() ? columns.names[i] : std::to_string(i + 1),
                                               std::string(trim(row.cells[i])));
            return take(row.cells[columns.text], label);
        });
        return wrong ? read : wrong;
    }

    /// Looks at the first rows.
    Result<Columns> columns_of(const std::function<Status(const RowSink&)>& rows) const {
        constexpr std::size_t looked_at = 200;
        std::vector<TableRow> sample;
        Status read = rows([&](const TableRow& row) {
            sample.push_back(row);
            return sample.size() < looked_at;
        });
        if (!read) return read.error();
        Columns out;
        if (sample.empty()) return out;
        const std::vector<std::string>& head = sample.front().cells;
        const std::size_t width = head.size();
        if (width < 2)
            return Error{Error::Code::bad_data,
                         "This row has one column, but a text and a label are needed",
                         "Check dataset.format: csv is cut at commas, tsv at tabs",
                         {"row " + grouped(sample.front().number)}};
        auto at_name = [&](const std::string& name) {
            const auto it = std::find_if(head.begin(), head.end(), [&](const std::string& cell) { return trim(cell) == name; });
            return it == head.end() ? std::optional<std::size_t>() : static_cast<std::size_t>(it - head.begin());
        };
        out.header = config_.header == "names" ||
                     (config_.header == "auto" &&
                      ((!config_.text.empty() && at_name(config_.text)) || (!config_.label.empty() && at_name(config_.label)) ||
                       std::any_of(head.begin(), head.end(), names_text) || std::any_of(head.begin(), head.end(), names_label)));
        if (out.header)
            for (const std::string& cell : head) out.names.emplace_back(trim(cell));

        auto chosen = [&](const std::string& field, const std::string& value) -> Result<std::optional<std::size_t>> {
            if (value.empty()) return std::optional<std::size_t>();
            if (out.header)
                if (const auto at = at_name(value)) return at;
            std::size_t number = 0;
            const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (failed == std::errc() && end == value.data() + value.size() && number >= 1 && number <= width)
                return std::optional(number - 1);
            std::string known;
            for (std::size_t i = 0; i < width; ++i) known += (i ? ", " : "") + (out.header ? out.names[i] : std::to_string(i + 1));
            return Error{Error::Code::bad_data,
                         "There is no column \"" + value + "\"; the columns are " + known,
                         "Set dataset." + field,
                         {"row " + grouped(sample.front().number)}};
        };
        auto text = chosen("text", config_.text), label = chosen("label", config_.label);
        if (!text) return text.error();
        if (!label) return label.error();
        if (out.header) {
            for (std::size_t i = 0; i < width; ++i) {
                if (!text.value() && names_text(head[i]) && label.value() != i) text = std::optional(i);
                if (!label.value() && names_label(head[i]) && text.value() != i) label = std::optional(i);
            }
        }
        out.text = text.value().value_or(longest_column(sample, out.header, label.value()));
        out.label = label.value().value_or(least_varied_column(sample, out.header, out.text));
        return out;
    }

    static std::size_t longest_column(const std::vector<TableRow>& rows, bool header, std::optional<std::size_t> but) {
        std::size_t best = but == std::size_t{0} ? 1 : 0, most = 0;
        for (std::size_t column = 0; column < rows.front().cells.size(); ++column) {
            std::size_t sum = 0;
            for (std::size_t i = header ? 1 : 0; i < rows.size(); ++i)
                if (column < rows[i].cells.size()) sum += rows[i].cells[column].size();
            if (column != but && sum > most) {
                most = sum;
                best = column;
            }
        }
        return best;
    }

    static std::size_t least_varied_column(const std::vector<TableRow>& rows, bool header, std::size_t but) {
        std::size_t best = but == 0 ? 1 : 0, fewest = rows.size() + 1;
        for (std::size_t column = 0; column < rows.front().cells.size(); ++column) {
            std::set<std::string> values;
            for (std::size_t i = header ? 1 : 0; i < rows.size(); ++i)
                if (column < rows[i].cells.size()) values.insert(rows[i].cells[column]);
            if (column != but && values.size() < fewest) {
                fewest = values.size();
                best = column;
            }
        }
        return best;
    }

    // ---- the others

    Status read_objects(std::string_view bytes, const Take& take) const {
        std::string buffer;
        Status wrong;
        Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& row) {
            auto key_of = [&](const std::string& chosen, bool (*names)(const std::string&), const char* usual) {
                if (!chosen.empty()) return chosen;
                for (const auto& [key, value] : row.items())
                    if (names(key)) return key;
                return std::string(usual);
            };
            const std::string text_key = key_of(config_.text, names_text, "text"), label_key = key_of(config_.label, names_label, "label");
            const Json *text = json_field(row, text_key), *said = json_field(row, label_key);
            auto refuse = [&](const std::string& key, const char* field, const Json* value, const char* wanted) {
                wrong = Error{Error::Code::bad_data,
                              value ? "The field \"" + key + "\" of this row is no " + wanted + " but " + value->dump().substr(0, 40)
                                    : "This row has no field \"" + key + "\"; its fields are " + json_keys(row),
                              std::string("Set dataset.") + field + " to the field with the " + field,
                              {"row " + grouped(number)}};
                return false;
            };
            if (!text || !text->is_string()) return refuse(text_key, "text", text, "text");
            if (!said || said->is_null()) return refuse(label_key, "label", said, "label");
            Label label;
            if (kind_ == LabelKind::class_set && said->is_array()) {
                for (const Json& one : *said) label.classes.push_back(one.is_string() ? one.get<std::string>() : one.dump());
            } else if (said->is_structured()) {
                return refuse(label_key, "label", said, "label");
            } else {
                wrong = set_label(label, said->is_string() ? said->get<std::string>() : said->dump(), number, "field " + label_key);
                if (!wrong) return false;
            }
            for (const auto& [key, value] : row.items())
                if (key != text_key && key != label_key && value.is_primitive())
                    label.columns.emplace_back(key, value.is_string() ? value.get<std::string>() : value.dump());
            return take(plain_lines(text->get_ref<const std::string&>(), buffer), label);
        });
        return wrong ? read : wrong;
    }

    Status read_words(std::string_view bytes, const Take& take) const {
        Status wrong;
        Status read = read_columns(bytes, [&](const std::vector<TableRow>& sentence) {
            Label label;
            std::string text;
            for (const TableRow& row : sentence) {
                if (row.cells.size() < 2) {
                    wrong = Error{Error::Code::bad_data,
                                  "This line has a word but no label",
                                  "Each line needs a word and its label, with a space or tab between them",
                                  {"row " + grouped(row.number)}};
                    return false;
                }
                text += (text.empty() ? "" : " ") + row.cells.front();
                label.words.push_back(row.cells.front());
                label.classes.push_back(row.cells.back());
            }
            return take(text, label);
        });
        return wrong ? read : wrong;
    }

    // ---- labels

    Status set_label(Label& label, const std::string& cell, std::int64_t row, const std::string& where) const {
        const std::string_view text = trim(cell);
        if (kind_ == LabelKind::class_set) {
            for (std::size_t at = 0; at <= text.size();) {
                const std::size_t end = std::min(text.find(config_.set_separator, at), text.size());
                if (const std::string_view one = trim(text.substr(at, end - at)); !one.empty()) label.classes.emplace_back(one);
                at = end + config_.set_separator.size();
            }
            return {};
        }
        if (text.empty())
            return Error{
                Error::Code::bad_data, "The label of this row is missing", "Fill it in, or remove the row", {"row " + grouped(row), where}};
        if (kind_ == LabelKind::one_class) {
            label.classes.emplace_back(text);
            return {};
        }
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), label.value);
        if (failed != std::errc() || end != text.data() + text.size() || !std::isfinite(label.value))
            return Error{Error::Code::bad_data,
                         "The label \"" + std::string(text.substr(0, 40)) + "\" of this row is no number",
                         "Write numbers like 3.5, or set dataset.labels=class",
                         {"row " + grouped(row), where}};
        return {};
    }

    LabelledTextConfig config_;
    LabelKind kind_;
};

}  // namespace

DatasetKind labelled_text_kind() {
    auto kind = kind_of<DatasetKind, LabelledTextConfig>(
        {.id = "labelled_text",
         .title = "Labelled text",
         .summary = "Your own texts with a class, a set of classes, a number, or a class for each word.",
         .source = ""},
        [](const LabelledTextConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<LabelledText>(config); });
    kind.offers = [](const Json& section) {
        return std::vector<std::string>{"text", "labels of the kind " + section.value("labels", "class")};
    };
    return kind;
}

}  // namespace gw

#include <algorithm>
#include <set>

#include "data/catalog.h"
#include "data/class_names.h"
#include "data/file_form.h"
#include "data/json_reading.h"
#include "data/separator_setting.h"
#include "data/table_files.h"
#include "data/text_reading.h"
#include "util/text.h"

namespace gw {

namespace {

struct LabelledTextConfig {
    std::vector<std::string> paths;
    std::string format = "auto", labels = "class", text = "", label = "", header = "auto", separator = "auto", set_separator = ",";
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
                     "a file in one folder a class, or a word a line as in CoNLL. auto goes by the files' names and content.",
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
        schema::field<&LabelledTextConfig::separator>(separator_setting("format=auto|csv|tsv")),
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

/// Column by its number as a setting has it, or `usual`; 0 = the last.
Result<std::size_t> word_column(const std::string& value, std::size_t usual, const std::string& setting) {
    if (value.empty()) return usual;
    const auto number = whole_number(value);
    if (!number || *number < 1 || *number > 1000)
        return Error{Error::Code::bad_spec, "Columns of words have no names, but " + setting + " is \"" + value + "\"", "Set it to the column's number (from 1)", {"field " + setting}};
    return static_cast<std::size_t>(*number);
}

/// Texts with labels from tables, JSON rows, and files or folders that name the class.
class LabelledText final : public Dataset {
  public:
    explicit LabelledText(LabelledTextConfig config) : config_(std::move(config)), kind_(config_.kind()) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        auto files = list_files(config_.paths);
        if (!files) return files.error();
        std::string settings = "labelled_text 1";
        for (const std::string* part :
             {&config_.format, &config_.labels, &config_.text, &config_.label, &config_.header, &config_.set_separator})
            settings += "\n" + *part;
        if (config_.separator != "auto") settings += "\n" + config_.separator;
        return hash_files(files.value(), settings + "\n", progress, stop);
    }

    LabelKind labels() const override { return kind_; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    /// One reading of all files.
    struct Reading {
        const std::function<bool(const Document&)>& sink;
        ReadReport& report;
        std::stop_token stop;
        std::string file = "";
        bool more = true;
        ClassNames classes{};
        TableFiles tables{};
        std::string text_key = "", label_key = "";  ///< of JSON rows
        std::int64_t unlabelled = 0;                ///< rows with a text but no label
        FilePlace first_unlabelled{};
        std::optional<FilePlace> decimal_comma{}, decimal_point{};  ///< first of each among the labels

        void read_as(const std::string& what) {
            if (report.reading.find(what) == std::string::npos) report.reading += (report.reading.empty() ? "" : ", ") + what;
        }
        bool give(std::string_view text, const Label& label, std::int64_t row) {
            more = !stop.stop_requested() && sink({text, file, report.rows++, &label, row});
            return more;
        }
        /// Counts a row that lacks a part and says whether it can be given.
        bool whole(bool has_text, bool has_label, std::int64_t row) {
            if (has_text && has_label) return true;
            if (!has_text) report.pass_over(has_label ? "a label but no text" : "neither text nor label", {file, row});
            else if (unlabelled++ == 0) first_unlabelled = {file, row};
            return false;
        }
    };

    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        const FileList& list = listed.value();
        auto form = form_of(list);
        if (!form) return form.error();
        report.format = form.value().format;
        report.format_how = form.value().how;
        Reading reading{sink, report, stop};
        if (Status status = settle(list, reading); !status) return status;
        for (std::size_t i = 0; reading.more && i < list.files.size(); ++i) {
            if (stop.stop_requested()) break;
            if (progress) progress("reading text", static_cast<double>(i) / static_cast<double>(list.files.size()));
            auto map = MappedFile::open(list.files[i]);
            if (!map) return map.error();
            const std::string_view bytes = map.value().text();
            if (trim(bytes.substr(0, 4096)).empty() && trim(bytes).empty()) {
                report.pass_over("nothing in the file", {list.relative[i], 0});
                continue;
            }
            ++report.files;
            note_bytes(bytes, report);
            reading.file = list.relative[i];
            const Status status = read_file_of(list, i, bytes, reading);
            if (!status) return Error(status.error()).at("file " + list.shown(i));
        }
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
        if (reading.unlabelled > 0)
            return Error{Error::Code::bad_data,
                         reading.unlabelled == 1 ? "The label of this row is missing" : "The label of this row is missing, and that of " + grouped(reading.unlabelled - 1) + " more",
                         "Fill it in, or remove the row",
                         {"row " + grouped(reading.first_unlabelled.row), "file " + reading.first_unlabelled.file, report.label.number > 0 ? "column " + std::to_string(report.label.number) : "field " + report.label.name}};
        if (report.rows == 0)
            return Error{Error::Code::bad_data,
                         "There is no labelled text in these files",
                         "Choose files with a text and a label a row",
                         {"file " + list.shown(0), "dataset labelled_text"}};
        reading.classes.tell(report);
        if (reading.classes.merged()) reading.read_as("numbers as classes");
        return {};
    }

    // ---- what is decided once for all files

    Result<FileForm> form_of(const FileList& list) const {
        using How = ReadReport::How;
        if (config_.format != "auto") return FileForm{config_.format, How::given};
        if (kind_ == LabelKind::word_classes) return FileForm{"columns", How::given};
        auto form = common_form(list, "Name files of one form, for example with a pattern such as reviews/*.csv, or set dataset.format");
        if (!form) return form.error();
        if (!form.value().format.empty()) return form;
        std::set<std::string> folders, names;
        for (const std::string& name : list.relative) {
            folders.insert(fs::path(name).parent_path().string());
            names.insert(name);
        }
        if (folders.size() >= 2) return FileForm{"folder_a_class", How::name};
        if (names.size() >= 2) return FileForm{"file_a_class", How::name};
        return Error{Error::Code::bad_data,
                     "Neither the name nor the content of this file tells how its labels stand",
                     "Set dataset.format",
                     {"file " + list.shown(0)}};
    }

    Status settle(const FileList& list, Reading& reading) const {
        const std::string& format = reading.report.format;
        if (format == "csv" || format == "tsv") {
            const TableWishes wishes{config_.text, config_.label, config_.header, config_.separator, kind_};
            auto tables = TableFiles::open(list, wishes, format == "tsv" ? '\t' : ',', reading.report);
            if (!tables) return tables.error();
            reading.tables = std::move(tables).value();
        } else if (format == "jsonl") {
            if (reading.report.format_how == ReadReport::How::content) reading.read_as("JSON by content");
            return settle_keys(list, reading);
        }
        return {};
    }

    /// The fields of text and label, by the first rows of all files.
    Status settle_keys(const FileList& list, Reading& reading) const {
        constexpr std::size_t most_files = 64, most_rows = 200;
        ReadReport& report = reading.report;
        std::vector<std::string> keys;
        std::int64_t looked_at = 0;
        std::set<std::string> first_texts, first_labels;  // what each row by itself would name
        for (std::size_t i = 0; i < list.files.size() && i < most_files; ++i) {
            auto map = MappedFile::open(list.files[i]);
            if (!map) return map.error();
            if (is_json_array(map.value().text()) && looked_at == 0) report.format = "json";
            std::size_t rows = 0;
            const Status read = read_json_rows(map.value().text(), [&](std::int64_t, const Json& row) {
                ++looked_at;
                std::string text, label;
                for (const auto& [key, value] : row.items()) {
                    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
                    if (text.empty() && names_text(key)) text = key;
                    if (label.empty() && names_label(key)) label = key;
                }
                first_texts.insert(text.empty() ? "text" : text);
                first_labels.insert(label.empty() ? "label" : label);
                return ++rows < most_rows;
            });
            if (!read && rows == 0) return Error(read.error()).at("file " + list.shown(i));
        }
        report.columns = keys;
        auto choose = [&](const std::string& given, std::size_t (*rank)(const std::string&), bool (*names)(const std::string&), const std::string& usual,
                          const std::string& but, ReadReport::Column& column) {
            std::vector<std::string> likely;
            for (const std::string& key : keys)
                if (names(key) && key != but) likely.push_back(key);
            std::stable_sort(likely.begin(), likely.end(), [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
            if (given.empty() && likely.size() > 1)
                report.warnings.push_back("The field \"" + likely.front() + "\" was taken for the " + usual + "; " +
                                          quoted_list({likely.begin() + 1, likely.end()}) + " might be it as well (dataset." + usual + " settles it)");
            column.name = !given.empty() ? given : likely.empty() ? usual : likely.front();
            column.how = given.empty() ? ReadReport::How::name : ReadReport::How::given;
            return column.name;
        };
        reading.text_key = choose(config_.text, text_rank, names_text, "text", config_.label, report.text);
        reading.label_key = choose(config_.label, label_rank, names_label, "label", reading.text_key, report.label);
        if ((config_.text.empty() && first_texts != std::set{reading.text_key}) || (config_.label.empty() && first_labels != std::set{reading.label_key}))
            if (looked_at > 0) reading.read_as("fields " + reading.text_key + ", " + reading.label_key);
        return {};
    }

    // ---- one file

    Status read_file_of(const FileList& list, std::size_t file, std::string_view bytes, Reading& reading) const {
        const std::string& format = reading.report.format;
        if (format == "csv" || format == "tsv") return read_rows_of_table(bytes, reading);
        if (format == "jsonl" || format == "json") return read_objects(bytes, reading);
        if (format == "columns") return read_words(bytes, reading);
        const bool by_folder = format == "folder_a_class";
        const std::string name = by_folder ? folder_class(list, file) : file_class(list, file);
        if (first_bad_utf8(name))
            return Error{Error::Code::bad_data, "The name of this class is not UTF-8: " + shown_name(name),
                         std::string("Rename the ") + (by_folder ? "folder" : "file") + ", for example with convmv -f ISO-8859-1 -t UTF-8 --notest", {}};
        reading.report.label = {"", 0, ReadReport::How::name};
        Label label;
        label.classes = {name};
        return read_plain(bytes, by_folder ? "file" : "line", [&](std::string_view text, std::int64_t row) {
            while (text.ends_with('\n')) text.remove_suffix(1);
            reading.classes.name(name);
            return reading.give(text, label, row);
        });
    }

    static std::string folder_class(const FileList& list, std::size_t file) {
        const std::string name = fs::path(list.exact[file]).parent_path().filename().string();
        return name.empty() ? fs::absolute(list.files[file]).lexically_normal().parent_path().filename().string() : name;
    }

    /// "reviews.pos" and "reviews.neg" are pos and neg; "sports.txt" and "politics.txt" are sports and politics.
    static std::string file_class(const FileList& list, std::size_t file) {
        std::set<std::string> stems, endings;
        for (const fs::path& path : list.files) {
            stems.insert(path.stem().string());
            endings.insert(path.extension().string());
        }
        const fs::path& path = list.files[file];
        if (stems.size() == list.files.size() || endings.size() < 2 || path.extension().empty()) return path.stem().string();
        return path.extension().string().substr(1);
    }

    Status read_rows_of_table(std::string_view bytes, Reading& reading) const {
        Status wrong;
        const Status read = reading.tables.read(bytes, reading.file, reading.report, [&](const TableRow& row, const TableLayout& layout) {
            const std::string &text = row.cells[layout.text], &said = row.cells[layout.label];
            if (!reading.whole(!trim(text).empty(), kind_ == LabelKind::class_set || !trim(said).empty(), row.number)) return true;
            Label label;
            wrong = set_label(label, said, row.number, "column " + std::to_string(layout.label + 1), reading, reading.tables.separator() != ',');
            if (!wrong) return false;
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                if (i != layout.text && i != layout.label)
                    label.columns.emplace_back(i < layout.names.size() ? layout.names[i] : std::to_string(i + 1), std::string(trim(row.cells[i])));
            return reading.give(text, label, row.number);
        });
        return wrong ? read : wrong;
    }

    Status read_objects(std::string_view bytes, Reading& reading) const {
        std::string buffer;
        Status wrong;
        const std::string &text_key = reading.text_key, &label_key = reading.label_key;
        const Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& row) {
            const Json *text = json_field(row, text_key), *said = json_field(row, label_key);
            auto refuse = [&](const std::string& key, const char* field, const Json* value, const char* wanted) {
                wrong = Error{Error::Code::bad_data,
                              value ? "The field \"" + key + "\" of this row is no " + wanted + " but " + value->dump().substr(0, 40)
                                    : "This row has no field \"" + key + "\"; its fields are " + json_keys(row),
                              std::string("Set dataset.") + field + " to the field with the " + field,
                              {"row " + grouped(number)}};
                return false;
            };
            // A field that no row before had is a wrong name; one that is missing later is an empty cell.
            if (!text && reading.report.rows == 0) return refuse(text_key, "text", text, "text");
            if (!said && reading.report.rows == 0) return refuse(label_key, "label", said, "label");
            if (text && !text->is_null() && !text->is_string()) return refuse(text_key, "text", text, "text");
            const bool has_text = text && text->is_string() && !trim(text->get_ref<const std::string&>()).empty();
            const bool has_label = said && !said->is_null() && (kind_ == LabelKind::class_set || !said->is_string() || !trim(said->get_ref<const std::string&>()).empty());
            if (!reading.whole(has_text, has_label, number)) return true;
            Label label;
            if (kind_ == LabelKind::class_set && said->is_array()) {
                for (const Json& one : *said) {
                    const std::string name = one.is_string() ? one.get<std::string>() : one.dump();
                    if (trim(name).size() != name.size()) reading.read_as("trimmed classes");
                    label.classes.push_back(reading.classes.name(trim(name)));
                }
            } else if (said->is_structured()) {
                return refuse(label_key, "label", said, "label");
            } else {
                wrong = set_label(label, said->is_string() ? said->get<std::string>() : said->dump(), number, "field " + label_key, reading, false);
                if (!wrong) return false;
            }
            for (const auto& [key, value] : row.items())
                if (key != text_key && key != label_key && value.is_primitive())
                    label.columns.emplace_back(key, value.is_string() ? value.get<std::string>() : value.dump());
            return reading.give(plain_lines(text->get_ref<const std::string&>(), buffer), label, number);
        });
        return wrong ? read : wrong;
    }

    Status read_words(std::string_view bytes, Reading& reading) const {
        const auto text_at = word_column(config_.text, 1, "dataset.text"), label_at = word_column(config_.label, 0, "dataset.label");
        if (!text_at) return text_at.error();
        if (!label_at) return label_at.error();
        Status wrong;
        ColumnsCount count;
        std::size_t width = 0;
        const Status read = read_columns(bytes, count, [&](const std::vector<TableRow>& sentence) {
            Label label;
            std::string text;
            for (const TableRow& row : sentence) {
                auto refuse = [&](const std::string& message, const std::string& hint) {
                    wrong = Error{Error::Code::bad_data, message, hint, {"row " + grouped(row.number)}};
                    return false;
                };
                const std::vector<std::string>& cells = row.cells;
                if (cells.size() < 2)
                    return refuse("This line has a word but no label", "Each line needs a word and its label, with a space or tab between them");
                if (width == 0) width = cells.size();
                if (cells.size() != width)
                    return refuse("This line has " + std::to_string(cells.size()) + " columns, but the first has " + std::to_string(width),
                                  "Give all lines the same columns; a word with a space in it needs tabs between the columns");
                constexpr std::size_t universal = 10;  // the columns of the CoNLL-U format
                if (config_.text.empty() && width == universal && whole_number(cells.front()))
                    return refuse("This looks like CoNLL-U: the first column numbers the words", "Set dataset.text=2 and dataset.label=4 (or another column)");
                if (!config_.text.empty() && width == universal && cells.front().find_first_of("-.") != std::string::npos && whole_number(cells.front().substr(0, cells.front().find_first_of("-.")))) {
                    reading.report.pass_over("a number of several words or of none (CoNLL-U)", {reading.file, row.number});
                    continue;
                }
                if (text_at.value() > width || label_at.value() > width)
                    return refuse("This line has only " + std::to_string(width) + " columns", "Set dataset.text and dataset.label to columns that there are");
                const std::string &word = cells[text_at.value() - 1], &name = label_at.value() == 0 ? cells.back() : cells[label_at.value() - 1];
                if (word.empty() || name.empty()) return refuse(word.empty() ? "This line has a label but no word" : "This line has a word but no label", "Fill it in, or remove the line");
                text += (text.empty() ? "" : " ") + word;
                label.words.push_back(word);
                label.classes.push_back(reading.classes.name(name));
            }
            return label.words.empty() || reading.give(text, label, sentence.front().number);
        });
        reading.report.text = {"", static_cast<std::int64_t>(text_at.value()), config_.text.empty() ? ReadReport::How::name : ReadReport::How::given};
        reading.report.label = {"", static_cast<std::int64_t>(label_at.value() == 0 ? width : label_at.value()),
                                config_.label.empty() ? ReadReport::How::name : ReadReport::How::given};
        if (count.comments > 0) reading.report.pass_over("a comment", {reading.file, 0}, count.comments);
        if (count.document_starts > 0) reading.report.pass_over("-DOCSTART-", {reading.file, 0}, count.document_starts);
        if (count.beyond_blanks) reading.read_as("words by tabs");
        return wrong ? read : wrong;
    }

    // ---- labels

    /// `comma`: whether 3,5 may be a number.
    Status set_label(Label& label, const std::string& cell, std::int64_t row, const std::string& where, Reading& reading, bool comma) const {
        const std::string_view text = trim(cell);
        if (kind_ == LabelKind::class_set) {
            for (std::size_t at = 0; at <= text.size();) {
                const std::size_t end = std::min(text.find(config_.set_separator, at), text.size());
                if (const std::string_view one = trim(text.substr(at, end - at)); !one.empty()) label.classes.push_back(reading.classes.name(one));
                at = end + config_.set_separator.size();
            }
            return {};
        }
        if (kind_ == LabelKind::one_class) {
            label.classes.push_back(reading.classes.name(text));
            return {};
        }
        const auto value = label_number(text, comma);
        if (!value)
            return Error{Error::Code::bad_data,
                         "The label \"" + std::string(text.substr(0, utf8_boundary(text, std::min<std::size_t>(40, text.size())))) + "\" of this row is no number",
                         "Write numbers like 3.5" + std::string(comma ? " or 3,5" : "") + ", or set dataset.labels=class",
                         {"row " + grouped(row), where}};
        label.value = *value;
        const bool has_comma = text.find(',') != std::string_view::npos, has_point = text.find('.') != std::string_view::npos;
        auto& first = has_comma ? reading.decimal_comma : reading.decimal_point;
        if ((has_comma || has_point) && !first) first = FilePlace{reading.file, row};
        if (reading.decimal_comma && reading.decimal_point)
            return Error{Error::Code::bad_data,
                         "Some numbers have a decimal comma (" + place_text(*reading.decimal_comma) + "), others a decimal point (" + place_text(*reading.decimal_point) +
                             "): it is not clear what they mean",
                         "Write them all in one way", {"row " + grouped(row), where}};
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

#include <algorithm>
#include <set>

#include "data/catalog.h"
#include "data/example_settings.h"
#include "data/file_list.h"
#include "data/only_setting.h"
#include "data/text/file_form.h"
#include "data/text/labelled_reading.h"
#include "data/text/separator_setting.h"
#include "data/text/text_reading.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

struct LabelledTextConfig {
    std::vector<std::string> paths, only;
    std::string format = "auto", labels = "class", text, label, header = "auto", separator = "auto",
                set_separator = ",";
    std::int64_t examples = 0, examples_seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&LabelledTextConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help = "Files, folders (all files below) and patterns such as reviews/*.csv, one "
                     "a line.",
             .holds = schema::Holds::paths}),
        schema::field<&LabelledTextConfig::format>(
            {.key = "format",
             .label = "Format",
             .help = "How texts and labels stand in the files: a table, JSON lines, a text a line in one file a class, "
                     "a text "
                     "a file in one folder a class, or a word a line as in CoNLL. auto goes by the files' names and "
                     "content.",
             .choices = "auto=Automatic|csv=CSV|tsv=TSV|jsonl=JSON lines|file_a_class=A file for each "
                        "class|folder_a_class=A folder for each class|columns=A word a line"}),
        schema::field<&LabelledTextConfig::labels>(
            {.key = "labels",
             .label = "A label is",
             .help = "One class a text, a set of classes, a number, or a class for each word.",
             .choices = "class=A class|set=A set of classes|number=A number|word=A class for each word"}),
        schema::field<&LabelledTextConfig::text>({.key = "text",
                                                  .label = "Text column",
                                                  .help = "Name or number (from 1) of the column with the text; empty "
                                                          "= found by its name, or as the longest one."}),
        schema::field<&LabelledTextConfig::label>({.key = "label",
                                                   .label = "Label column",
                                                   .help = "Name or number (from 1) of the column with the label; "
                                                           "empty = found by its name, or as the one with the "
                                                           "fewest different values."}),
        schema::field<&LabelledTextConfig::header>({.key = "header",
                                                    .label = "First row",
                                                    .help = "Whether the first row of a table names the columns.",
                                                    .audience = schema::Audience::expert,
                                                    .choices = "auto=Automatic|names=Names of the columns|data=Data"}),
        schema::field<&LabelledTextConfig::separator>(separator_setting("format=auto|csv|tsv")),
        schema::field<&LabelledTextConfig::set_separator>({.key = "set_separator",
                                                           .label = "Between classes",
                                                           .help = "What stands between the classes of a set.",
                                                           .audience = schema::Audience::expert,
                                                           .shown_when = "labels=set"}),
        schema::field<&LabelledTextConfig::only>(only_setting("labels=class")),
        schema::field<&LabelledTextConfig::examples>(examples_setting()),
        schema::field<&LabelledTextConfig::examples_seed>(examples_seed_setting()),
    };
    void check(schema::Problems& out, const std::string& at) const {
        check_paths(paths, out, at);
        const bool by_place = format == "file_a_class" || format == "folder_a_class";
        if (by_place && labels != "class")
            out.push_back({at + ".labels", "can only be \"class\" where files or folders name the class"});
        if (format == "columns" && labels != "word")
            out.push_back({at + ".labels", "must be \"word\" for the format columns, which has a class for each word"});
        if (labels == "word" && format != "columns" && format != "auto")
            out.push_back({at + ".format", "must be \"columns\" for a class for each word"});
        if (labels == "set" && set_separator.empty()) out.push_back({at + ".set_separator", "must not be empty"});
        if (labels != "class" && !only.empty())
            out.push_back({at + ".only", "means something for one class a text alone; leave it empty"});
        if (!text.empty() && text == label) out.push_back({at + ".label", "is the column of the text"});
    }
    LabelKind kind() const {
        return labels == "class" ? LabelKind::one_class
               : labels == "set" ? LabelKind::class_set
                                 : label_kind_named(labels);
    }
};

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
    std::vector<std::string> only() const override { return config_.only; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        const FileList& list = listed.value();
        list.tell(report);
        auto form = form_of(list);
        if (!form) return form.error();
        report.format = form.value().format;
        report.format_how = form.value().how;
        ReadingProgress shown(list, say::reading_text, progress);
        const std::function<bool(const Document&)> told = [&](const Document& document) {
            shown.add(document.text.size());
            return sink(document);
        };
        LabelledReading reading(told, report, stop, kind_);
        reading.text_wish = config_.text;
        reading.label_wish = config_.label;
        reading.set_separator = config_.set_separator;
        if (Status status = settle(list, reading); !status) return status;
        for (std::size_t i = 0; reading.more && i < list.files.size(); ++i) {
            if (stop.stop_requested()) break;
            shown.begin(i);
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
            if (Status whole = map.value().intact(); !whole) return whole;
            if (!status) return Error(status.error()).at("file " + list.shown(i));
        }
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
        if (reading.unlabelled > 0)
            return Error{Error::Code::bad_data,
                         reading.unlabelled == 1 ? "The label of this row is missing"
                                                 : "The label of this row is missing, and that of " +
                                                       grouped(reading.unlabelled - 1) + " more",
                         "Fill it in, or remove the row",
                         {"row " + grouped(reading.first_unlabelled.row), "file " + reading.first_unlabelled.file,
                          report.label.number > 0 ? "column " + std::to_string(report.label.number)
                                                  : "field " + report.label.name}};
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
        auto form = common_form(
            list, "Name files of one form, for example with a pattern such as reviews/*.csv, or set dataset.format");
        if (!form) return form.error();
        if (form.value().format == "columns")
            return Error{Error::Code::bad_data,
                         "This file has a class for each word",
                         "Set dataset.labels=word, or choose files with a text and a label a row",
                         {"file " + list.shown(0)}};
        if (!form.value().format.empty()) return form;
        std::set<std::string> folders, names;
        for (const std::string& name : list.relative) {
            folders.insert(fs::path(name).parent_path().string());
            names.insert(name);
        }
        if (folders.size() >= 2) return FileForm{"folder_a_class", How::name};
        if (names.size() >= 2) return FileForm{"file_a_class", How::name};
        std::error_code ignored;
        if (fs::is_empty(list.files[0], ignored))
            return Error{Error::Code::bad_data,
                         "This file is empty",
                         "Choose a file with a text and a label a row",
                         {"file " + list.shown(0)}};
        return Error{Error::Code::bad_data,
                     "Neither the name nor the content of this file tells how its labels stand",
                     "Set dataset.format",
                     {"file " + list.shown(0)}};
    }

    Status settle(const FileList& list, LabelledReading& reading) const {
        const std::string& format = reading.report.format;
        if (format == "csv" || format == "tsv") {
            const TableWishes wishes{config_.text, config_.label, config_.header, config_.separator, kind_};
            auto tables = TableFiles::open(list, wishes, format == "tsv" ? '\t' : ',', reading.report);
            if (!tables) return tables.error();
            reading.tables = std::move(tables).value();
        } else if (format == "jsonl") {
            if (reading.report.format_how == ReadReport::How::content) reading.read_as("JSON by content");
            return reading.settle_keys(list);
        }
        return {};
    }

    // ---- one file

    Status read_file_of(const FileList& list, std::size_t file, std::string_view bytes,
                        LabelledReading& reading) const {
        const std::string& format = reading.report.format;
        if (format == "csv" || format == "tsv") return reading.read_rows_of_table(bytes);
        if (format == "jsonl" || format == "json") return reading.read_objects(bytes);
        if (format == "columns") return reading.read_words(bytes);
        const bool by_folder = format == "folder_a_class";
        const std::string name = by_folder ? folder_class(list, file) : file_class(list, file);
        if (first_bad_utf8(name))
            return Error{Error::Code::bad_data,
                         "The name of this class is not UTF-8: " + shown_name(name),
                         std::string("Rename the ") + (by_folder ? "folder" : "file") +
                             ", for example with convmv -f ISO-8859-1 -t UTF-8 --notest",
                         {}};
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
        return name.empty() ? fs::absolute(list.files[file]).lexically_normal().parent_path().filename().string()
                            : name;
    }

    /// "reviews.pos" and "reviews.neg" are pos and neg; "sports.txt" and "politics.txt" are sports and politics.
    static std::string file_class(const FileList& list, std::size_t file) {
        std::set<std::string> stems, endings;
        for (const fs::path& path : list.files) {
            stems.insert(path.stem().string());
            endings.insert(path.extension().string());
        }
        const fs::path& path = list.files[file];
        if (stems.size() == list.files.size() || endings.size() < 2 || path.extension().empty())
            return path.stem().string();
        return path.extension().string().substr(1);
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
        [](const LabelledTextConfig& config) -> std::unique_ptr<Dataset> {
            return std::make_unique<LabelledText>(config);
        });
    kind.offers = [](const Json& section) {
        return std::vector<std::string>{"text", "labels of the kind " + section.value("labels", "class")};
    };
    return kind;
}

}  // namespace gw

#include "data/catalog.h"
#include "data/file_list.h"
#include "data/text_reading.h"
#include "util/text.h"

namespace gw {

namespace {

struct TextFilesConfig {
    std::vector<std::string> paths;
    std::string format = "plain", documents = "file", json_field = "text";
    static constexpr auto fields = std::tuple{
        schema::field<&TextFilesConfig::paths>({.key = "paths", .label = "Files", .help = "Text files, folders (all files below) and patterns such as "
                                                                                         "corpus/*.txt, one a line.",
                                                .holds = schema::Holds::paths}),
        schema::field<&TextFilesConfig::format>({.key = "format", .label = "Format", .help = "Plain text, or one JSON object a line.", .choices = "plain|jsonl"}),
        schema::field<&TextFilesConfig::documents>({.key = "documents", .label = "Documents are",
                                                    .help = "What one document is: a whole file, each line, or paragraphs between blank lines.",
                                                    .choices = "file|line|blank_line", .shown_when = "format=plain"}),
        schema::field<&TextFilesConfig::json_field>({.key = "json_field", .label = "JSON field",
                                                     .help = "Which field holds the text; a dot goes into an object, as in meta.text.",
                                                     .shown_when = "format=jsonl"}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (paths.empty()) out.push_back({at + ".paths", "needs at least one file, folder or pattern"});
        for (const std::string& path : paths)
            if (trim(path).empty()) out.push_back({at + ".paths", "has an empty entry"});
        if (format == "jsonl" && json_field.empty()) out.push_back({at + ".json_field", "must name the field that holds the text"});
    }
};

/// Plain or JSONL text from files, in the order of their paths.
class TextFiles final : public Dataset {
  public:
    explicit TextFiles(TextFilesConfig config) : config_(std::move(config)) {}

    Status visit(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop) const override {
        auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        const std::vector<fs::path>& files = listed.value().files;
        std::int64_t index = 0;
        bool more = true;
        for (std::size_t i = 0; more && i < files.size(); ++i) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
            if (progress) progress("reading text", static_cast<double>(i) / static_cast<double>(files.size()));
            const fs::path& file = files[i];
            auto map = MappedFile::open(file);
            if (!map) return map.error();
            const std::string& source = listed.value().relative[i];
            Status status = read(map.value().text(), [&](std::string_view text) {
                more = !stop.stop_requested() && sink({text, source, index++});
                return more;
            });
            if (!status) return Error(status.error()).at("file " + file.string());
        }
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading text", "", {}};
        if (index == 0)
            return Error{Error::Code::bad_data, "There is no text in " + (files.size() == 1 ? "the file" : grouped(static_cast<std::int64_t>(files.size())) + " files"),
                         "Choose files with text in them", {"file " + files.front().string(), "dataset text_files"}};
        return {};
    }

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        auto files = list_files(config_.paths);
        if (!files) return files.error();
        return hash_files(files.value(), "text_files 1 " + config_.format + " " + (config_.format == "plain" ? config_.documents : config_.json_field) + "\n",
                          progress, stop);
    }

  private:
    Status read(std::string_view bytes, const TextSink& sink) const {
        return config_.format == "jsonl" ? read_jsonl(bytes, config_.json_field, sink) : read_plain(bytes, config_.documents, sink);
    }
    TextFilesConfig config_;
};

}  // namespace

DatasetKind text_files_kind() {
    auto kind = kind_of<DatasetKind, TextFilesConfig>(
        {.id = "text_files", .title = "Text files", .summary = "Your own text: plain files or JSON lines, UTF-8.", .source = ""},
        [](const TextFilesConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<TextFiles>(config); });
    kind.offers = [](const Json&) { return std::vector<std::string>{"text"}; };
    return kind;
}

}  // namespace gw

#include <algorithm>
#include <map>
#include <set>

#include "data/catalog.h"
#include "data/class_names.h"
#include "data/file_list.h"
#include "data/images/caption_table.h"
#include "data/images/picture_archive.h"
#include "data/images/picture_columns.h"
#include "data/images/picture_decoding.h"
#include "data/images/picture_sizes.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

struct CaptionedConfig {
    std::vector<std::string> paths;
    std::string file = "file", caption = "caption", label, part, fit = "crop", colours = "colour", unreadable = "stop";
    std::int64_t size = 64;
    static constexpr auto fields = std::tuple{
        schema::field<&CaptionedConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help = "Tables (CSV, TSV, JSON lines) with a picture's file and its caption a row, and archives (tar, "
                     "zip) with pictures; files, folders (all files below) and patterns, one a line. The file of a "
                     "picture is looked for from the table's folder on, then in the archives, also in one beside "
                     "the table that is called as the folder: pictures/1.png in pictures.tar.",
             .holds = schema::Holds::paths}),
        schema::field<&CaptionedConfig::file>(
            {.key = "file", .label = "File column", .help = "Column or field with the picture's file."}),
        schema::field<&CaptionedConfig::caption>(
            {.key = "caption", .label = "Caption column", .help = "Column or field with the caption."}),
        schema::field<&CaptionedConfig::label>(
            {.key = "label",
             .label = "Class column",
             .help = "Column or field with the picture's class, which zero-shot accuracy asks for; empty = there are "
                     "none."}),
        schema::field<&CaptionedConfig::part>(
            {.key = "part",
             .label = "Part column",
             .help = "Column or field that says which part of the data a row is of, such as train or test; the split "
                     "by test files then finds it as if it were a folder's name. Empty = there is none."}),
        schema::field<&CaptionedConfig::size>({.key = "size",
                                               .label = "Side",
                                               .help = "Height and width that every picture is brought to.",
                                               .unit = "pixels",
                                               .min = 8,
                                               .max = 1024}),
        schema::field<&CaptionedConfig::fit>(
            {.key = "fit",
             .label = "Other proportions",
             .help = "What becomes of a picture that is no square: its longer ends are cut off, the rest is filled "
                     "with the mean of its edge, or it is stretched.",
             .choices = "crop=Cut|pad=Fill|stretch=Stretch"}),
        schema::field<&CaptionedConfig::colours>({.key = "colours",
                                                  .label = "Colours",
                                                  .help = "Whether pictures keep their colours.",
                                                  .choices = "colour=Colour|grey=Grey"}),
        schema::field<&CaptionedConfig::unreadable>(
            {.key = "unreadable",
             .label = "Faulty pictures",
             .help = "What happens at a row whose picture is missing or cannot be read.",
             .choices = "stop=Stop and say so|skip=Leave the row out"}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        check_paths(paths, out, at);
        if (trim(file).empty()) out.push_back({at + ".file", "must name the column with the pictures' files"});
        if (trim(caption).empty()) out.push_back({at + ".caption", "must name the column with the captions"});
        if (file == caption) out.push_back({at + ".caption", "is the column of the files"});
    }
    CaptionColumns columns() const { return {file, caption, label, part}; }
    PictureForm form() const { return {colours == "grey" ? 1 : 3, size, size, fit}; }
};

/// A row and the table that it stands in.
struct CaptionPlace {
    CaptionRow row;
    std::size_t table = 0;
};

std::string plain_name(const std::string& name) {
    return fs::path(name).lexically_normal().generic_string();
}

/// The archive beside a table that holds the folder in which a row's picture should lie: pictures.tar for
/// pictures/1.png. Empty where there is none.
fs::path packed_folder(const fs::path& table, const CaptionRow& row) {
    const std::string name = plain_name(row.file);
    const std::size_t end = name.find('/');
    if (end == std::string::npos || end == 0 || name.find('\0') != std::string::npos) return {};
    std::error_code ignored;
    for (const char* ending : archive_endings)
        if (fs::path path = table.parent_path() / (name.substr(0, end) + ending); fs::is_regular_file(path, ignored))
            return path;
    return {};
}

/// What the paths name, apart.
struct CaptionedFiles {
    FileList list;
    std::vector<std::size_t> tables, archives;  ///< of the list
    std::set<fs::path> beside = {};             ///< archives that no path names, but a row of a table

    /// Whether a table's pictures may lie in an archive: one beside a table is that table's, any other is everybody's.
    bool may_hold(std::size_t archive, std::size_t table) const {
        const auto folder = [&](std::size_t file) {
            return fs::absolute(list.files[file]).lexically_normal().parent_path();
        };
        const fs::path own = folder(archive);
        return folder(table) == own ||
               std::none_of(tables.begin(), tables.end(), [&](std::size_t other) { return folder(other) == own; });
    }

    /// Takes the archive along that holds the row's folder, if there is one and no path names it.
    void add_packed(std::size_t table, const CaptionRow& row) {
        const fs::path path = packed_folder(list.files[table], row);
        if (path.empty() || !beside.insert(path).second) return;
        std::error_code ignored;
        if (std::any_of(archives.begin(), archives.end(),
                        [&](std::size_t archive) { return fs::equivalent(list.files[archive], path, ignored); }))
            return;
        archives.push_back(list.files.size());
        list.files.push_back(path);
        list.exact.push_back(path.filename().string());
        list.relative.push_back(shown_name(list.exact.back()));
    }
};

/// Pictures with a caption each, from tables that name their files.
class Captioned final : public Dataset {
  public:
    explicit Captioned(CaptionedConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        auto files = files_of();
        if (!files) return files.error();
        CaptionedFiles& named = files.value();
        // Pictures on their own, as far as the tables can be read: who reads them tells what is wrong with them.
        ReadReport unread;
        std::map<std::pair<std::size_t, std::string>, fs::path> loose;  // of two tables the same name is two files
        for (const std::size_t table : named.tables) {
            std::vector<CaptionRow> rows;
            (void)read_captions(named.list, table, config_.columns(), unread, rows);
            for (const CaptionRow& row : rows)
                if (const fs::path path = loose_file(named.list, table, row); !path.empty())
                    loose[{table, row.file}] = path;
                else
                    named.add_packed(table, row);
        }
        FileList used;
        for (const auto* which : {&named.tables, &named.archives})
            for (const std::size_t file : *which) {
                used.files.push_back(named.list.files[file]);
                used.relative.push_back(named.list.relative[file]);
                used.exact.push_back(named.list.exact[file]);
            }
        for (const auto& [named_by, path] : loose) {
            used.files.push_back(path);
            used.relative.push_back(shown_name(named_by.second));
            used.exact.push_back(named_by.second);
        }
        Json settings = schema::dump(config_);
        settings.erase("paths");
        return hash_files(used, "image_text 1\n" + settings.dump() + "\n", progress, stop);
    }

    LabelKind labels() const override { return config_.label.empty() ? LabelKind::none : LabelKind::one_class; }

  private:
    /// One reading: what was given so far.
    struct Going {
        const std::function<bool(const Document&)>& sink;
        const FileList& list;
        ReadReport& report;
        const ProgressFn& progress;
        std::stop_token stop;
        std::size_t all = 0, done = 0;
        bool more = true;
        ClassNames classes = {};
        PictureSizes sizes = {};
    };

    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        auto files = files_of();
        if (!files) return files.error();
        CaptionedFiles& named = files.value();
        named.list.tell(report);
        std::vector<CaptionPlace> all;
        for (const std::size_t table : named.tables) {
            std::vector<CaptionRow> rows;
            if (Status status = read_captions(named.list, table, config_.columns(), report, rows); !status)
                return status;
            for (CaptionRow& row : rows) all.push_back({std::move(row), table});
        }
        if (all.empty())
            return Error{Error::Code::bad_data,
                         "There is no caption in these files",
                         "Choose tables with a picture's file and its caption a row",
                         {"file " + named.list.shown(named.tables.front()), "dataset image_text"}};
        Going going{sink, named.list, report, progress, stop, all.size()};
        std::map<std::string, std::vector<const CaptionPlace*>> packed;  // in archives, or missing
        for (const CaptionPlace& place : all) {
            if (!going.more) break;
            if (stop.stop_requested()) return stopped();
            const fs::path path = loose_file(named.list, place.table, place.row);
            if (path.empty()) {
                named.add_packed(place.table, place.row);
                packed[plain_name(place.row.file)].push_back(&place);
                continue;
            }
            auto map = MappedFile::open(path);
            if (Status status =
                    map ? give(going, bytes_of(map.value().text()), place) : faulty(going, place, map.error());
                !status)
                return status;
            if (map)
                if (Status whole = map.value().intact(); !whole) return whole;
        }
        for (const std::size_t archive : named.archives)
            if (going.more && !packed.empty())
                if (Status status = read_archive(going, named, archive, packed); !status) return status;
        if (going.more)
            for (const auto& [name, places] : packed)
                for (const CaptionPlace* place : places)
                    if (Status status = faulty(going, *place, missing(named, *place)); !status) return status;
        if (going.more && report.rows == 0)
            return Error{Error::Code::bad_data,
                         "None of the pictures of these captions can be read",
                         "Choose the folder that holds both the table and the pictures",
                         {"file " + named.list.shown(named.tables.front())}};
        if (labels() != LabelKind::none) going.classes.tell(report);
        going.sizes.tell(report);
        return {};
    }

    Status read_archive(Going& going, const CaptionedFiles& named, std::size_t file,
                        std::map<std::string, std::vector<const CaptionPlace*>>& packed) const {
        auto opened = PictureArchive::open(going.list.files[file], going.list.shown(file));
        if (!opened) return opened.error();
        PictureArchive archive = std::move(opened).value();
        std::set<std::string> given;
        ReadReport others;  // that an archive holds more than the table names is no news
        while (going.more) {
            if (going.stop.stop_requested()) return stopped();
            auto name = archive.next(others);
            if (!name) return name.error();
            if (!name.value()) break;
            const std::string plain = plain_name(*name.value());
            if (given.count(plain) > 0)  // unpacked, the later one would write over the one before
                going.report.pass_over("a name that its archive holds twice", {shown_name(plain), 0});
            const auto it = packed.find(plain);
            if (it == packed.end()) continue;
            const auto own =
                std::stable_partition(it->second.begin(), it->second.end(),
                                      [&](const CaptionPlace* place) { return !named.may_hold(file, place->table); });
            if (own == it->second.end()) continue;
            given.insert(plain);
            const auto bytes = archive.content();
            if (!bytes && archive.broken()) return bytes.error();
            for (auto at = own; at != it->second.end(); ++at)
                if (Status status = bytes ? give(going, bytes.value(), **at) : faulty(going, **at, bytes.error());
                    !status)
                    return status;
            it->second.erase(own, it->second.end());
            if (it->second.empty()) packed.erase(it);
        }
        return {};
    }

    Status give(Going& going, std::span<const std::uint8_t> bytes, const CaptionPlace& place) const {
        if (!going.more) return {};
        Picture in_file;
        auto decoded = decode_picture(bytes, config_.form(), shown_name(place.row.file), &in_file);
        if (!decoded) return faulty(going, place, decoded.error());
        const PictureCopy& copy = decoded.value();
        const Picture picture{copy.channels, copy.height, copy.width, copy.pixels};
        Label label;
        if (!config_.label.empty()) {
            label.classes = {going.classes.name(place.row.label)};
            // The table may say the part as well as a folder.
            label.columns = picture_columns(
                label.classes.front(),
                (place.row.part.empty() ? "" : place.row.part + "/") + shown_name(plain_name(place.row.file)), in_file);
        }
        const std::string source =
            (place.row.part.empty() ? "" : place.row.part + "/") + going.list.relative[place.table];
        constexpr std::size_t between_reports = 256;
        if (going.progress && going.done % between_reports == 0)
            going.progress(say::reading_pictures, static_cast<double>(going.done) / static_cast<double>(going.all));
        ++going.done;
        going.more = going.sink({place.row.caption, source, going.report.rows++,
                                 config_.label.empty() ? nullptr : &label, place.row.number, &picture});
        if (going.more) going.sizes.add(in_file);
        return {};
    }

    /// A row whose picture cannot be had: an error, or one that is passed over.
    Status faulty(Going& going, const CaptionPlace& place, const Error& reason) const {
        if (config_.unreadable == "skip") {
            going.report.pass_over("its picture is missing or cannot be read",
                                   {going.list.relative[place.table], place.row.number});
            return {};
        }
        return Error(reason).at("row " + grouped(place.row.number)).at("file " + going.list.shown(place.table));
    }

    Error missing(const CaptionedFiles& named, const CaptionPlace& place) const {
        return {Error::Code::bad_data,
                "The picture of this caption is missing: " + shown_name(place.row.file),
                named.archives.empty() ? "Put it below the table's folder, name the folder or the archive that "
                                         "holds it in dataset.paths, or set dataset.unreadable=skip"
                                       : "It is neither below the table's folder nor in the archives; put it there, or "
                                         "set dataset.unreadable=skip",
                {}};
    }

    static Error stopped() { return {Error::Code::cancelled, "Stopped while reading pictures", "", {}}; }

    static std::span<const std::uint8_t> bytes_of(std::string_view text) {
        return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    }

    /// Where the picture of a row lies on its own; empty where it does not. A table names pictures below its own folder
    /// or below what dataset.paths names, and none elsewhere: it may come from anybody.
    fs::path loose_file(const FileList& list, std::size_t table, const CaptionRow& row) const {
        if (row.file.find('\0') != std::string::npos) return {};
        const fs::path folder = list.files[table].parent_path(), path = folder / row.file;
        std::error_code ignored;
        if (!fs::is_regular_file(path, ignored)) return {};
        const auto below = [&](const fs::path& given) {
            const fs::path away = fs::absolute(path).lexically_normal().lexically_relative(
                fs::absolute(given.empty() ? "." : given).lexically_normal());
            return !away.empty() && *away.begin() != "..";
        };
        const bool named = below(folder) || std::any_of(config_.paths.begin(), config_.paths.end(),
                                                        [&](const std::string& given) { return below(given); });
        return named ? path : fs::path();
    }

    Result<CaptionedFiles> files_of() const {
        auto listed = list_files(config_.paths);
        if (!listed) return listed.error();
        CaptionedFiles out{std::move(listed).value(), {}, {}};
        for (std::size_t i = 0; i < out.list.files.size(); ++i)
            if (is_archive_name(out.list.files[i].string()))
                out.archives.push_back(i);
            else if (is_caption_table(out.list.files[i]))
                out.tables.push_back(i);
        if (out.tables.empty())
            return Error{Error::Code::bad_data,
                         "There is no table of captions here",
                         "Choose a .csv, .tsv or .jsonl file with a picture's file and its caption a row",
                         {"file " + out.list.shown(0), "dataset image_text"}};
        return out;
    }

    CaptionedConfig config_;
};

}  // namespace

DatasetKind image_text_data_kind() {
    auto kind = kind_of<DatasetKind, CaptionedConfig>(
        {.id = "image_text",
         .title = "Pictures with captions",
         .summary = "Your own pictures (JPEG, PNG) with a caption each, which a table names.",
         .source = ""},
        [](const CaptionedConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Captioned>(config); });
    kind.offers = [](const Json& section) {
        std::vector<std::string> words{"image", value_rows, rows_without_text, "captions"};
        if (!section.value("label", "").empty()) words.push_back("labels of the kind class");
        return words;
    };
    kind.pictures = true;
    kind.decodes = true;
    kind.expects = [](const Json& section) {
        const auto side = section.value("size", CaptionedConfig{}.size);
        return image_input(section.value("colours", "") == "grey" ? 1 : 3, side, side);
    };
    kind.expects_exactly = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

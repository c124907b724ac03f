#include <chrono>
#include <mutex>
#include <optional>

#include "data/catalog.h"
#include "data/class_names.h"
#include "data/example_settings.h"
#include "data/file_list.h"
#include "data/images/picture_columns.h"
#include "data/images/picture_decoding.h"
#include "data/images/picture_files.h"
#include "data/images/picture_folders.h"
#include "data/images/picture_sizes.h"
#include "data/only_setting.h"
#include "util/answer_within.h"
#include "util/text.h"

namespace gw {

namespace {

struct ImageFolderConfig {
    std::vector<std::string> paths, only;
    std::string labels = "auto", fit = "crop", unreadable = "stop";
    std::int64_t channels = 3, height = 0, width = 0, examples = 0, examples_seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&ImageFolderConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help = "Folders (all files below), archives (.tar, .tar.gz, .zip), files and patterns, one a line. JPEG "
                     "and PNG pictures are read.",
             .holds = schema::Holds::paths}),
        schema::field<&ImageFolderConfig::labels>(
            {.key = "labels",
             .label = "Classes",
             .help = "Whether the folder around a picture names its class. Folders that all pictures share, and those "
                     "named train, test or the like, name none. Automatic: where pictures lie in at least two folders.",
             .choices = "auto=Automatic|folders=By folder|none=None"}),
        schema::field<&ImageFolderConfig::channels>(
            {.key = "channels",
             .label = "Channels",
             .help = "3 for colours, 1 for grey. Transparency is laid over white.",
             .min = 1,
             .max = 3}),
        schema::field<&ImageFolderConfig::height>(
            {.key = "height",
             .label = "Height",
             .help = "Pixels that all pictures are brought to; 0 = as they are, which must be one size then.",
             .min = 0,
             .max = 4096}),
        schema::field<&ImageFolderConfig::width>(
            {.key = "width",
             .label = "Width",
             .help = "Pixels that all pictures are brought to; 0 = as they are, which must be one size then.",
             .min = 0,
             .max = 4096}),
        schema::field<&ImageFolderConfig::fit>(
            {.key = "fit",
             .label = "Other proportions",
             .help = "What becomes of a picture whose proportions are not those of the size: its longer ends are cut "
                     "off, the rest is filled with the mean of its edge, or it is stretched.",
             .choices = "crop=Cut off|pad=Fill|stretch=Stretch"}),
        schema::field<&ImageFolderConfig::unreadable>(
            {.key = "unreadable",
             .label = "Unreadable files",
             .help = "Whether a picture that is damaged, cut short or of another form ends the reading, or is left out "
                     "and counted.",
             .choices = "stop=Are an error|skip=Are left out"}),
        schema::field<&ImageFolderConfig::only>(only_setting("labels=auto|folders")),
        schema::field<&ImageFolderConfig::examples>(examples_setting()),
        schema::field<&ImageFolderConfig::examples_seed>(examples_seed_setting()),
    };
    void check(schema::Problems& out, const std::string& at) const {
        check_paths(paths, out, at);
        if (channels == 2) out.push_back({at + ".channels", "can be 1 (grey) or 3 (colours)"});
        if ((height == 0) != (width == 0))
            out.push_back({at + (height == 0 ? ".height" : ".width"), "must be set where the other side is"});
        if (labels == "none" && !only.empty())
            out.push_back({at + ".only", "means something for pictures with a class alone; leave it empty"});
        if (labels == "none" && examples > 0)
            out.push_back({at + ".examples", "means something for pictures with a class alone; leave it 0"});
    }
    bool labelled() const {
        return labels == "folders" || (labels == "auto" && in_class_folders(paths).value_or(true));
    }
};

/// in_class_folders, remembered for a second: what fits what is asked many times for one change in a form. Taken for
/// true where the time of this thread does not suffice to tell: then the reader says that there are no classes.
bool seem_in_class_folders(const std::vector<std::string>& paths) {
    using Clock = std::chrono::steady_clock;
    static std::mutex mutex;
    static std::optional<std::pair<std::vector<std::string>, bool>> last;
    static Clock::time_point asked;
    {
        const std::lock_guard lock(mutex);  // never held while files are looked at: who draws would wait for who reads
        if (last && last->first == paths && Clock::now() - asked < std::chrono::seconds(1)) return last->second;
    }
    Looking looking;
    if (answer_within != std::chrono::milliseconds::max()) looking.until = Clock::now() + answer_within;
    const std::optional<bool> found = in_class_folders(paths, looking);
    if (!found) return true;
    const std::lock_guard lock(mutex);
    last.emplace(paths, *found);
    asked = Clock::now();
    return *found;
}

/// Pictures in files, with a class each by their folders, or without.
class ImageFolder final : public Dataset {
  public:
    explicit ImageFolder(ImageFolderConfig config)
        : config_(std::move(config)),
          form_{config_.channels, config_.height, config_.width, config_.fit},
          labels_(config_.labelled() ? LabelKind::one_class : LabelKind::none) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        ReadReport unread;
        const auto files = PictureFiles::list(config_.paths, unread, progress, stop);
        if (!files) return files.error();
        const Json settings{form_.channels,           form_.height,      form_.width, form_.height > 0 ? form_.fit : "",
                            label_kind_name(labels_), config_.unreadable};
        return hash_files(files.value().files(), "image_folder 1\n" + settings.dump() + "\n", progress, stop);
    }

    LabelKind labels() const override { return labels_; }
    std::vector<std::string> only() const override { return config_.only; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        const auto files = PictureFiles::list(config_.paths, report, progress, stop);
        if (!files) return files.error();
        const bool labelled = labels_ != LabelKind::none;
        report.format = "pictures";
        if (labelled) report.label = {"", 0, ReadReport::How::name};
        ClassNames classes;
        PictureSizes sizes;
        Picture first, in_file;
        bool whole = true;    // to the end, so that classes are seen with all their pictures
        std::string outside;  // the first file that no class folder is around
        const PictureFiles::Sink take = [&](const PictureFile& file, const auto& bytes) -> Result<bool> {
            if (labelled && file.folder.empty()) {
                if (outside.empty()) outside = file.shown;
                report.pass_over("no class folder around it", {file.name, 0});
                return true;
            }
            const auto decoded = bytes ? decode_picture(bytes.value(), form_, file.shown, &in_file) : bytes.error();
            if (!decoded) {
                if (config_.unreadable == "stop") return decoded.error();
                report.pass_over(reason(decoded.error()), {file.name, 0});
                return true;
            }
            const PictureCopy& copy = decoded.value();
            const Picture picture{copy.channels, copy.height, copy.width, copy.pixels};
            if (report.rows == 0) first = {copy.channels, copy.height, copy.width, {}};
            if (!picture.same_size(first)) return other_size(picture, first, file.shown);
            Label label;
            if (labelled) {
                label.classes = {classes.name(file.folder)};
                label.columns = picture_columns(label.classes.front(), file.name, in_file);
            }
            ++report.files;
            whole = sink({"", file.name, report.rows++, labelled ? &label : nullptr, 0, &picture});
            if (whole) sizes.add(in_file);
            return whole;
        };
        if (Status status = files.value().read(take, report, progress, stop); !status) return status;
        if (report.rows == 0) return nothing(outside, files.value());
        if (labelled) classes.tell(report);
        sizes.tell(report);
        if (labelled && whole) warn_of_classes(report);
        return {};
    }

    /// Why a picture was left out, without what differs from one to the next.
    static std::string reason(const Error& error) {
        std::string text = error.message;
        if (text.starts_with(unreadable_start)) text.erase(0, unreadable_start.size());
        return "a picture that cannot be read: " + text.substr(0, text.find(" ("));
    }

    static Error other_size(const Picture& picture, const Picture& first, const std::string& shown) {
        return {Error::Code::bad_data,
                "This picture has " + picture_size(picture) + ", but those before it have " + picture_size(first),
                "Set dataset.height and dataset.width, so that all pictures are brought to one size",
                {"file " + shown}};
    }

    static Error nothing(const std::string& outside, const PictureFiles& files) {
        if (!outside.empty())
            return {Error::Code::bad_data,
                    "These pictures do not lie in class folders",
                    "Name the folder around the class folders, each of which has the name of its class; or set "
                    "dataset.labels=none",
                    {"file " + outside}};
        return {Error::Code::bad_data,
                "There is no picture in these files that can be read",
                "Choose a folder or an archive with JPEG or PNG pictures",
                {"file " + files.files().shown(0)}};
    }

    static void warn_of_classes(ReadReport& report) {
        std::int64_t single = 0;
        std::string name;
        for (const auto& [known, count] : report.classes)
            if (count == 1 && ++single == 1) name = known;
        if (report.classes.size() == 1)
            report.warnings.push_back("All pictures are of one class, \"" + report.classes.front().first + "\"");
        else if (single > 0)
            report.warnings.push_back("The class \"" + name + "\"" +
                                      (single > 1 ? " and " + grouped(single - 1) + " more" : "") +
                                      (single > 1 ? " have" : " has") +
                                      " one picture alone, which cannot be in the training part and be judged as well");
    }

    ImageFolderConfig config_;
    PictureForm form_;
    LabelKind labels_;
};

}  // namespace

DatasetKind image_folder_kind() {
    auto kind = kind_of<DatasetKind, ImageFolderConfig>(
        {.id = "image_folder",
         .title = "Folder of pictures",
         .summary = "Your own JPEG and PNG pictures in folders or archives, with the folder as the class or without "
                    "classes.",
         .source = ""},
        [](const ImageFolderConfig& config) -> std::unique_ptr<Dataset> {
            return std::make_unique<ImageFolder>(config);
        });
    kind.offers = [](const Json& section) {
        std::vector<std::string> paths, out{"image", value_rows, rows_without_text};
        const Json given = section.value("paths", Json::array());
        for (const Json& path : given)
            if (path.is_string()) paths.push_back(path);
        const std::string labels = section.value("labels", ImageFolderConfig{}.labels);
        if (labels == "folders" || (labels == "auto" && seem_in_class_folders(paths)))
            out.push_back("labels of the kind class");
        return out;
    };
    kind.remedies = {{"labels of the kind class",
                      "put the pictures of each class into a folder of its own, of two classes at least, and set "
                      "dataset.labels to auto or folders"}};
    kind.pictures = true;
    kind.decodes = true;
    kind.look_first = [](const Json& section, const ProgressFn& progress, std::stop_token stop) -> Status {
        ImageFolderConfig config;
        (void)schema::load(config, section, "dataset");
        if (config.labels == "auto") (void)in_class_folders(config.paths, {progress, stop});
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading pictures", "", {}};
        return {};
    };
    kind.expects = [](const Json& section) {
        constexpr std::int64_t usual = 32;  // of small pictures; no file says it before it is read
        const auto side = [&](const char* key) {
            const auto set = section.value(key, std::int64_t{0});
            return set > 0 ? set : usual;
        };
        return image_input(section.value("channels", ImageFolderConfig{}.channels), side("height"), side("width"));
    };
    kind.expects_exactly = [](const Json& section) {
        return section.value("height", std::int64_t{0}) > 0 && section.value("width", std::int64_t{0}) > 0;
    };
    return kind;
}

}  // namespace gw

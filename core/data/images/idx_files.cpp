#include <algorithm>
#include <set>

#include "data/catalog.h"
#include "data/class_names.h"
#include "data/example_settings.h"
#include "data/file_list.h"
#include "data/images/idx_pairs.h"
#include "data/images/idx_stream.h"
#include "data/images/picture_store.h"
#include "data/only_setting.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

struct IdxConfig {
    std::vector<std::string> paths, classes, only;
    std::int64_t examples = 0, examples_seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&IdxConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help =
                 "Files, folders (all files below) and patterns, one a line. Pictures and labels belong together by "
                 "their "
                 "names, such as train-images-idx3-ubyte and train-labels-idx1-ubyte; both may be packed with gzip.",
             .holds = schema::Holds::paths}),
        schema::field<&IdxConfig::classes>(
            {.key = "classes",
             .label = "Class names",
             .help =
                 "Names of the classes, one a line, in the order of the label numbers from 0 on; empty = the numbers "
                 "are the names.",
             .holds = schema::Holds::lines}),
        schema::field<&IdxConfig::only>(only_setting()),
        schema::field<&IdxConfig::examples>(examples_setting()),
        schema::field<&IdxConfig::examples_seed>(examples_seed_setting()),
    };
    void check(schema::Problems& out, const std::string& at) const {
        check_paths(paths, out, at);
        constexpr std::size_t label_values = 256;  // a label is a byte
        if (classes.size() > label_values) out.push_back({at + ".classes", "has more than 256 names"});
        std::set<std::string_view> seen;
        for (const std::string& name : classes) {
            if (trim(name).empty())
                out.push_back({at + ".classes", "has an empty name"});
            else if (!seen.insert(trim(name)).second)
                out.push_back({at + ".classes", "has \"" + name + "\" twice"});
        }
    }
};

/// One file of pictures and its labels, opened, with the size of the pictures.
struct OpenPair {
    IdxStream images, labels;
    Picture shape;
    bool channels_last = false;
    std::int64_t count = 0;
    std::string images_shown;
};

Result<OpenPair> open_pair(const FileList& list, const IdxPair& pair) {
    auto images = IdxStream::open(list.files[pair.images], list.shown(pair.images));
    if (!images) return images.error();
    auto labels = IdxStream::open(list.files[pair.labels], list.shown(pair.labels));
    if (!labels) return labels.error();
    const std::vector<std::int64_t> size = images.value().dimensions();  // outlives the move below
    if (size.size() < 3)
        return images.value().wrong("This IDX file has " + grouped(static_cast<std::int64_t>(size.size())) +
                                        (size.size() == 1 ? " dimension" : " dimensions") +
                                        ", so that it holds no pictures",
                                    "Pictures have three (number, height, width), or a fourth for the channels", 3);
    if (labels.value().dimensions().size() != 1)
        return labels.value().wrong(
            "The labels have " + std::to_string(labels.value().dimensions().size()) + " dimensions",
            "Labels have one dimension: a number a picture", 3);
    const Picture shape{size.size() == 4 ? size[3] : 1, size[1], size[2], {}};
    constexpr std::int64_t largest_side = 4096;
    auto inside = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
    if (!inside(shape.channels, PictureWriter::most_channels) || !inside(shape.height, largest_side) ||
        !inside(shape.width, largest_side))
        return images.value().wrong("Pictures of this size are not supported: " + picture_size(shape),
                                    "Pictures have sides of 1 to 4,096 pixels and 1 to 4 channels", 8);
    if (const std::int64_t count = labels.value().dimensions()[0]; count != size[0])
        return images.value().wrong("There are " + grouped(size[0]) + " pictures here, but " + grouped(count) +
                                        " labels in " + list.shown(pair.labels),
                                    "Use the labels that belong to these pictures", 4);
    return OpenPair{std::move(images).value(), std::move(labels).value(), shape, size.size() == 4, size[0],
                    list.shown(pair.images)};
}

/// Pictures with a class each from IDX files, the format of MNIST and its kin.
class IdxFiles final : public Dataset {
  public:
    explicit IdxFiles(IdxConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        auto list = list_files(config_.paths);
        if (!list) return list.error();
        ReadReport unread;
        auto pairs = idx_pairs(list.value(), unread);
        if (!pairs) return pairs.error();
        FileList used;  // what is passed over does not make other data
        for (const IdxPair& pair : pairs.value())
            for (const std::size_t file : {pair.images, pair.labels}) {
                used.files.push_back(list.value().files[file]);
                used.relative.push_back(list.value().relative[file]);
                used.exact.push_back(list.value().exact[file]);
            }
        return hash_files(used, "idx 1\n" + Json(config_.classes).dump() + "\n", progress, stop);
    }

    LabelKind labels() const override { return LabelKind::one_class; }
    std::vector<std::string> only() const override { return config_.only; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        auto list = list_files(config_.paths);
        if (!list) return list.error();
        list.value().tell(report);
        auto pairs = idx_pairs(list.value(), report);
        if (!pairs) return pairs.error();
        report.format = "idx";
        report.label = {"", 0, ReadReport::How::name};
        std::int64_t all = 0;
        if (Status status = check_sizes(list.value(), pairs.value(), all); !status) return status;
        ClassNames classes;
        bool more = true;
        for (std::size_t i = 0; more && i < pairs.value().size(); ++i) {
            auto opened = open_pair(list.value(), pairs.value()[i]);
            if (!opened) return opened.error();
            report.files += 2;
            OpenPair pair = std::move(opened).value();
            std::vector<std::uint8_t> stored(
                static_cast<std::size_t>(pair.shape.channels * pair.shape.height * pair.shape.width)),
                planar(stored.size());
            for (std::int64_t row = 1; more && row <= pair.count; ++row) {
                constexpr std::int64_t between_reports = 1024;
                if (report.rows % between_reports == 0) {
                    if (stop.stop_requested())
                        return Error{Error::Code::cancelled, "Stopped while reading pictures", "", {}};
                    if (progress)
                        progress(say::reading_pictures, static_cast<double>(report.rows) / static_cast<double>(all));
                }
                std::uint8_t number = 0;
                if (Status status = pair.images.read(stored.data(), stored.size()); !status) return status;
                if (Status status = pair.labels.read(&number, 1); !status) return status;
                auto name = name_of(number, pair.labels);
                if (!name) return name.error();
                Label label;
                label.classes = {classes.name(name.value())};
                Picture picture = pair.shape;
                picture.pixels = pair.channels_last ? to_planar(stored, picture, planar) : stored;
                more = sink({"", pairs.value()[i].source, report.rows++, &label, row, &picture});
            }
            if (!more) break;
            if (Status status = pair.images.finish(); !status) return status;
            if (Status status = pair.labels.finish(); !status) return status;
        }
        classes.tell(report);
        return {};
    }

    /// That the pictures of all files are of one size, before the first is given; counts them.
    static Status check_sizes(const FileList& list, const std::vector<IdxPair>& pairs, std::int64_t& count) {
        Picture first;
        std::string first_shown;
        for (const IdxPair& one : pairs) {
            auto pair = open_pair(list, one);
            if (!pair) return pair.error();
            count += pair.value().count;
            if (first_shown.empty()) {
                first = pair.value().shape;
                first_shown = pair.value().images_shown;
            }
            if (!first.same_size(pair.value().shape))
                return pair.value().images.wrong("The pictures of this file are " + picture_size(pair.value().shape) +
                                                     ", but those of " + first_shown + " are " + picture_size(first),
                                                 "Name files with pictures of one size", 8);
        }
        if (count == 0)
            return Error{Error::Code::bad_data,
                         "There is no picture in these files",
                         "Choose files with pictures",
                         {"file " + first_shown, "dataset idx"}};
        return {};
    }

    Result<std::string> name_of(std::uint8_t number, const IdxStream& labels) const {
        if (config_.classes.empty()) return std::to_string(number);
        if (number < config_.classes.size()) return std::string(trim(config_.classes[number]));
        return labels.wrong("The label " + std::to_string(number) + " has no name: dataset.classes has " +
                                grouped(static_cast<std::int64_t>(config_.classes.size())) + ", and numbers begin at 0",
                            "Name all classes, or none", labels.offset() - 1);
    }

    static std::span<const std::uint8_t> to_planar(const std::vector<std::uint8_t>& stored, const Picture& shape,
                                                   std::vector<std::uint8_t>& planar) {
        const auto channels = static_cast<std::size_t>(shape.channels), plane = stored.size() / channels;
        for (std::size_t c = 0; c < channels; ++c)
            for (std::size_t i = 0; i < plane; ++i) planar[c * plane + i] = stored[i * channels + c];
        return planar;
    }

    IdxConfig config_;
};

}  // namespace

DatasetKind idx_kind() {
    auto kind = kind_of<DatasetKind, IdxConfig>(
        {.id = "idx",
         .title = "IDX pictures",
         .summary = "Small pictures with a class each, in the file format of MNIST.",
         .source = "LeCun, Cortes and Burges 1998, yann.lecun.com/exdb/mnist"},
        [](const IdxConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<IdxFiles>(config); });
    kind.offers = [](const Json&) {
        return std::vector<std::string>{"image", value_rows, rows_without_text, "labels of the kind class"};
    };
    kind.pictures = true;
    kind.expects = [](const Json&) { return image_input(1, 28, 28); };
    return kind;
}

}  // namespace gw

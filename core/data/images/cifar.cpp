#include <algorithm>

#include "data/catalog.h"
#include "data/class_names.h"
#include "data/example_settings.h"
#include "data/file_list.h"
#include "data/images/cifar_files.h"
#include "data/only_setting.h"
#include "util/hash.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

struct CifarConfig {
    std::vector<std::string> paths, only;
    std::string labels = "fine";
    std::int64_t examples = 0, examples_seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&CifarConfig::paths>(
            {.key = "paths",
             .label = "Files",
             .help = "Files, folders (all files below) and patterns, one a line: data_batch_1.bin to test_batch.bin of "
                     "CIFAR-10, train.bin and test.bin of CIFAR-100. Names of the classes are taken from the .txt "
                     "files beside them.",
             .holds = schema::Holds::paths}),
        schema::field<&CifarConfig::labels>({.key = "labels",
                                             .label = "Classes of CIFAR-100",
                                             .help = "Its 100 classes, or the 20 groups of them. CIFAR-10 has one sort "
                                                     "of classes.",
                                             .choices = "fine=100 classes|coarse=20 groups"}),
        schema::field<&CifarConfig::only>(only_setting()),
        schema::field<&CifarConfig::examples>(examples_setting()),
        schema::field<&CifarConfig::examples_seed>(examples_seed_setting()),
    };
    void check(schema::Problems& out, const std::string& at) const { check_paths(paths, out, at); }
};

/// The pictures of CIFAR-10 and CIFAR-100 in their binary form.
class Cifar final : public Dataset {
  public:
    explicit Cifar(CifarConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        ReadReport unread;
        const auto files = CifarFiles::list(config_.paths, unread);
        if (!files) return files.error();
        const std::string labels = files.value().hundred ? config_.labels : "";
        std::string settings = "cifar 1\n" + labels + "\n";
        for (const auto& [name, content] : files.value().names) settings += name + "\n" + sha256(content) + "\n";
        return hash_files(files.value().files, settings, progress, stop);
    }

    LabelKind labels() const override { return LabelKind::one_class; }
    std::vector<std::string> only() const override { return config_.only; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        auto listed = CifarFiles::list(config_.paths, report);
        if (!listed) return listed.error();
        const CifarFiles& files = listed.value();
        report.format = files.hundred ? "cifar-100" : "cifar-10";
        report.label = {"", 0, ReadReport::How::name};
        ReadingProgress shown(files.files, say::reading_pictures, progress);
        ClassNames classes;
        const bool coarse = files.hundred && config_.labels == "coarse";
        const std::vector<std::string> names = files.class_names(coarse), others = files.class_names(!coarse);
        for (const auto& [wanted, which] : {std::pair{&names, coarse}, {&others, !coarse}})
            if (Status sound = each_once(*wanted, files.names_file(which)); !sound) return sound;
        for (std::size_t i = 0; i < files.files.files.size(); ++i) {
            if (stop.stop_requested()) return stopped();
            shown.begin(i);
            auto map = MappedFile::open(files.files.files[i]);
            if (!map) return map.error();
            ++report.files;
            const std::string_view bytes = map.value().text();
            const std::size_t length = files.row_bytes(), before = length - CifarFiles::picture_bytes;
            if (bytes.size() % length != 0) return files.broken_off(i, bytes.size());
            for (std::size_t at = 0; at < bytes.size(); at += length) {
                if (stop.stop_requested()) return stopped();
                shown.add(length);
                const std::size_t place = coarse ? at : at + before - 1;  // the coarse number comes first
                auto name = name_of(files, names, coarse, i, bytes, place);
                if (!name) return name.error();
                Label label;
                label.classes = {classes.name(name.value())};
                if (files.hundred) {
                    auto other = name_of(files, others, !coarse, i, bytes, coarse ? at + 1 : at);
                    if (!other) return other.error();
                    label.columns = {{coarse ? "fine" : "coarse", other.value()}};
                }
                const Picture picture{
                    3,
                    CifarFiles::side,
                    CifarFiles::side,
                    {reinterpret_cast<const std::uint8_t*>(bytes.data()) + at + before, CifarFiles::picture_bytes}};
                const auto row = static_cast<std::int64_t>(at / length) + 1;
                if (!sink({"", files.files.relative[i], report.rows++, &label, row, &picture})) {
                    classes.tell(report);
                    return {};
                }
            }
            if (Status whole = map.value().intact(); !whole) return whole;
        }
        if (report.rows == 0)
            return Error{Error::Code::bad_data,
                         "There is no picture in these files",
                         "Choose files with pictures",
                         {"file " + files.files.shown(0), "dataset cifar"}};
        classes.tell(report);
        return {};
    }

    /// A name a line, in the order of the numbers: one that is missing or stands twice would make two classes one.
    static Status each_once(const std::vector<std::string>& names, const std::string& file) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto before = std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]);
            if (!names[i].empty() && before == names.begin() + static_cast<std::ptrdiff_t>(i)) continue;
            return Error{Error::Code::bad_data,
                         names[i].empty() ? "A class has no name: a line is empty that has others behind it"
                                          : "Two classes are called \"" + names[i] + "\"",
                         "Give each number a name of its own, one a line, or take the file away",
                         {"line " + std::to_string(i + 1), "file " + file}};
        }
        return {};
    }

    static Error stopped() { return {Error::Code::cancelled, "Stopped while reading pictures", "", {}}; }

    static Result<std::string> name_of(const CifarFiles& files, const std::vector<std::string>& names, bool coarse,
                                       std::size_t file, std::string_view bytes, std::size_t place) {
        const std::size_t number = static_cast<unsigned char>(bytes[place]), most = files.classes(coarse);
        const auto wrong = [&](const std::string& message, const std::string& hint) {
            return Error{Error::Code::bad_data,
                         "The label " + std::to_string(number) + message,
                         hint,
                         {"byte " + grouped(static_cast<std::int64_t>(place)), "file " + files.files.shown(file)}};
        };
        if (number >= most)
            return wrong(" is none of the " + std::to_string(most) + " of " +
                             (files.hundred ? "CIFAR-100" : "CIFAR-10") + ", whose numbers begin at 0",
                         "Copy or download the file again, or choose the binary version of the data");
        if (names.empty()) return std::to_string(number);
        if (number < names.size()) return names[number];
        return wrong(" has no name: " + std::string(files.names_file(coarse)) + " has " +
                         grouped(static_cast<std::int64_t>(names.size())),
                     "Put the file of names that belongs to the data beside it, or none");
    }

    CifarConfig config_;
};

}  // namespace

DatasetKind cifar_kind() {
    auto kind = kind_of<DatasetKind, CifarConfig>(
        {.id = "cifar",
         .title = "CIFAR pictures",
         .summary = "Photographs of 32 x 32 pixels with a class each, in the binary form of CIFAR-10 and CIFAR-100.",
         .source = "Krizhevsky 2009, www.cs.toronto.edu/~kriz/cifar.html"},
        [](const CifarConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Cifar>(config); });
    kind.offers = [](const Json&) {
        return std::vector<std::string>{"image", value_rows, rows_without_text, "labels of the kind class"};
    };
    kind.pictures = true;
    kind.expects = [](const Json&) { return image_input(3, CifarFiles::side, CifarFiles::side); };
    kind.expects_exactly = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

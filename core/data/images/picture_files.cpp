#include "data/images/picture_files.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "data/images/picture_archive.h"
#include "data/images/picture_folders.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

template <std::size_t n>
bool ends_with_one_of(const std::string& name, const std::array<const char*, n>& endings) {
    const std::string lower = lower_case(name);
    return std::any_of(endings.begin(), endings.end(), [&](const char* ending) { return lower.ends_with(ending); });
}

/// Why a file is passed over that is neither picture nor archive, by its name.
std::string why_no_picture(const std::string& name) {
    constexpr std::array others{".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".avif", ".svg"};
    return ends_with_one_of(name, others) ? "a form of picture other than JPEG and PNG"
                                          : "a name that is not one of JPEG or PNG pictures";
}

}  // namespace

bool is_picture_name(const std::string& name) {
    constexpr std::array endings{".jpg", ".jpeg", ".png"};
    return ends_with_one_of(name, endings);
}

Result<PictureFiles> PictureFiles::list(const std::vector<std::string>& paths, ReadReport& report,
                                        const ProgressFn& progress, std::stop_token stop) {
    auto listed = list_files(paths);
    if (!listed) return listed.error();
    const FileList& all = listed.value();
    all.tell(report);
    PictureFiles out;
    SharedFolders shared;
    for (std::size_t i = 0; i < all.files.size(); ++i) {
        const std::string& name = all.exact[i];
        const bool archive = is_archive_name(name);
        if (is_hidden_name(name) || (!archive && !is_picture_name(name))) {
            report.pass_over(is_hidden_name(name) ? "a hidden name" : why_no_picture(name), {all.relative[i], 0});
            continue;
        }
        out.files_.files.push_back(all.files[i]);
        out.files_.exact.push_back(name);
        out.files_.relative.push_back(all.relative[i]);
        if (!archive) {
            shared.add(class_folders(name));
            continue;
        }
        ++out.archives_;
        const auto inside = archive_folders(all.files[i], all.shown(i), {progress, stop});
        if (!inside) return inside.error();
        for (const std::string& folders : inside.value().folders)
            shared.add(folders.empty() ? class_folders(name) : folders);
    }
    if (out.files_.files.empty())
        return Error{Error::Code::bad_data,
                     "There is no picture among these files",
                     "Choose a folder with JPEG or PNG pictures, or a .tar, .tar.gz or .zip archive of one",
                     {"file " + all.shown(0)}};
    out.shared_ = shared.shared();
    return out;
}

std::string PictureFiles::folder_of(const std::string& name, const std::string& archive) const {
    const std::string inside = class_folders(name);
    return shown_name(SharedFolders::below(shared_, inside.empty() ? class_folders(archive) : inside));
}

Status PictureFiles::read(const Sink& sink, ReadReport& report, const ProgressFn& progress,
                          std::stop_token stop) const {
    ReadingProgress shown(files_, say::reading_pictures, progress);
    bool more = true;
    for (std::size_t i = 0; more && i < files_.files.size(); ++i) {
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading pictures", "", {}};
        shown.begin(i);
        if (is_archive_name(files_.exact[i])) {
            if (Status status = read_archive(i, sink, report, shown, stop, more); !status) return status;
            continue;
        }
        const auto map = MappedFile::open(files_.files[i]);
        Result<std::span<const std::uint8_t>> bytes = std::span<const std::uint8_t>();
        if (map) {
            const std::string_view text = map.value().text();
            bytes = std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
        } else {
            bytes = map.error();
        }
        const auto wanted = sink({files_.relative[i], folder_of(files_.exact[i], ""), files_.shown(i)}, bytes);
        if (map)
            if (Status whole = map.value().intact(); !whole) return whole;
        if (!wanted) return wanted.error();
        more = wanted.value();
    }
    return {};
}

Status PictureFiles::read_archive(std::size_t file, const Sink& sink, ReadReport& report, ReadingProgress& shown,
                                  const std::stop_token& stop, bool& more) const {
    auto opened = PictureArchive::open(files_.files[file], files_.shown(file));
    if (!opened) return opened.error();
    PictureArchive archive = std::move(opened).value();
    const std::string before = files_.files.size() > 1 ? files_.relative[file] + "/" : "";
    std::unordered_set<std::string> seen;
    while (more) {
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading pictures", "", {}};
        auto next = archive.next(report);
        if (!next) return next.error();
        if (!next.value()) break;
        const std::string name = *next.value();
        if (!is_picture_name(name)) {
            report.pass_over(why_no_picture(name), {before + shown_name(name), 0});
            continue;
        }
        // Unpacked, the later one would write over the one before.
        if (!seen.insert(fs::path(name).lexically_normal().string()).second) {
            report.pass_over("a name that its archive holds twice", {before + shown_name(name), 0});
            continue;
        }
        const auto bytes = archive.content();
        if (!bytes && archive.broken()) return bytes.error();
        if (bytes) shown.add(bytes.value().size());
        const auto wanted = sink({before + shown_name(name), folder_of(name, files_.exact[file]),
                                  shown_name(name) + " in " + files_.shown(file)},
                                 bytes);
        if (!wanted) return wanted.error();
        more = wanted.value();
    }
    return {};
}

}  // namespace gw

#include "data/images/picture_archive.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <clocale>

#include "data/file_list.h"
#include "data/images/picture_formats.h"
#include "util/text.h"

namespace gw {

namespace {

/// libarchive gives names in the character set of the locale; they must not depend on it.
class Utf8Names {
  public:
    Utf8Names() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
        if (locale_) before_ = ::uselocale(locale_);
    }
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;
    ~Utf8Names() {
        if (!locale_) return;
        ::uselocale(before_);
        ::freelocale(locale_);
    }

  private:
    locale_t locale_, before_ = nullptr;
};

std::string name_in_archive(std::string name) {
    while (name.starts_with('/') || name.starts_with("./")) name.erase(0, name.front() == '/' ? 1 : 2);
    return name;
}

}  // namespace

bool is_archive_name(const std::string& name) {
    const std::string lower = lower_case(name);
    return std::any_of(archive_endings.begin(), archive_endings.end(),
                       [&](const char* ending) { return lower.ends_with(ending); });
}

bool is_hidden_name(const std::string& path) {
    const std::vector<std::string> names = split(path, '/');
    return std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return name == "__MACOSX" || (name.starts_with('.') && name != "." && name != "..");
    });
}

void PictureArchive::Close::operator()(void* reader) const {
    archive_read_free(static_cast<archive*>(reader));
}

Error PictureArchive::wrong(const std::string& message, const std::string& name) const {
    const char* detail = archive_error_string(static_cast<archive*>(archive_.get()));
    Error error{Error::Code::bad_data,
                message + (detail && *detail ? " (" + well_formed_utf8(detail) + ")" : ""),
                "Copy or download the archive again, or unpack it and choose its folder",
                {}};
    if (!name.empty()) error.where.push_back("file " + shown_name(name));
    error.where.push_back("file " + shown_);
    return error;
}

Result<PictureArchive> PictureArchive::open(const fs::path& path, const std::string& shown) {
    const Utf8Names names;
    PictureArchive out;
    out.shown_ = shown;
    archive* reader = archive_read_new();
    if (!reader) return Error{Error::Code::out_of_memory, "Unpacking could not begin", "", {"file " + shown}};
    out.archive_.reset(reader);
    archive_read_support_filter_gzip(reader);
    archive_read_support_format_tar(reader);
    archive_read_support_format_zip(reader);
    constexpr std::size_t at_once = 1 << 16;
    if (archive_read_open_filename(reader, path.c_str(), at_once) != ARCHIVE_OK)
        return out.wrong("This file cannot be read as a .tar, .tar.gz or .zip archive");
    return out;
}

Result<std::optional<std::string>> PictureArchive::next(ReadReport& report) {
    const Utf8Names names;
    auto* reader = static_cast<archive*>(archive_.get());
    while (true) {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(reader, &entry);
        if (result == ARCHIVE_EOF) return std::optional<std::string>();
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
            broken_ = true;
            return wrong("This archive is damaged, cut short, or neither .tar, .tar.gz nor .zip");
        }
        const char* name = archive_entry_pathname(entry);
        if (!name || !*name) {
            broken_ = true;
            return wrong("This archive holds a file without a name");
        }
        name_ = name_in_archive(name);
        if (archive_entry_filetype(entry) == AE_IFDIR || name_.empty() || name_.ends_with('/')) continue;
        if (is_hidden_name(name_)) {
            report.pass_over("a hidden name", {shown_name(name_), 0});
            continue;
        }
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry)) {
            report.pass_over("a link or a device in the place of a file", {shown_name(name_), 0});
            continue;
        }
        return std::optional<std::string>(name_);
    }
}

std::uint64_t PictureArchive::read_so_far() const {
    constexpr int of_the_file = -1;  // behind all filters
    const la_int64_t bytes = archive_filter_bytes(static_cast<archive*>(archive_.get()), of_the_file);
    return bytes > 0 ? static_cast<std::uint64_t>(bytes) : 0;
}

Result<std::span<const std::uint8_t>> PictureArchive::content() {
    const Utf8Names names;
    auto* reader = static_cast<archive*>(archive_.get());
    bytes_.clear();
    constexpr std::size_t piece = 1 << 16;
    while (true) {
        const std::size_t held = bytes_.size();
        if (held > static_cast<std::size_t>(most_bytes))
            return unreadable("it is larger than " + byte_text(most_bytes), shown_name(name_) + " in " + shown_, "",
                              "Leave it out of the archive");
        bytes_.resize(held + piece);
        const la_ssize_t taken = archive_read_data(reader, bytes_.data() + held, piece);
        bytes_.resize(held + (taken > 0 ? static_cast<std::size_t>(taken) : 0));
        if (taken == 0) return std::span<const std::uint8_t>(bytes_);
        if (taken < 0) {
            broken_ = taken == ARCHIVE_FATAL;
            return wrong(std::string(unreadable_start) + "its place in the archive is damaged or encrypted", name_);
        }
    }
}

}  // namespace gw

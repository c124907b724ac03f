#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "data/read_report.h"
#include "util/files.h"

namespace gw {

/// Reads a .tar, .tar.gz or .zip from its beginning to its end, one file after another, and writes nothing to the disk:
/// names such as ../x are no more than names.
class PictureArchive {
  public:
    /// Errors: none of these forms, damaged. `shown` names it in errors.
    static Result<PictureArchive> open(const fs::path& path, const std::string& shown);
    /// The name of the next regular file that is not hidden, without leading "./" and "/", byte by byte; nothing at the
    /// end. What is passed over is told to `report`. Errors: damaged, cut short.
    Result<std::optional<std::string>> next(ReadReport& report);
    /// The bytes of that file, valid until the next call. Errors: larger than `most_bytes`, damaged, encrypted; where
    /// the archive can be read on after it, `broken()` is false.
    Result<std::span<const std::uint8_t>> content();
    bool broken() const { return broken_; }
    /// Bytes of the archive's own file that were read so far.
    std::uint64_t read_so_far() const;

    /// Largest file that is unpacked: a small archive can promise a huge one.
    static constexpr std::int64_t most_bytes = std::int64_t{1} << 28;

  private:
    struct Close {
        void operator()(void* reader) const;
    };
    Error wrong(const std::string& message, const std::string& name = "") const;
    std::unique_ptr<void, Close> archive_;
    std::string shown_, name_;
    std::vector<std::uint8_t> bytes_;
    bool broken_ = false;
};

/// The endings of their names, in small letters.
inline constexpr std::array archive_endings{".tar", ".tar.gz", ".tgz", ".zip"};
/// Whether a name is that of such an archive: by its ending.
bool is_archive_name(const std::string& name);

/// Whether a file is one that systems add and nobody chose: __MACOSX, and names with a dot in front.
bool is_hidden_name(const std::string& path);

}  // namespace gw

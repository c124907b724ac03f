#pragma once
#include <functional>
#include <span>
#include <stop_token>

#include "data/file_list.h"
#include "data/read_report.h"

namespace gw {

/// A file that should hold a picture, on its own or in an archive.
struct PictureFile {
    std::string name;    ///< below the folder that holds all files; of an archive's file its name there; UTF-8
    std::string folder;  ///< what its folders say of its class; empty = nothing
    std::string shown;   ///< for messages
};

/// The pictures behind a dataset's paths: files on their own and in archives, by the endings .jpg, .jpeg and .png.
/// A class is named by the folders around a picture, without those that all pictures share and those that name a part
/// of the data ("train", "test" and their like): "train/cat/1.png" is a cat, as "cat/test/2.png" is.
class PictureFiles {
  public:
    /// Lists them once, in order; what is neither picture nor archive is passed over. Errors: nothing there, an archive
    /// that is damaged.
    static Result<PictureFiles> list(const std::vector<std::string>& paths, ReadReport& report,
                                     const ProgressFn& progress = {}, std::stop_token stop = {});
    /// Calls `sink` for each until it returns false, files on their own and archives in the order of their names, an
    /// archive's files in its own order. Errors in bytes that do not belong to one picture alone end it; where a
    /// picture alone cannot be got at, `sink` is given the reason instead.
    using Sink = std::function<Result<bool>(const PictureFile&, const Result<std::span<const std::uint8_t>>&)>;
    Status read(const Sink& sink, ReadReport& report, const ProgressFn& progress, std::stop_token stop) const;
    /// The files and archives themselves.
    const FileList& files() const { return files_; }

  private:
    Status read_archive(std::size_t file, const Sink& sink, ReadReport& report, ReadingProgress& shown,
                        const std::stop_token& stop, bool& more) const;
    /// `archive`: the file that holds it, whose own folder counts where there is none inside it; empty = none.
    std::string folder_of(const std::string& name, const std::string& archive) const;
    FileList files_;
    std::string shared_;  ///< folders around all pictures, without those of parts
    std::size_t archives_ = 0;
};

/// Whether a name ends as that of a JPEG or PNG does.
bool is_picture_name(const std::string& name);

}  // namespace gw

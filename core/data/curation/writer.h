#pragma once
#include "util/descriptor.h"
#include "util/files.h"
#include "util/hash.h"

namespace gw {

/// Whether a curation may be written to a folder: one that is new or empty, or with `replace` one that a curation made;
/// never one in which a source lies, nor one inside a folder that is read. `paths` as a dataset has them.
Status may_curate_into(const fs::path& out, const std::vector<std::string>& paths, const std::vector<fs::path>& files,
                       bool replace);

/// Writes a folder with one file of texts and one that tells how it was made: aside, and in its place when it is whole.
/// What was not finished is removed.
class CuratedFolder {
  public:
    CuratedFolder() = default;
    CuratedFolder(const CuratedFolder&) = delete;
    ~CuratedFolder();
    /// `replace`: what is there by the end may go, once may_curate_into() has let it; else it is an error.
    Status open(const fs::path& out, const std::string& file, bool replace = false);
    Status add(std::string_view bytes);
    /// Behind the last text.
    Status close();
    std::uint64_t bytes() const { return bytes_; }
    /// Behind close(): of the texts.
    const std::string& sha256() const { return sha256_; }
    /// Writes the story of it and puts the folder in its place.
    Status publish(const std::string& story);
    /// Its name in the folder.
    static constexpr const char* story_name = "curation.json";
    static constexpr const char *rows_name = "data.jsonl", *plain_name = "data.txt";

  private:
    Status flush();
    fs::path out_, aside_;
    std::string file_, waiting_, sha256_;
    Descriptor texts_;
    Sha256 hash_;
    std::uint64_t bytes_ = 0;
    bool replace_ = false;
};

}  // namespace gw

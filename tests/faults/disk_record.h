#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "util/files.h"

namespace gw::test {

/// What was done to the files below a folder, in order, and what a disk can hold of it after a loss of power: what was
/// synced for certain, of the rest anything. A file's bytes last once the file was synced after they were written; a
/// name, and its change or removal, once the folder that it stands in was synced after it.
class DiskRecord {
  public:
    /// What became of that which was not synced.
    enum class Unsynced {
        lost,          ///< neither names nor bytes
        kept,          ///< all of it
        names_only,    ///< names are there, files end where they were synced: the empty file after a rename
        names_zeros,   ///< names and sizes are there, the bytes are zero
        names_halves,  ///< names are there, and half of each write
        bytes_only,    ///< bytes are there, names are not
    };
    static constexpr Unsynced all_unsynced[] = {Unsynced::lost,        Unsynced::kept,         Unsynced::names_only,
                                                Unsynced::names_zeros, Unsynced::names_halves, Unsynced::bytes_only};
    static std::string_view text(Unsynced unsynced);

    /// Takes what is below `root` now as lasting.
    explicit DiskRecord(const fs::path& root);

    bool is_below(const std::string& path) const;
    // What happened, told in the order in which it did; paths are absolute and below the root.
    int opened(const std::string& path, bool created, bool emptied);  ///< gives the file's number
    void wrote(int file, std::int64_t offset, std::string_view bytes);
    void truncated(int file, std::int64_t size);
    void synced(int file);
    void synced_folder(const std::string& path);
    void linked(const std::string& from, const std::string& to);
    void renamed(const std::string& from, const std::string& to);
    void exchanged(const std::string& one, const std::string& other);
    void unlinked(const std::string& path);
    void made_folder(const std::string& path);
    void removed_folder(const std::string& path);

    /// How many things happened: a disk is asked for after the first 0, 1... of them.
    std::size_t size() const { return done_.size(); }
    /// What a disk holds after the first `count` things: paths below the root, with "/" at the end of folders, and the
    /// bytes of files.
    std::map<std::string, std::string> disk(std::size_t count, Unsynced unsynced) const;
    /// The same as files below the folder `into`, which must not exist.
    void put(std::size_t count, Unsynced unsynced, const fs::path& into) const;
    /// The counts of things from which on names that `pick` takes last after a rename to them.
    std::vector<std::pair<std::size_t, std::string>> lasting_renames(
        const std::function<bool(const std::string&)>& pick) const;
    std::string describe(std::size_t index) const;

  private:
    enum class Kind {
        create,
        write,
        truncate,
        sync,
        sync_folder,
        link,
        rename,
        exchange,
        unlink,
        make_folder,
        remove_folder
    };
    struct Done {
        Kind kind;
        std::string path, other;  ///< below the root
        int file = -1;
        std::int64_t offset = 0;
        std::string bytes;
        std::set<int> folders;                       ///< that a name stands in, or that was synced
        std::size_t lasts_from = std::string::npos;  ///< the sync after which it lasts
    };
    using Names = std::map<std::string, int>;  ///< path below the root -> file, or -1 for a folder
    static void carry_out(const Done& done, Names& names);
    void add(Done done);
    void add_name(Kind kind, const std::string& path, const std::string& other = {}, int file = -1);
    std::string below(const std::string& path) const;
    int folder_number(const std::string& path_below);
    bool knows(const std::string& path_below) const;

    std::string root_;
    Names first_, now_;
    std::map<int, std::string> first_bytes_;
    std::map<std::string, int> folders_;  ///< numbers of folders by where they are now
    int next_file_ = 0, next_folder_ = 0;
    std::vector<Done> done_;
};

}  // namespace gw::test

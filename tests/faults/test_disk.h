#pragma once
#include <map>
#include <mutex>
#include <optional>

#include "faults/disk_record.h"
#include "faults/fault_plan.h"
#include "util/file_layer.h"

namespace gw::test {

/// Stands between the program and what is below a folder, from its beginning to its end: for files as the FileLayer,
/// for databases through an SQLite VFS that is the usual one meanwhile (databases.cpp). Refuses what its plan says, and
/// writes down what was done once record() was called. One at a time.
class TestDisk final : public FileLayer {
  public:
    explicit TestDisk(const fs::path& root);
    ~TestDisk();

    FaultPlan& plan() { return plan_; }
    /// Begins to write down; what is there now counts as lasting.
    void record() { record_.emplace(root_); }
    const DiskRecord& recorded() const { return *record_; }
    /// Every call of files or databases holds this, so that what is written down is in the order of what was done.
    std::mutex& mutex() { return mutex_; }
    /// How what goes on below the root is told; nullptr for other paths or while nothing is written down. Hold mutex().
    DiskRecord* record_of(const std::string& path);
    bool watches(const std::string& path) const;

    int open(const char* path, int flags, mode_t mode) override;
    ssize_t read(int file, void* bytes, std::size_t size) override;
    ssize_t write(int file, const void* bytes, std::size_t size) override;
    int truncate(int file, off_t size) override;
    int allocate(int file, off_t size) override;
    int sync(int file) override;
    int close(int file) override;
    int link(const char* from, const char* to) override;
    int rename(const char* from, const char* to) override;
    int exchange(const char* one, const char* other) override;
    int unlink(const char* path) override;
    int make_folder(const char* path, mode_t mode) override;
    int remove_folder(const char* path) override;

  private:
    struct Opened {
        std::string path;
        int number = -1;  ///< of the record; -1 for a folder, and for what was opened before it
    };
    /// Whether the plan refuses a call; errno is set then.
    bool refused(DiskCall call, const std::string& path);
    Opened* opened(int file);

    std::string root_;
    FaultPlan plan_;
    std::optional<DiskRecord> record_;
    std::mutex mutex_;
    std::map<int, Opened> open_;
};

/// Lets databases that are opened from now on go through `disk`; nullptr: as ever. Those that are open keep their way
/// and ask whichever disk there is.
void watch_databases(TestDisk* disk);

}  // namespace gw::test

#pragma once
#include <memory>
#include <string>

#include "artifact/run_files.h"
#include "util/files.h"

namespace gw {

/// The log of the run whose folder this is.
inline fs::path log_of(const fs::path& run_folder) {
    return run_folder / run_files::log;
}

/// The file log.txt of a run, one line an entry with the time in UTC; a resumed run appends. Calls are safe from
/// several threads.
class RunLog {
  public:
    static Result<std::unique_ptr<RunLog>> open(const fs::path& file);
    ~RunLog();
    void info(const std::string& text);
    void warning(const std::string& text);
    void error(const std::string& text);

  private:
    struct Impl;
    explicit RunLog(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gw

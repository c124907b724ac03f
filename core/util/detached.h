#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "util/descriptor.h"
#include "util/result.h"

namespace gw {

/// A program in a session of its own, which neither the terminal nor the end of this program takes along. Its standard
/// input is one end of a connection, its standard output leads nowhere; what it says on standard error is kept until
/// it leads that elsewhere itself. No other open file of this program goes to it.
class Detached {
  public:
    static Result<Detached> start(const std::vector<std::string>& command, Descriptor connection);
    Detached(Detached&& other) noexcept;
    Detached& operator=(Detached&&) = delete;
    ~Detached();  ///< leaves it alone; its end is noted when another one is started
    pid_t process() const { return process_; }
    /// Its status as of waitpid() once it has ended; does not wait.
    std::optional<int> ended();
    void kill();
    /// What it said on standard error, at most the last 64 KiB.
    std::string said() const;

  private:
    Detached(pid_t process, Descriptor error) : process_(process), error_(std::move(error)) {}
    pid_t process_;
    Descriptor error_;
    std::optional<int> status_;
};

}  // namespace gw

#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.h"

namespace gw {

/// A helper program with pipes to its standard input, output and error. Destroying it kills and reaps it.
class Subprocess {
  public:
    struct Options {
        std::uint64_t memory_limit = 0;  ///< bytes of address space (RLIMIT_AS); 0 = none
    };
    static Result<Subprocess> start(const std::vector<std::string>& command, Options options);
    Subprocess(Subprocess&&) noexcept;
    Subprocess& operator=(Subprocess&&) noexcept;
    ~Subprocess();

    /// Writes all bytes, or says that the helper is gone. SIGPIPE never reaches the program.
    Status write(std::string_view bytes);
    /// Reads exactly `count` bytes from its output; an early end is Code::helper_lost with what it said on standard
    /// error.
    Result<std::string> read(std::size_t count);
    /// One line of its output without the line end; nothing at the end of the stream. Polls `stop` while waiting.
    Result<std::optional<std::string>> read_line(std::stop_token stop = {});
    void close_input();
    void kill();
    /// Waits for its end: the exit code, or 128 + signal.
    int wait();
    /// What came on standard error so far, the last 64 KiB (read in the background).
    std::string error_text() const;

  private:
    struct Impl;
    explicit Subprocess(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace gw

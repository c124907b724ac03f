#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace gw::cli {

/// `text` with control characters other than line ends and tabs written out as \x1B: a terminal would carry out what
/// names of classes and columns, captions or the text of a model hold. Those of Unicode's second block too. What else
/// is no UTF-8 stays as it is.
std::string without_controls(std::string_view text);

/// While it lives, what goes to standard output and standard error by their streams passes through without_controls()
/// where they are terminals. Files and pipes get each byte as it is.
class TerminalGuard {
  public:
    TerminalGuard();
    ~TerminalGuard();
    TerminalGuard(const TerminalGuard&) = delete;
    TerminalGuard& operator=(const TerminalGuard&) = delete;

  private:
    class Stream;
    std::unique_ptr<Stream> out_, error_;
};

}  // namespace gw::cli

#include "cli/terminal_guard.h"

#include <unistd.h>

#include <iostream>
#include <streambuf>

namespace gw::cli {

namespace {

std::string as_hex(unsigned char byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    return std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
}

constexpr unsigned char second_block = 0xC2;  // of UTF-8: U+0080 to U+009F are C2 80 to C2 9F

bool is_second(unsigned char byte) {
    return byte >= 0x80 && byte < 0xA0;
}

}  // namespace

std::string without_controls(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
        if (control) {
            out += as_hex(byte);
        } else if (byte == second_block && at + 1 < text.size() &&
                   is_second(static_cast<unsigned char>(text[at + 1]))) {
            out += as_hex(byte) + as_hex(static_cast<unsigned char>(text[++at]));
        } else {
            out += text[at];
        }
    }
    return out;
}

/// In the place of a stream's buffer; hands on whole writes, and keeps the first byte of a character that is cut.
class TerminalGuard::Stream : public std::streambuf {
  public:
    explicit Stream(std::ostream& stream) : stream_(stream), below_(stream.rdbuf(this)) {}
    ~Stream() override {
        hand_on("", true);
        stream_.rdbuf(below_);
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

  protected:
    int_type overflow(int_type c) override {
        if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
        const char one = traits_type::to_char_type(c);
        return hand_on({&one, 1}, false) ? c : traits_type::eof();
    }
    std::streamsize xsputn(const char* text, std::streamsize size) override {
        return hand_on({text, static_cast<std::size_t>(size)}, false) ? size : 0;
    }
    int sync() override { return hand_on("", true) ? below_->pubsync() : -1; }

  private:
    bool hand_on(std::string_view text, bool all) {
        left_ += text;
        std::string next;
        if (!all && !left_.empty() && static_cast<unsigned char>(left_.back()) == second_block) {
            next = left_.substr(left_.size() - 1);
            left_.pop_back();
        }
        const std::string safe = without_controls(left_);
        left_ = next;
        return below_->sputn(safe.data(), static_cast<std::streamsize>(safe.size())) ==
               static_cast<std::streamsize>(safe.size());
    }

    std::ostream& stream_;
    std::streambuf* below_;
    std::string left_;
};

TerminalGuard::TerminalGuard()
    : out_(::isatty(STDOUT_FILENO) ? std::make_unique<Stream>(std::cout) : nullptr),
      error_(::isatty(STDERR_FILENO) ? std::make_unique<Stream>(std::cerr) : nullptr) {}
TerminalGuard::~TerminalGuard() = default;

}  // namespace gw::cli

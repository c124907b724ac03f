#include "cli/terminal_guard.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <mutex>
#include <streambuf>

namespace gw::cli {

namespace {

std::string as_hex(unsigned char byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    return std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
}

/// Bytes of the UTF-8 character that begins with `byte`; 0 = none begins so.
std::size_t length_of(unsigned char byte) {
    return byte < 0x80 ? 1 : byte < 0xC2 ? 0 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF5 ? 4 : 0;
}

bool goes_on(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Bytes of the character at `at` as far as the text has them.
std::size_t whole_at(std::string_view text, std::size_t at) {
    const std::size_t wanted = length_of(static_cast<unsigned char>(text[at]));
    std::size_t length = 1;
    while (length < wanted && at + length < text.size() && goes_on(text[at + length])) ++length;
    return length;
}

/// Where the last character begins that more bytes may belong to; the size where all are whole.
std::size_t cut_from(std::string_view text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const std::size_t at = text.size() - back;
        if (goes_on(text[at])) continue;
        return length_of(static_cast<unsigned char>(text[at])) > back ? at : text.size();
    }
    return text.size();
}

}  // namespace

std::string without_controls(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const std::size_t length = whole_at(text, at);
        const bool first_block = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
        // U+0080 to U+009F, in two bytes of UTF-8 or, where a terminal takes bytes for characters, in one.
        const bool second_block =
            length == 1 ? byte >= 0x80 && byte < 0xA0 : byte == 0xC2 && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        for (const char c : text.substr(at, length))
            if (first_block || second_block)
                out += as_hex(static_cast<unsigned char>(c));
            else
                out += c;
        at += length;
    }
    return out;
}

/// In the place of a stream's buffer; keeps the beginning of a character that is cut for the next write.
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
    int sync() override {
        const std::lock_guard lock(mutex_);
        return below_->pubsync();
    }

  private:
    bool hand_on(std::string_view text, bool all) {
        const std::lock_guard lock(mutex_);  // the log writes from other threads
        left_ += text;
        const std::size_t end = all ? left_.size() : cut_from(left_);
        const std::string safe = without_controls(std::string_view(left_).substr(0, end));
        left_.erase(0, end);
        const auto size = static_cast<std::streamsize>(safe.size());
        return below_->sputn(safe.data(), size) == size;
    }

    std::mutex mutex_;
    std::ostream& stream_;
    std::streambuf* below_;
    std::string left_;
};

TerminalGuard::TerminalGuard()
    : out_(::isatty(STDOUT_FILENO) ? std::make_unique<Stream>(std::cout) : nullptr),
      error_(::isatty(STDERR_FILENO) ? std::make_unique<Stream>(std::cerr) : nullptr) {}
TerminalGuard::~TerminalGuard() = default;

}  // namespace gw::cli

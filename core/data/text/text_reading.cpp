#include "data/text/text_reading.h"

#include <algorithm>

#include "util/text.h"

namespace gw {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::size_t line_of(std::string_view bytes, std::size_t offset) {
    return 1 + static_cast<std::size_t>(
                   std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

std::string place(std::string_view bytes, std::size_t offset) {
    return "byte " + grouped(static_cast<std::int64_t>(offset)) + ", line " +
           grouped(static_cast<std::int64_t>(line_of(bytes, offset)));
}

bool is_blank(std::string_view text) {
    return trim(text).empty();
}

/// `text` with LF line ends; uses `buffer` only where something must change.
std::string_view with_line_feeds(std::string_view text, std::string& buffer) {
    if (text.find('\r') == std::string_view::npos) return text;
    buffer.clear();
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r')
            buffer += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            buffer += '\n';
    return buffer;
}

/// The next line with its line end; takes it off the front.
std::string_view take_line(std::string_view& left) {
    const std::size_t end = left.find('\n');
    const std::string_view line = left.substr(0, end == std::string_view::npos ? left.size() : end + 1);
    left.remove_prefix(line.size());
    return line;
}

}  // namespace

Status check_text(std::string_view bytes) {
    auto wide = [](const char* name) {
        return Error{
            Error::Code::bad_data,
            std::string("This file is ") + name + ", but UTF-8 is needed",
            std::string("Convert it: iconv -f ") + name + " -t UTF-8 (a spreadsheet program: save as CSV UTF-8)",
            {"byte 0, line 1"}};
    };
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xff\xfe\0\0"sv) || bytes.starts_with("\0\0\xfe\xff"sv)) return wide("UTF-32");
    if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return wide("UTF-16");
    if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
        // Latin text in UTF-16 has a zero in every second byte.
        const std::string_view head = bytes.substr(0, 4096);
        std::size_t zeros[2] = {};
        for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
        if (head.size() >= 4 && zeros[1] * 8 >= head.size() * 3 && zeros[0] == 0) return wide("UTF-16LE");
        if (head.size() >= 4 && zeros[0] * 8 >= head.size() * 3 && zeros[1] == 0) return wide("UTF-16BE");
        return Error{Error::Code::bad_data,
                     "This is a binary file, not text: it has a zero byte",
                     "Choose text files only",
                     {place(bytes, nul)}};
    }
    if (const auto bad = first_bad_utf8(bytes)) {
        static constexpr char digits[] = "0123456789ABCDEF";
        const auto value = static_cast<unsigned char>(bytes[*bad]);
        return Error{Error::Code::bad_data,
                     std::string("This text is not UTF-8: the byte 0x") + digits[value >> 4] + digits[value & 15] +
                         " cannot stand here",
                     "Convert the file to UTF-8, for example with iconv -f SHIFT_JIS (or EUC-JP, ISO-8859-1) -t UTF-8",
                     {place(bytes, *bad)}};
    }
    return {};
}

std::string_view plain_lines(std::string_view text, std::string& buffer) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return with_line_feeds(text, buffer);
}

void note_bytes(std::string_view bytes, ReadReport& report) {
    report.byte_order_marks += bytes.starts_with(byte_order_mark);
    const std::size_t cr = bytes.find('\r');
    if (cr == std::string_view::npos) return;
    (cr + 1 < bytes.size() && bytes[cr + 1] == '\n' ? report.crlf_files : report.cr_files) += 1;
}

Result<std::vector<std::string>> text_lines(std::string_view bytes) {
    if (Status text = check_text(bytes); !text) return text.error();
    std::string buffer;
    std::string_view left = plain_lines(bytes, buffer);
    std::vector<std::string> lines;
    while (!left.empty()) {
        std::string_view line = take_line(left);
        if (line.ends_with('\n')) line.remove_suffix(1);
        lines.emplace_back(line);
    }
    return lines;
}

Status read_plain(std::string_view bytes, const std::string& documents, const TextSink& sink) {
    if (Status text = check_text(bytes); !text) return text;
    cut_plain(bytes, documents, sink);
    return {};
}

void cut_plain(std::string_view bytes, const std::string& documents, const TextSink& sink) {
    std::string buffer;
    std::string_view left = plain_lines(bytes, buffer);
    if (documents == "file") {
        if (!is_blank(left)) sink(left, 0);
        return;
    }
    std::int64_t row = 1;
    if (documents == "line") {
        for (; !left.empty(); ++row)
            if (const std::string_view line = take_line(left); !is_blank(line) && !sink(line, row)) return;
        return;
    }
    const char* begin = nullptr;
    std::size_t size = 0;
    std::int64_t first_row = 0;
    auto close = [&] {
        const bool go_on = !begin || sink({begin, size}, first_row);
        begin = nullptr;
        size = 0;
        return go_on;
    };
    for (; !left.empty(); ++row) {
        const std::string_view line = take_line(left);
        if (is_blank(line)) {
            if (!close()) return;
            continue;
        }
        if (!begin) {
            begin = line.data();
            first_row = row;
        }
        size += line.size();
    }
    close();
}

}  // namespace gw

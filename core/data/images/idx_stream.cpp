#include "data/images/idx_stream.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "util/text.h"

namespace gw {

namespace {
const std::string again = "Copy or download the file again";
}

struct IdxStream::Unpacking {
    z_stream stream{};
    std::string_view left;  ///< packed bytes that zlib has not been given yet
    bool ended = false;
    Unpacking() = default;
    Unpacking(const Unpacking&) = delete;
    Unpacking& operator=(const Unpacking&) = delete;
    ~Unpacking() { inflateEnd(&stream); }
};

IdxStream::IdxStream(std::string shown) : shown_(std::move(shown)) {}
IdxStream::IdxStream(IdxStream&&) noexcept = default;
IdxStream::~IdxStream() = default;

Error IdxStream::wrong(const std::string& message, const std::string& hint, std::int64_t offset) const {
    if (const Status whole = file_.intact(); !whole) return whole.error();  // what is seen comes of that
    return {Error::Code::bad_data,
            message,
            hint,
            {"byte " + grouped(offset) + (unpacking_ ? " of the unpacked content" : ""), "file " + shown_}};
}

Result<IdxStream> IdxStream::open(const fs::path& path, const std::string& shown) {
    auto map = MappedFile::open(path);
    if (!map) return map.error();
    IdxStream out(shown);
    out.file_ = std::move(map).value();
    if (out.file_.text().starts_with("\x1f\x8b")) {
        out.unpacking_ = std::make_unique<Unpacking>();
        out.unpacking_->left = out.file_.text();
        constexpr int largest_window = 15, gzip_only = 16;  // as zlib.h says of inflateInit2
        if (inflateInit2(&out.unpacking_->stream, largest_window + gzip_only) != Z_OK)
            return Error{Error::Code::out_of_memory, "Unpacking could not begin", "", {"file " + shown}};
    }
    if (Status status = out.read_header(); !status) return status.error();
    return out;
}

Status IdxStream::read_header() {
    std::uint8_t magic[4] = {};
    auto next = [this](std::uint8_t(&four)[4]) -> Status {
        const auto taken = take(four, sizeof four);
        if (!taken) return taken.error();
        return taken.value() == sizeof four ? Status() : wrong("This file ends within its header", again, offset_);
    };
    if (Status status = next(magic); !status) return status;
    if (magic[0] != 0 || magic[1] != 0)
        return wrong("This is no IDX file: it does not begin with two bytes of zero",
                     "Choose files such as train-images-idx3-ubyte, packed with gzip or not", 0);
    constexpr int unsigned_bytes = 0x08, most_dimensions = 4;
    if (magic[2] != unsigned_bytes)
        return wrong("The values of this IDX file are of type " + std::to_string(magic[2]) +
                         ", but only unsigned bytes (type 8) are read",
                     "Write the values as unsigned bytes", 2);
    if (magic[3] < 1 || magic[3] > most_dimensions)
        return wrong("This IDX file has " + std::to_string(magic[3]) + " dimensions",
                     "Labels have one; pictures have three (number, height, width), or a fourth for the channels", 3);
    const std::string_view bytes = file_.text();
    // No packed byte makes more than 1,032 (zlib.net/zlib_tech.html, "Maximum Compression Factor").
    const std::uint64_t most = unpacking_ ? bytes.size() * 1032 : bytes.size();
    std::uint64_t promised = 1;
    for (int i = 0; i < magic[3]; ++i) {
        std::uint8_t four[4] = {};
        if (Status status = next(four); !status) return status;
        const auto size = (static_cast<std::uint64_t>(four[0]) << 24) | (static_cast<std::uint64_t>(four[1]) << 16) |
                          (static_cast<std::uint64_t>(four[2]) << 8) | four[3];
        dimensions_.push_back(static_cast<std::int64_t>(size));
        promised = size > 0 && promised > std::numeric_limits<std::uint64_t>::max() / size
                       ? std::numeric_limits<std::uint64_t>::max()
                       : promised * size;
    }
    const auto header = static_cast<std::uint64_t>(offset_);
    if (most < header || promised > most - header) {
        const auto shown_count = [](std::uint64_t n) {
            return grouped(
                static_cast<std::int64_t>(std::min<std::uint64_t>(n, std::numeric_limits<std::int64_t>::max())));
        };
        return wrong("The header of this file promises " + shown_count(promised) + " values, but it " +
                         (unpacking_ ? "can hold at most " : "holds ") + shown_count(most < header ? 0 : most - header),
                     again, 4);
    }
    return {};
}

Result<std::size_t> IdxStream::take(std::uint8_t* into, std::size_t size) {
    if (!unpacking_) {
        const std::string_view bytes = file_.text().substr(static_cast<std::size_t>(offset_));
        const std::size_t taken = std::min(size, bytes.size());
        if (taken > 0) std::memcpy(into, bytes.data(), taken);  // an empty file has no address
        offset_ += static_cast<std::int64_t>(taken);
        return taken;
    }
    z_stream& stream = unpacking_->stream;
    constexpr std::size_t most_at_once = 1 << 30;  // zlib counts in 32 bits
    std::size_t taken = 0;
    while (taken < size && !unpacking_->ended) {
        if (stream.avail_in == 0) {
            const std::string_view next = unpacking_->left.substr(0, most_at_once);
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(next.data()));  // zlib only reads it
            stream.avail_in = static_cast<uInt>(next.size());
            unpacking_->left.remove_prefix(next.size());
        }
        const auto room = static_cast<uInt>(std::min(size - taken, most_at_once));
        stream.next_out = into + taken;
        stream.avail_out = room;
        const int result = inflate(&stream, Z_NO_FLUSH);
        taken += room - stream.avail_out;
        offset_ += room - stream.avail_out;
        if (result == Z_STREAM_END) {
            unpacking_->ended = stream.avail_in == 0 && unpacking_->left.empty();
            if (unpacking_->ended) break;
            if (inflateReset(&stream) != Z_OK) return wrong("Unpacking failed", again, offset_);  // another member
        } else if (result == Z_BUF_ERROR && stream.avail_in == 0 && unpacking_->left.empty()) {
            return wrong("This gzip file is cut short", again, offset_);
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return wrong(std::string("This gzip file is damaged") + (stream.msg ? std::string(": ") + stream.msg : ""),
                         again, offset_);
        }
    }
    return taken;
}

Status IdxStream::read(std::uint8_t* into, std::size_t size) {
    const auto taken = take(into, size);
    if (!taken) return taken.error();
    if (taken.value() == size) return {};
    return wrong("This file ends before the values that its header promises", again, offset_);
}

Status IdxStream::finish() {
    const std::int64_t end = offset_;
    std::uint8_t more = 0;
    const auto taken = take(&more, 1);
    if (!taken) return taken.error();
    if (taken.value() > 0)
        return wrong("More bytes follow the values that the header of this file promises", again, end);
    return file_.intact();
}

}  // namespace gw

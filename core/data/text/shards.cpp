#include "data/text/shards.h"

#include <fcntl.h>

#include <algorithm>
#include <cstring>

#include "util/hash.h"
#include "util/io_error.h"

namespace gw {

namespace {

constexpr char magic[8] = {'G', 'W', 'T', 'O', 'K', 'E', 'N', 'S'};
constexpr std::uint32_t version = 1;

/// The first bytes of a shard. Little-endian, like everything else that this program maps.
struct Header {
    char magic[8];
    std::uint32_t version, width;
    std::int64_t size, bytes, documents, largest;
    std::uint64_t check;  ///< hash64 of all before it
};
static_assert(sizeof(Header) == 56);

std::uint64_t check_of(const Header& header) {
    return hash64({reinterpret_cast<const char*>(&header), offsetof(Header, check)});
}

Error damaged(const fs::path& path, const std::string& what) {
    return {Error::Code::bad_data,
            "The token shard is damaged: " + what,
            "Delete it; it will be made again",
            {"file " + path.string()}};
}

}  // namespace

Result<ShardWriter> ShardWriter::create(const fs::path& path, Token vocabulary) {
    Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!file) return io_error("write", path, errno);
    ShardWriter writer(path, std::move(file), vocabulary <= 65536 ? 2 : 4);
    writer.buffer_.assign(sizeof(Header), '\0');
    return writer;
}

Status ShardWriter::add(const std::vector<Token>& tokens) {
    for (const Token id : tokens) {
        for (int byte = 0; byte < width_; ++byte)
            buffer_ += static_cast<char>(static_cast<std::uint32_t>(id) >> (8 * byte));
        largest_ = std::max(largest_, id);
    }
    size_ += static_cast<std::int64_t>(tokens.size());
    constexpr std::size_t enough = 1 << 20;
    return buffer_.size() < enough ? Status() : flush();
}

void ShardWriter::count(std::int64_t bytes, std::int64_t documents) {
    bytes_ += bytes;
    documents_ += documents;
}

Status ShardWriter::flush() {
    if (!write_all(file_, buffer_)) return io_error("write", path_, errno);
    buffer_.clear();
    return {};
}

Status ShardWriter::finish() {
    if (Status status = flush(); !status) return status;
    Header header{};
    std::memcpy(header.magic, magic, sizeof magic);
    header.version = version;
    header.width = static_cast<std::uint32_t>(width_);
    header.size = size_;
    header.bytes = bytes_;
    header.documents = documents_;
    header.largest = largest_;
    header.check = check_of(header);
    if (::lseek(file_.get(), 0, SEEK_SET) != 0 ||
        !write_all(file_, {reinterpret_cast<const char*>(&header), sizeof header}) || ::fsync(file_.get()) != 0 ||
        !file_.close())
        return io_error("write", path_, errno);
    return {};
}

Result<TokenStream> ShardReader::open(const fs::path& path, Token vocabulary) {
    auto map = MappedFile::open(path);
    if (!map) return map.error();
    const std::string_view bytes = map.value().text();
    Header header;
    if (bytes.size() < sizeof header) return damaged(path, "it is cut short");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (std::memcmp(header.magic, magic, sizeof magic) != 0 || header.version != version)
        return damaged(path, "it is of another kind or version");
    if (header.check != check_of(header) || (header.width != 2 && header.width != 4))
        return damaged(path, "its header does not add up");
    if (bytes.size() - sizeof header != static_cast<std::uint64_t>(header.size) * header.width)
        return damaged(path, "its length is wrong");
    // An id outside the vocabulary would end the whole process on a GPU; it must be found here.
    if (header.largest >= vocabulary) return damaged(path, "it has ids outside the vocabulary");
    TokenStream stream;
    stream.width_ = static_cast<int>(header.width);
    stream.start_ = sizeof header;
    stream.size_ = header.size;
    stream.bytes_ = header.bytes;
    stream.documents_ = header.documents;
    stream.file_ = std::make_shared<const MappedFile>(std::move(map).value());
    return stream;
}

}  // namespace gw

#include "data/text/shards.h"

#include <algorithm>

namespace gw {

namespace {

constexpr const char* thing = "token shard";

/// The first bytes of a shard.
struct ShardHeader {
    char magic[8] = {'G', 'W', 'T', 'O', 'K', 'E', 'N', 'S'};
    std::uint32_t version = 2, width = 0;
    std::int64_t size = 0, bytes = 0, documents = 0, largest = 0;
    std::uint64_t values = 0, check = 0;
};
static_assert(sizeof(ShardHeader) == 64);

}  // namespace

Result<ShardWriter> ShardWriter::create(const fs::path& path, Token vocabulary) {
    auto file = CacheFileWriter::create(path, sizeof(ShardHeader));
    if (!file) return file.error();
    return ShardWriter(std::move(file).value(), vocabulary <= 65536 ? 2 : 4);
}

Status ShardWriter::add(const std::vector<Token>& tokens) {
    for (const Token id : tokens) {
        for (int byte = 0; byte < width_; ++byte)
            file_.values() += static_cast<char>(static_cast<std::uint32_t>(id) >> (8 * byte));
        largest_ = std::max(largest_, id);
    }
    size_ += static_cast<std::int64_t>(tokens.size());
    return file_.write_some();
}

void ShardWriter::count(std::int64_t bytes, std::int64_t documents) {
    bytes_ += bytes;
    documents_ += documents;
}

Status ShardWriter::finish() {
    ShardHeader header;
    header.width = static_cast<std::uint32_t>(width_);
    header.size = size_;
    header.bytes = bytes_;
    header.documents = documents_;
    header.largest = largest_;
    return file_.finish(header);
}

Result<TokenStream> ShardReader::open(const fs::path& path, Token vocabulary) {
    auto map = MappedFile::open(path);
    if (!map) return map.error();
    const std::string_view bytes = map.value().text();
    const auto read = read_cache_header(path, bytes, ShardHeader{}, thing);
    if (!read) return read.error();
    const ShardHeader& header = read.value();
    if (header.width != 2 && header.width != 4) return damaged_cache_file(path, thing, "its header does not add up");
    const std::uint64_t held = bytes.size() - sizeof header;
    if (header.size < 0 || header.bytes < 0 || header.documents < 0)
        return damaged_cache_file(path, thing, "its header does not add up");
    if (held % header.width != 0 || held / header.width != static_cast<std::uint64_t>(header.size))
        return damaged_cache_file(path, thing, "its length is wrong");
    // An id outside the vocabulary would end the whole process on a GPU; it must be found here.
    if (header.largest >= vocabulary) return damaged_cache_file(path, thing, "it has ids outside the vocabulary");
    TokenStream stream;
    stream.width_ = static_cast<int>(header.width);
    stream.start_ = sizeof header;
    stream.size_ = header.size;
    stream.bytes_ = header.bytes;
    stream.documents_ = header.documents;
    stream.vocabulary_ = vocabulary;
    if (Status whole = check_cache_values(path, map.value(), header, thing); !whole) return whole.error();
    stream.file_ = std::make_shared<const MappedFile>(std::move(map).value());
    return stream;
}

}  // namespace gw

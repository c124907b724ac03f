#include "data/cache_file.h"

#include <unistd.h>

#include <algorithm>

#include "util/io_error.h"

namespace gw {

Result<CacheFileWriter> CacheFileWriter::create(const fs::path& path, std::size_t header_size) {
    Descriptor file = open_file(path.c_str(), O_RDWR | O_CREAT | O_TRUNC);
    if (!file) return io_error("write", path, errno);
    CacheFileWriter writer(path, std::move(file), header_size);
    writer.buffer_.assign(header_size, '\0');
    return writer;
}

Status CacheFileWriter::write_some() {
    constexpr std::size_t enough = 1 << 20;
    return buffer_.size() < enough ? Status() : flush();
}

Status CacheFileWriter::flush() {
    if (!write_all(file_, buffer_)) return io_error("write", path_, errno);
    const std::size_t header = std::min(unchecked_, buffer_.size());
    unchecked_ -= header;
    checksum_.add(std::string_view(buffer_).substr(header));
    buffer_.clear();
    return {};
}

Status CacheFileWriter::finish(std::string_view header) {
    if (Status status = flush(); !status) return status;
    if (::lseek(file_.get(), 0, SEEK_SET) != 0 || !write_all(file_, header) || !file_.sync() || !file_.close())
        return io_error("write", path_, errno);
    return {};
}

}  // namespace gw

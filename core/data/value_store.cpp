#include "data/value_store.h"

#include <stdexcept>

namespace gw {

namespace {

constexpr const char* thing_of_values = "file of values";

/// The first bytes of a store.
struct ValueHeader {
    char magic[8] = {'G', 'W', 'V', 'A', 'L', 'U', 'E', 'S'};
    std::uint32_t version = 1, columns = 0;
    std::int64_t rows = 0;
    std::uint64_t values = 0, check = 0;
};
static_assert(sizeof(ValueHeader) % sizeof(double) == 0, "values are read where they lie");

}  // namespace

Result<ValueWriter> ValueWriter::create(const fs::path& path) {
    auto file = CacheFileWriter::create(path, sizeof(ValueHeader));
    if (!file) return file.error();
    return ValueWriter(std::move(file).value());
}

Status ValueWriter::add(std::span<const double> values) {
    const auto width = static_cast<std::int64_t>(values.size());
    if (rows_ == 0) columns_ = width;
    if (width != columns_)
        return Error{Error::Code::internal, "A row has not as many values as those before it", "", {}};
    file_.values().append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
    ++rows_;
    return file_.write_some();
}

Status ValueWriter::finish() {
    ValueHeader header;
    header.rows = rows_;
    header.columns = static_cast<std::uint32_t>(columns_);
    return file_.finish(header);
}

Result<ValueStore> ValueStore::open(const fs::path& path) {
    auto map = MappedFile::open(path);
    if (!map) return map.error();
    const std::string_view bytes = map.value().text();
    const auto read = read_cache_header(path, bytes, ValueHeader{}, thing_of_values);
    if (!read) return read.error();
    const ValueHeader& header = read.value();
    const std::uint64_t held = bytes.size() - sizeof header, each = header.columns * sizeof(double);
    if (header.rows < 0 || (each == 0 ? held != 0 || header.rows != 0
                                      : held % each != 0 || held / each != static_cast<std::uint64_t>(header.rows)))
        return damaged_cache_file(path, thing_of_values, "its length is wrong");
    if (Status whole = check_cache_values(path, map.value(), header, thing_of_values); !whole) return whole.error();
    ValueStore store;
    store.rows_ = header.rows;
    store.columns_ = header.columns;
    store.file_ = std::make_shared<const MappedFile>(std::move(map).value());
    return store;
}

std::span<const double> ValueStore::at(std::int64_t first, std::int64_t count) const {
    if (first < 0 || count < 0 || first > rows_ - count) throw std::out_of_range("rows beyond the end of the values");
    const auto* values = reinterpret_cast<const double*>(file_->text().data() + sizeof(ValueHeader));
    return {values + first * columns_, static_cast<std::size_t>(count * columns_)};
}

void ValueStore::require_read() const {
    if (file_ && file_->failed()) file_->intact().or_throw();
}

}  // namespace gw

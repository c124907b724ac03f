#include "data/images/picture_store.h"

#include <cmath>
#include <stdexcept>

namespace gw {

namespace {

constexpr const char* thing_of_pictures = "file of pictures";
constexpr std::int64_t largest_side = 1 << 16;

/// The first bytes of a store.
struct StoreHeader {
    char magic[8] = {'G', 'W', 'P', 'I', 'X', 'E', 'L', 'S'};
    std::uint32_t version = 2, channels = 0;
    std::int64_t height = 0, width = 0, size = 0;
    std::uint64_t sums[PictureWriter::most_channels] = {}, squares[PictureWriter::most_channels] = {};
    std::uint64_t values = 0, check = 0;
};
static_assert(sizeof(StoreHeader) == 120);

bool sensible(const StoreHeader& header) {
    if (header.size == 0) return header.channels == 0 && header.height == 0 && header.width == 0;
    auto inside = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
    return header.size > 0 && inside(header.channels, PictureWriter::most_channels) &&
           inside(header.height, largest_side) && inside(header.width, largest_side);
}

/// Whether `count` bytes can have this sum and these squares.
bool possible(std::uint64_t sum, std::uint64_t squares, std::uint64_t count) {
    using Wide = unsigned __int128;
    return count > 0 && sum <= Wide{255} * count && squares <= Wide{255} * sum &&
           Wide{sum} * sum <= Wide{count} * squares;
}

/// Standard deviation of `count` bytes in 0..1: the variance's numerator is a whole number, so that nothing cancels.
double deviation_of(std::uint64_t sum, std::uint64_t squares, std::uint64_t count) {
    using Wide = unsigned __int128;
    const Wide numerator = static_cast<Wide>(count) * squares - static_cast<Wide>(sum) * sum;
    return std::sqrt(static_cast<double>(numerator)) / static_cast<double>(count) / 255;
}

}  // namespace

Result<PictureWriter> PictureWriter::create(const fs::path& path) {
    auto file = CacheFileWriter::create(path, sizeof(StoreHeader));
    if (!file) return file.error();
    return PictureWriter(std::move(file).value());
}

Status PictureWriter::add(const Picture& picture) {
    if (size_ == 0) {
        shape_ = {picture.channels, picture.height, picture.width, {}};
        auto inside = [](std::int64_t value, std::int64_t most) { return value >= 1 && value <= most; };
        if (!inside(shape_.channels, most_channels) || !inside(shape_.height, largest_side) ||
            !inside(shape_.width, largest_side))
            return Error{Error::Code::bad_data,
                         "This picture has a size that is not supported: " + picture_size(picture),
                         "Use pictures with 1 to 4 channels and sides of 1 to 65,536 pixels",
                         {}};
    }
    if (!picture.same_size(shape_))
        return Error{Error::Code::bad_data,
                     "This picture has " + picture_size(picture) + ", but those before it have " + picture_size(shape_),
                     "Bring all pictures to one size",
                     {}};
    const auto plane = static_cast<std::size_t>(shape_.height * shape_.width);
    if (picture.pixels.size() != plane * static_cast<std::size_t>(shape_.channels))
        return Error{Error::Code::internal, "A picture has not as many pixels as its size says", "", {}};
    for (std::size_t c = 0; c < static_cast<std::size_t>(shape_.channels); ++c)
        for (const std::uint8_t value : picture.pixels.subspan(c * plane, plane)) {
            sums_[c] += value;
            squares_[c] += static_cast<std::uint64_t>(value) * value;
        }
    file_.values().append(reinterpret_cast<const char*>(picture.pixels.data()), picture.pixels.size());
    ++size_;
    return file_.write_some();
}

Status PictureWriter::finish() {
    StoreHeader header;
    header.size = size_;
    if (size_ > 0) {
        header.channels = static_cast<std::uint32_t>(shape_.channels);
        header.height = shape_.height;
        header.width = shape_.width;
    }
    for (std::size_t c = 0; c < sums_.size(); ++c) {
        header.sums[c] = sums_[c];
        header.squares[c] = squares_[c];
    }
    return file_.finish(header);
}

Result<PictureStore> PictureStore::open(const fs::path& path) {
    auto map = MappedFile::open(path);
    if (!map) return map.error();
    const std::string_view bytes = map.value().text();
    const auto read = read_cache_header(path, bytes, StoreHeader{}, thing_of_pictures);
    if (!read) return read.error();
    const StoreHeader& header = read.value();
    if (!sensible(header)) return damaged_cache_file(path, thing_of_pictures, "its header does not add up");
    PictureStore store;
    store.shape_ = {header.channels, header.height, header.width, {}};
    store.size_ = header.size;
    store.start_ = sizeof header;
    const auto plane = static_cast<std::uint64_t>(header.height * header.width), each = plane * header.channels;
    const std::uint64_t held = bytes.size() - sizeof header, size = static_cast<std::uint64_t>(header.size);
    if (each == 0 ? held != 0 : held % each != 0 || held / each != size)
        return damaged_cache_file(path, thing_of_pictures, "its length is wrong");
    for (std::size_t c = 0; c < header.channels; ++c) {
        const std::uint64_t count = plane * size;
        if (!possible(header.sums[c], header.squares[c], count))
            return damaged_cache_file(path, thing_of_pictures, "its header does not add up");
        store.mean_.push_back(static_cast<double>(header.sums[c]) / static_cast<double>(count) / 255);
        store.deviation_.push_back(deviation_of(header.sums[c], header.squares[c], count));
    }
    if (Status whole = check_cache_values(path, map.value(), header, thing_of_pictures); !whole) return whole.error();
    store.file_ = std::make_shared<const MappedFile>(std::move(map).value());
    return store;
}

void PictureStore::require_read() const {
    if (file_ && file_->failed()) file_->intact().or_throw();
}

Picture PictureStore::at(std::int64_t index) const {
    if (index < 0 || index >= size_) throw std::out_of_range("a picture outside its store was asked for");
    const auto each = static_cast<std::size_t>(shape_.channels * shape_.height * shape_.width);
    Picture picture = shape_;
    const char* first = file_->text().data() + start_ + static_cast<std::size_t>(index) * each;
    picture.pixels = {reinterpret_cast<const std::uint8_t*>(first), each};
    return picture;
}

}  // namespace gw

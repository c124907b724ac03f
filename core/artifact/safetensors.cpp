#include "artifact/safetensors.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>
#include <set>

#include "schema/parse_json.h"
#include "util/descriptor.h"
#include "util/io_error.h"
#include "util/text.h"

namespace gw {

static_assert(std::endian::native == std::endian::little,
              "safetensors files are little-endian and are mapped as they are");

namespace {

constexpr std::size_t prefix_bytes = 8;
constexpr std::uint64_t max_header_bytes = 100'000'000;  // the limit of the reference implementation
constexpr const char* metadata_key = "__metadata__";

/// A header may hold hundreds of thousands of names: looked up in a tree, they cost seconds less than in a list.
using SortedJson = nlohmann::json;

struct DtypeSize {
    std::string_view name;
    std::uint64_t bytes;
};
constexpr std::array dtypes{DtypeSize{"F64", 8},  DtypeSize{"I64", 8}, DtypeSize{"F32", 4}, DtypeSize{"I32", 4},
                            DtypeSize{"BF16", 2}, DtypeSize{"F16", 2}, DtypeSize{"U8", 1},  DtypeSize{"BOOL", 1}};

/// Bytes of a tensor; nothing when the dtype is unknown, a length is negative or the product does not fit.
std::optional<std::uint64_t> bytes_of(std::string_view dtype, const std::vector<std::int64_t>& shape) {
    std::uint64_t bytes = dtype_bytes(dtype);
    if (bytes == 0) return std::nullopt;
    for (const std::int64_t length : shape)
        if (length < 0 || __builtin_mul_overflow(bytes, static_cast<std::uint64_t>(length), &bytes))
            return std::nullopt;
    return bytes;
}

std::vector<const TensorView*> aligned_order(const std::vector<TensorView>& tensors) {
    std::vector<const TensorView*> order;
    for (const TensorView& tensor : tensors) order.push_back(&tensor);
    std::stable_sort(order.begin(), order.end(),
                     [](auto* a, auto* b) { return dtype_bytes(a->dtype) > dtype_bytes(b->dtype); });
    return order;
}

std::string header_of(const std::vector<const TensorView*>& order, const TensorMetadata& metadata) {
    Json header = Json::object();
    if (!metadata.empty()) header[metadata_key] = metadata;
    std::uint64_t offset = 0;
    for (const TensorView* tensor : order) {
        header[tensor->name] = {
            {"dtype", tensor->dtype}, {"shape", tensor->shape}, {"data_offsets", {offset, offset + tensor->bytes}}};
        offset += tensor->bytes;
    }
    std::string text = header.dump();
    text.resize((text.size() + prefix_bytes - 1) / prefix_bytes * prefix_bytes, ' ');
    return text;
}

Status check_views(const std::vector<TensorView>& tensors) {
    std::set<std::string_view> names;
    for (const TensorView& tensor : tensors) {
        if (tensor.name.empty() || tensor.name == metadata_key || !names.insert(tensor.name).second)
            return Error{Error::Code::internal,
                         "The tensor name \"" + tensor.name + "\" is empty, reserved or used twice",
                         "",
                         {}};
        if (bytes_of(tensor.dtype, tensor.shape) != tensor.bytes || (tensor.bytes > 0 && !tensor.data))
            return Error{Error::Code::internal,
                         "The tensor \"" + tensor.name + "\" does not have the bytes of its dtype and shape",
                         "",
                         {}};
    }
    return {};
}

Error damaged(const std::string& what, const fs::path& path) {
    return Error{Error::Code::bad_data,
                 "This is not a whole safetensors file: " + what,
                 "Use another copy of it, or an older checkpoint",
                 {"file " + path.string()}};
}

/// Reads one entry of the header; `data` is everything after the header.
Result<TensorView> entry_of(const std::string& name, const SortedJson& entry, std::string_view data,
                            const fs::path& path) {
    auto wrong = [&](const std::string& what) { return damaged("tensor \"" + name + "\" " + what, path); };
    auto is_counts = [](const SortedJson& list) {
        return list.is_array() && std::all_of(list.begin(), list.end(), [](const SortedJson& n) {
                   return n.is_number_unsigned() && n.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
               });
    };
    if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() || !entry.contains("shape") ||
        !is_counts(entry["shape"]) || !entry.contains("data_offsets") || !is_counts(entry["data_offsets"]) ||
        entry["data_offsets"].size() != 2)
        return wrong("lacks a valid dtype, shape or data_offsets");
    TensorView view{name, entry["dtype"].get<std::string>(), entry["shape"].get<std::vector<std::int64_t>>()};
    if (dtype_bytes(view.dtype) == 0)
        return wrong("has the dtype " + view.dtype + ", which this program does not read");
    const auto begin = entry["data_offsets"][0].get<std::uint64_t>(),
               end = entry["data_offsets"][1].get<std::uint64_t>();
    if (begin > end || end > data.size())
        return wrong("ends at byte " + std::to_string(end) + " of the data, but there are only " +
                     std::to_string(data.size()));
    view.data = data.data() + begin;
    view.bytes = end - begin;
    if (bytes_of(view.dtype, view.shape) != view.bytes)
        return wrong("has " + std::to_string(view.bytes) + " bytes, which do not fit its dtype and shape");
    return view;
}

}  // namespace

std::uint64_t dtype_bytes(std::string_view dtype) {
    const auto* found = std::find_if(dtypes.begin(), dtypes.end(), [&](const DtypeSize& d) { return d.name == dtype; });
    return found == dtypes.end() ? 0 : found->bytes;
}

std::uint64_t safetensors_bytes(const std::vector<TensorView>& tensors, const TensorMetadata& metadata) {
    std::uint64_t bytes = prefix_bytes + header_of(aligned_order(tensors), metadata).size();
    for (const TensorView& tensor : tensors) bytes += tensor.bytes;
    return bytes;
}

Status write_safetensors(const fs::path& path, const std::vector<TensorView>& tensors, const TensorMetadata& metadata) {
    if (Status status = check_views(tensors); !status) return status;
    const auto order = aligned_order(tensors);
    const std::string header = header_of(order, metadata);
    const std::uint64_t length = header.size();
    Descriptor file = open_file(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC);
    bool good =
        file && write_all(file, {reinterpret_cast<const char*>(&length), sizeof length}) && write_all(file, header);
    for (std::size_t i = 0; good && i < order.size(); ++i)
        good = write_all(file, {static_cast<const char*>(order[i]->data), order[i]->bytes});
    if (!good || !file.sync() || !file.close()) return io_error("write", path, errno);
    return {};
}

Result<SafetensorsFile> SafetensorsFile::open(const fs::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped) return mapped.error();
    SafetensorsFile out;
    out.file_ = std::move(mapped).value();
    std::string_view rest = out.file_.text();

    std::uint64_t length = 0;
    if (rest.size() < prefix_bytes)
        return damaged("it has " + std::to_string(rest.size()) + " bytes, too few for a header", path);
    std::memcpy(&length, rest.data(), prefix_bytes);
    rest.remove_prefix(prefix_bytes);
    if (length > rest.size() || length > max_header_bytes)
        return damaged(
            "its header claims " + std::to_string(length) + " bytes, but " + std::to_string(rest.size()) + " follow",
            path);
    const std::string_view text = rest.substr(0, length);
    const SortedJson header = json_too_deep_at(text) > 0 ? SortedJson() : SortedJson::parse(text, nullptr, false);
    rest.remove_prefix(length);
    if (const Status whole = out.file_.intact(); !whole) return whole.error();
    if (!header.is_object()) return damaged("its header is not a JSON object", path);
    if (json_doubled_at(text) > 0) return damaged("its header has a field twice", path);

    for (const auto& [name, entry] : header.items()) {
        if (name == metadata_key) {
            if (!entry.is_object() ||
                !std::all_of(entry.begin(), entry.end(), [](const SortedJson& value) { return value.is_string(); }))
                return damaged("its metadata holds something other than texts", path);
            out.metadata_ = entry.get<TensorMetadata>();
            continue;
        }
        auto view = entry_of(name, entry, rest, path);
        if (!view) return view.error();
        out.tensors_.push_back(std::move(view).value());
    }
    auto& tensors = out.tensors_;
    std::stable_sort(tensors.begin(), tensors.end(),
                     [](auto& a, auto& b) { return std::pair(a.data, a.bytes) < std::pair(b.data, b.bytes); });
    const char* expected = rest.data();
    for (const TensorView& tensor : tensors) {
        if (tensor.data != expected)
            return damaged("tensor \"" + tensor.name + "\" leaves a gap or overlaps another", path);
        expected += tensor.bytes;
    }
    if (expected != rest.data() + rest.size()) return damaged("its tensors do not reach the end of the file", path);
    return out;
}

const TensorView* SafetensorsFile::find(std::string_view name) const {
    for (const TensorView& tensor : tensors_)
        if (tensor.name == name) return &tensor;
    return nullptr;
}

}  // namespace gw

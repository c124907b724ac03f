#include "artifact/weight_facts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>

#include "artifact/safetensors.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* part_names[] = {"backbone", "head"};

double from_bf16(std::uint16_t bits) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16U);
}

/// IEEE 754 binary16.
double from_f16(std::uint16_t bits) {
    constexpr int fraction_bits = 10, bias = 15, all_ones = 31;
    const int exponent = (bits >> fraction_bits) & all_ones;
    const double fraction = bits & ((1 << fraction_bits) - 1), sign = (bits & 0x8000U) != 0 ? -1 : 1;
    if (exponent == all_ones)
        return fraction == 0 ? sign * std::numeric_limits<double>::infinity()
                             : std::numeric_limits<double>::quiet_NaN();
    if (exponent == 0) return sign * std::ldexp(fraction, 1 - bias - fraction_bits);
    return sign * std::ldexp(fraction + (1 << fraction_bits), exponent - bias - fraction_bits);
}

template <class Stored, class Convert>
void copy_values(const TensorView& tensor, std::uint64_t first, std::span<double> out, const Convert& convert) {
    const auto* from = static_cast<const std::byte*>(tensor.data) + first * sizeof(Stored);
    for (std::size_t i = 0; i < out.size(); ++i) {
        Stored value;
        std::memcpy(&value, from + i * sizeof(Stored), sizeof(Stored));
        out[i] = static_cast<double>(convert(value));
    }
}

/// Values of a tensor from `first` on, whatever its dtype.
void copy_values(const TensorView& tensor, std::uint64_t first, std::span<double> out) {
    const auto same = [](auto value) { return value; };
    if (tensor.dtype == "F32")
        copy_values<float>(tensor, first, out, same);
    else if (tensor.dtype == "BF16")
        copy_values<std::uint16_t>(tensor, first, out, from_bf16);
    else if (tensor.dtype == "F16")
        copy_values<std::uint16_t>(tensor, first, out, from_f16);
    else if (tensor.dtype == "F64")
        copy_values<double>(tensor, first, out, same);
    else if (tensor.dtype == "I64")
        copy_values<std::int64_t>(tensor, first, out, same);
    else if (tensor.dtype == "I32")
        copy_values<std::int32_t>(tensor, first, out, same);
    else
        copy_values<std::uint8_t>(tensor, first, out, same);
}

std::uint64_t count_of(const TensorView& tensor) {
    return tensor.bytes / dtype_bytes(tensor.dtype);
}

constexpr std::size_t piece = 4096;  // values that are looked at together

/// Calls use(index, value) for every value of a tensor.
template <class Use>
void each_value(const TensorView& tensor, const Use& use) {
    std::array<double, piece> values;
    for (std::uint64_t first = 0, all = count_of(tensor); first < all; first += piece) {
        const std::span some(values.data(), std::min<std::uint64_t>(piece, all - first));
        copy_values(tensor, first, some);
        for (std::size_t i = 0; i < some.size(); ++i) use(first + i, some[i]);
    }
}

/// By the sums of squares of its rows.
std::int64_t dead_rows_of(std::span<const double> squares) {
    constexpr double least_share = 1e-3;
    std::vector<double> sorted(squares.begin(), squares.end());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const double most = *middle * least_share * least_share;
    return std::count_if(squares.begin(), squares.end(), [&](double square) { return square <= most; });
}

TensorFacts facts_of(const std::string& part, const TensorView& tensor, std::int64_t bins) {
    TensorFacts facts{part, tensor.name, tensor.dtype, tensor.shape};
    facts.values = static_cast<std::int64_t>(count_of(tensor));
    facts.rows = tensor.shape.size() >= 2 && facts.values > 0 ? tensor.shape.front() : 0;
    std::vector<double> row_squares(static_cast<std::size_t>(facts.rows));
    const auto of_row = static_cast<std::uint64_t>(facts.rows > 0 ? facts.values / facts.rows : 1);
    double low = std::numeric_limits<double>::infinity(), high = -low, sum = 0, squares = 0;
    each_value(tensor, [&](std::uint64_t i, double value) {
        if (!std::isfinite(value)) return void(++facts.not_finite);
        low = std::min(low, value);
        high = std::max(high, value);
        sum += value;
        squares += value * value;
        facts.zeros += value == 0 ? 1 : 0;
        if (!row_squares.empty()) row_squares[i / of_row] += value * value;
    });
    if (facts.rows > 1) facts.dead_rows = dead_rows_of(row_squares);
    const auto finite = static_cast<double>(facts.values - facts.not_finite);
    if (finite == 0) return facts;
    facts.low = low;
    facts.high = high;
    facts.mean = sum / finite;
    facts.norm = std::sqrt(squares);
    // A second pass: the difference of two large sums would lose the deviation of values far from 0.
    facts.histogram.assign(static_cast<std::size_t>(bins), 0);
    const double half_width = high / 2 - low / 2;  // halves: the whole may be beyond all doubles
    double spread = 0;
    each_value(tensor, [&](std::uint64_t, double value) {
        if (!std::isfinite(value)) return;
        spread += (value - facts.mean) * (value - facts.mean);
        const double at = half_width > 0 ? (value / 2 - low / 2) / half_width * static_cast<double>(bins) : 0;
        ++facts.histogram[static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(bins - 1)))];
    });
    facts.deviation = std::sqrt(spread / finite);
    return facts;
}

TensorChange change_of(const TensorView& before, const TensorView& now) {
    std::array<double, piece> old;
    double square = 0, old_square = 0, now_square = 0, product = 0;
    each_value(now, [&](std::uint64_t i, double value) {
        if (i % piece == 0)
            copy_values(before, i, std::span(old.data(), std::min<std::uint64_t>(piece, count_of(before) - i)));
        const double was = old[i % piece];
        if (!std::isfinite(value) || !std::isfinite(was)) return;
        square += (value - was) * (value - was);
        old_square += was * was;
        now_square += value * value;
        product += value * was;
    });
    TensorChange change;
    change.norm = std::sqrt(square);
    if (square > 0)
        change.share = old_square > 0 ? std::sqrt(square / old_square) : std::numeric_limits<double>::infinity();
    if (square > 0) change.cosine = old_square > 0 && now_square > 0 ? product / std::sqrt(old_square * now_square) : 0;
    return change;
}

/// A part of a checkpoint; none where that has no such file.
Result<std::optional<SafetensorsFile>> part_of(const fs::path& checkpoint, const std::string& part) {
    const fs::path path = checkpoint / (part + ".safetensors");
    std::error_code failed;
    if (part != part_names[0] && !fs::exists(path, failed)) return std::optional<SafetensorsFile>();
    auto file = SafetensorsFile::open(path);
    if (!file) return file.error();
    return std::optional(std::move(file).value());
}

std::uint64_t bytes_of(const SafetensorsFile& file) {
    std::uint64_t bytes = 0;
    for (const TensorView& tensor : file.tensors()) bytes += tensor.bytes;
    return bytes;
}

}  // namespace

Result<WeightFacts> read_weight_facts(const WeightFactsRequest& request) {
    struct Part {
        std::string name;
        std::optional<SafetensorsFile> now, before;
    };
    std::vector<Part> parts;
    double all = 0, done = 0;
    for (const std::string name : part_names) {
        auto now = part_of(request.checkpoint, name);
        if (!now) return now.error();
        Part part{name, std::move(now).value(), {}};
        if (!request.against.empty()) {
            auto before = part_of(request.against, name);
            if (!before) return before.error();
            part.before = std::move(before).value();
        }
        if (part.now) all += static_cast<double>(bytes_of(*part.now));
        parts.push_back(std::move(part));
    }
    WeightFacts out;
    std::int64_t common = 0;
    for (const Part& part : parts) {
        if (!part.now) continue;
        for (const TensorView& tensor : part.now->tensors()) {
            if (request.stop.stop_requested()) return Error{Error::Code::cancelled, "Cancelled", "", {}};
            if (request.progress) request.progress("reading weights", all > 0 ? done / all : 1);
            TensorFacts facts = facts_of(part.name, tensor, request.bins);
            const TensorView* before = part.before ? part.before->find(tensor.name) : nullptr;
            if (before && before->shape == tensor.shape) {
                facts.change = change_of(*before, tensor);
                ++common;
            } else if (!request.against.empty())
                (before ? out.other_shape : out.only_here).push_back(facts.full_name());
            out.tensors.push_back(std::move(facts));
            done += static_cast<double>(tensor.bytes);
        }
        if (const Status whole = part.now->intact(); !whole) return whole.error();
        if (part.before)
            if (const Status whole = part.before->intact(); !whole) return whole.error();
    }
    for (const Part& part : parts)
        if (part.before)
            for (const TensorView& tensor : part.before->tensors())
                if (!part.now || !part.now->find(tensor.name)) out.only_there.push_back(part.name + "." + tensor.name);
    if (!request.against.empty() && common == 0)
        return Error{Error::Code::bad_data,
                     "The two checkpoints have no weight of the same name and shape",
                     "Compare checkpoints of one run, or of runs with the same backbone",
                     {"checkpoint " + request.checkpoint.string(), "checkpoint " + request.against.string()}};
    return out;
}

Result<TensorValues> read_tensor(const fs::path& checkpoint, const std::string& full_name) {
    const std::size_t dot = std::min(full_name.find('.'), full_name.size());
    const std::string name = full_name.substr(std::min(dot + 1, full_name.size()));
    std::vector<std::string> names;
    for (const std::string part : part_names) {
        auto read = part_of(checkpoint, part);
        if (!read) return read.error();
        const std::optional<SafetensorsFile> file = std::move(read).value();
        if (!file) continue;
        if (const TensorView* tensor = file->find(name); tensor && full_name.substr(0, dot) == part) {
            TensorValues out{tensor->shape, std::vector<double>(count_of(*tensor))};
            copy_values(*tensor, 0, out.values);
            if (const Status whole = file->intact(); !whole) return whole.error();
            return out;
        }
        for (const TensorView& tensor : file->tensors()) names.push_back(part + "." + tensor.name);
    }
    const auto near = nearest(full_name, names);
    return Error{Error::Code::bad_spec,
                 "There is no weight \"" + full_name + "\" in this checkpoint",
                 near ? "Did you mean \"" + *near + "\"?" : "groundwork-cli weights lists them",
                 {"checkpoint " + checkpoint.string()}};
}

}  // namespace gw

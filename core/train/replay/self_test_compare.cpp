#include "train/replay/self_test_compare.h"

#include <torch/types.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cstring>
#include <set>

#include "artifact/checkpoint.h"
#include "artifact/safetensors.h"
#include "schema/parse_json.h"
#include "util/number.h"
#include "util/text.h"

namespace gw {

namespace {

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Numbers in names by their value, so that blocks.2 stands before blocks.10.
bool stands_before(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    while (i < a.size() && j < b.size()) {
        if (digit(a[i]) && digit(b[j])) {
            std::size_t ends_a = i, ends_b = j;
            while (ends_a < a.size() && digit(a[ends_a])) ++ends_a;
            while (ends_b < b.size() && digit(b[ends_b])) ++ends_b;
            const std::string_view left = a.substr(i, ends_a - i), right = b.substr(j, ends_b - j);
            if (left.size() != right.size()) return left.size() < right.size();
            if (left != right) return left < right;
            i = ends_a;
            j = ends_b;
        } else if (a[i] != b[j]) {
            return a[i] < b[j];
        } else {
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j;
}

/// "blocks.0" of "blocks.0.attention.qkv.weight", "tokens" of "tokens.weight"; of the optimizer's memory of the weight
/// whose it is.
std::string layer_of(const std::string& part, const std::string& name) {
    std::vector<std::string> words = split(name, '.');
    if (part == "optimizer") {
        if (words.size() < 3) return "";
        words.erase(words.begin());  // "exp_avg"
        if (words.front() == "backbone") words.erase(words.begin());
    } else if (part != "backbone") {
        words.insert(words.begin(), part);
    }
    std::string out;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        out += (out.empty() ? "" : ".") + words[i];
        if (!words[i].empty() && words[i].find_first_not_of("0123456789") == std::string::npos) return out;
    }
    return words.empty() || words.size() == 1 ? name : words.front();
}

std::string value_text(const TensorView& tensor, std::int64_t place) {
    static const std::map<std::string, torch::Dtype> types{
        {"F64", torch::kFloat64}, {"F32", torch::kFloat32}, {"BF16", torch::kBFloat16}, {"F16", torch::kFloat16},
        {"I64", torch::kInt64},   {"I32", torch::kInt32},   {"U8", torch::kUInt8},      {"BOOL", torch::kBool}};
    const auto type = types.find(tensor.dtype);
    if (type == types.end()) return "?";
    const auto* bytes =
        static_cast<const char*>(tensor.data) + static_cast<std::uint64_t>(place) * dtype_bytes(tensor.dtype);
    const torch::Tensor one = torch::from_blob(const_cast<char*>(bytes), {1}, type->second);
    if (!one.is_floating_point()) return std::to_string(one.to(torch::kInt64).item<std::int64_t>());
    return exact_number(one.to(torch::kFloat64).item<double>());
}

/// The files with tensors of a checkpoint in the order in which they are told of.
std::vector<std::string> parts_of(const fs::path& straight, const fs::path& then) {
    std::set<std::string> found;
    std::error_code ignored;
    for (const fs::path& folder : {straight, then})
        for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
            if (entry.path().extension() == ".safetensors") found.insert(entry.path().stem().string());
    std::vector<std::string> out;
    for (const char* known : {"backbone", "head"})
        if (found.erase(known) > 0) out.emplace_back(known);
    const bool optimizer = found.erase("optimizer") > 0;
    out.insert(out.end(), found.begin(), found.end());
    if (optimizer) out.emplace_back("optimizer");
    return out;
}

std::optional<TensorDifference> difference(const std::string& part, const TensorView& a, const TensorView* b) {
    TensorDifference out;
    out.part = part;
    out.name = a.name;
    out.layer = layer_of(part, a.name);
    auto form = [](const TensorView& t) { return t.dtype + " " + Json(t.shape).dump(); };
    if (!b || a.dtype != b->dtype || a.shape != b->shape) {
        out.straight = form(a);
        out.then = b ? form(*b) : "missing";
        return out;
    }
    if (a.bytes == 0 || std::memcmp(a.data, b->data, a.bytes) == 0) return std::nullopt;
    const auto *left = static_cast<const char*>(a.data), *right = static_cast<const char*>(b->data);
    const auto at = static_cast<std::uint64_t>(std::mismatch(left, left + a.bytes, right).first - left);
    out.place = static_cast<std::int64_t>(at / std::max<std::uint64_t>(1, dtype_bytes(a.dtype)));
    out.straight = value_text(a, out.place);
    out.then = value_text(*b, out.place);
    return out;
}

/// What a run counts, without what tells of the clock, and of which checkpoints there are.
std::optional<TensorDifference> state_difference(const fs::path& straight, const fs::path& then) {
    auto read = [](const fs::path& folder) {
        const auto text = read_file(folder / "state.json");
        Json state = text ? json_or_null(text.value()) : Json();
        if (state.is_object() && state.contains("guard") && state["guard"].is_object()) state["guard"].erase("joules");
        return state;
    };
    const Json a = read(straight), b = read(then);
    for (const char* key : {"step", "tokens", "tokens_before", "optimizer_updates", "schedule", "adaptation",
                            "generators", "sampler", "origin", "dataset_hash", "tokenizer_hash", "knobs", "guard"}) {
        const Json left = a.is_object() ? a.value(key, Json()) : Json(),
                   right = b.is_object() ? b.value(key, Json()) : Json();
        if (left == right) continue;
        TensorDifference out;
        out.part = "state";
        out.name = key;
        out.straight = left.dump().substr(0, 100);
        out.then = right.dump().substr(0, 100);
        return out;
    }
    return std::nullopt;
}

}  // namespace

bool is_of_machine(std::string_view figure) {
    return figure.starts_with("system/") || figure.ends_with("per_second") || figure.ends_with("memory_bytes") ||
           figure.ends_with("data_wait") || figure.ends_with("milliseconds_per_item");
}

std::optional<FigureDifference> first_difference(const FigureTable& straight, const FigureTable& then) {
    std::optional<FigureDifference> found;
    for (const auto& [key, value] : straight) {
        if (found && found->step < key.first) break;
        if (is_of_machine(key.second)) continue;
        const auto other = then.find(key);
        if (other != then.end() && same_bits(value, other->second)) continue;
        if (found && key.second != "train/loss") continue;
        found = FigureDifference{key.first, key.second, value,
                                 other == then.end() ? std::nullopt : std::optional(other->second)};
    }
    return found;
}

Result<std::optional<TensorDifference>> first_difference(const fs::path& straight, const fs::path& then,
                                                         std::int64_t& compared) {
    const std::int64_t step = checkpoint_step(straight);
    auto of_step = [&](TensorDifference found) {
        found.step = step;
        return std::optional(std::move(found));
    };
    for (const std::string& part : parts_of(straight, then)) {
        const auto a = SafetensorsFile::open(straight / (part + ".safetensors")),
                   b = SafetensorsFile::open(then / (part + ".safetensors"));
        if (!a) return a.error();
        if (!b) return b.error();
        std::vector<const TensorView*> tensors;
        for (const TensorView& tensor : a.value().tensors()) tensors.push_back(&tensor);
        std::sort(tensors.begin(), tensors.end(),
                  [](const TensorView* x, const TensorView* y) { return stands_before(x->name, y->name); });
        for (const TensorView* tensor : tensors) {
            ++compared;
            if (auto found = difference(part, *tensor, b.value().find(tensor->name))) return of_step(*std::move(found));
        }
        for (const TensorView& tensor : b.value().tensors())
            if (!a.value().find(tensor.name)) {
                TensorDifference found = *difference(part, tensor, nullptr);
                std::swap(found.straight, found.then);
                return of_step(std::move(found));
            }
    }
    if (auto found = state_difference(straight, then)) return of_step(*std::move(found));
    return std::optional<TensorDifference>();
}

}  // namespace gw

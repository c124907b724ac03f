#include "train/message/row_words.h"

#include <torch/types.h>

#include <algorithm>

#include "util/text.h"

namespace gw {

std::string truth_text(const Example& example, LabelKind kind, const std::vector<std::string>& classes) {
    if (kind == LabelKind::number) return significant(example.value);
    return class_text(example.classes, classes, kind, "none");
}

namespace {

/// The classes that are said of one row: the likeliest, all that are likelier than not, or one for each word.
std::vector<std::int32_t> classes_said(const torch::Tensor& said, LabelKind kind) {
    const torch::Tensor values = said.to(torch::kCPU, torch::kFloat32).contiguous();
    std::vector<std::int32_t> out;
    if (kind == LabelKind::class_set) {
        const torch::Tensor flat = values.flatten();
        for (std::int64_t c = 0; c < flat.numel(); ++c)
            if (flat[c].item<float>() > 0.5F) out.push_back(static_cast<std::int32_t>(c));
        return out;
    }
    const torch::Tensor best = values.view({-1, values.size(-1)}).argmax(-1);
    for (std::int64_t row = 0; row < best.numel(); ++row)
        out.push_back(static_cast<std::int32_t>(best[row].item<std::int64_t>()));
    return out;
}

}  // namespace

std::string guess_text(const torch::Tensor& said, const LabelFacts& labels) {
    if (labels.kind == LabelKind::number) return significant(said.to(torch::kCPU, torch::kFloat32).item<float>());
    Example guess;
    guess.classes = classes_said(said, labels.kind);
    return truth_text(guess, labels.kind, labels.classes);
}

std::string said_text(const torch::Tensor& said, const LabelFacts& labels) {
    const std::string guess = guess_text(said, labels);
    if (labels.kind != LabelKind::one_class) return guess;
    return guess + " (" + significant(100 * said.max().to(torch::kCPU, torch::kFloat32).item<float>(), 3) + " %)";
}

bool is_wrong(const torch::Tensor& said, const Example& example, LabelKind kind) {
    if (kind == LabelKind::number) return false;
    std::vector<std::int32_t> guess = classes_said(said, kind), truth = example.classes;
    if (kind == LabelKind::word_classes) truth.resize(std::min(truth.size(), guess.size()));
    if (kind == LabelKind::class_set) std::sort(truth.begin(), truth.end());
    return guess != truth;
}

}  // namespace gw

#include "train/row_words.h"

#include <torch/torch.h>

#include <algorithm>

#include "util/text.h"

namespace gw {

std::string truth_text(const Example& example, LabelKind kind, const std::vector<std::string>& classes) {
    if (kind == LabelKind::number) return significant(example.value);
    std::string out;
    for (const std::int32_t c : example.classes)
        out += (out.empty() ? "" : kind == LabelKind::word_classes ? " " : ", ") + classes[static_cast<std::size_t>(c)];
    return out.empty() ? "none" : out;
}

std::string said_text(const torch::Tensor& said, const LabelFacts& labels) {
    const torch::Tensor values = said.to(torch::kCPU, torch::kFloat32).contiguous();
    if (labels.kind == LabelKind::number) return significant(values.item<float>());
    std::string out;
    if (labels.kind == LabelKind::word_classes) {
        for (std::int64_t word = 0; word < values.size(0); ++word)
            out += (out.empty() ? "" : " ") +
                   labels.classes[static_cast<std::size_t>(values[word].argmax().item<std::int64_t>())];
        return out;
    }
    const float* p = values.data_ptr<float>();
    if (labels.kind == LabelKind::class_set) {
        for (std::size_t c = 0; c < labels.classes.size(); ++c)
            if (p[c] > 0.5F) out += (out.empty() ? "" : ", ") + labels.classes[c];
        return out.empty() ? "none" : out;
    }
    const auto best = static_cast<std::size_t>(std::distance(p, std::max_element(p, p + labels.classes.size())));
    return labels.classes[best] + " (" + significant(100 * p[best], 3) + " %)";
}

}  // namespace gw

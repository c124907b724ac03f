#include "eval/retrieval.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <limits>

#include "util/hash.h"

namespace gw {

namespace {

double share_below(const std::vector<std::int64_t>& ranks, std::int64_t most) {
    const auto found = std::count_if(ranks.begin(), ranks.end(), [&](std::int64_t rank) { return rank < most; });
    return static_cast<double>(found) / static_cast<double>(ranks.size());
}

/// The class of an example that has exactly one, else -1.
std::int64_t class_of(const Example& example) {
    return example.classes.size() == 1 ? example.classes.front() : -1;
}

/// Of a model that diverged nothing can be found: every comparison would be false.
bool usable(const torch::Tensor& features_ND) {
    return features_ND.defined() && features_ND.size(0) > 0 && torch::isfinite(features_ND).all().item<bool>();
}

}  // namespace

std::uint64_t caption_identity(const HostBatch& rows, std::int64_t row) {
    const std::int64_t length = rows.lengths.empty() ? rows.length() : rows.lengths[static_cast<std::size_t>(row)];
    const std::int32_t* first = rows.arrays.find(array::tokens)->second.values<std::int32_t>() + row * rows.length();
    return hash64({reinterpret_cast<const char*>(first), static_cast<std::size_t>(length) * sizeof *first});
}

std::vector<std::int64_t> ranks_of_right(const torch::Tensor& queries_ND, const torch::Tensor& candidates_ND,
                                         const std::vector<std::uint64_t>& captions) {
    const torch::NoGradGuard no_grad;
    std::vector<std::int64_t> ids(captions.begin(), captions.end());  // the same bits, for equality alone
    const torch::Tensor ids_N = torch::tensor(ids, torch::kInt64);
    std::vector<std::int64_t> out;
    constexpr std::int64_t block = 512;  // rows of the table of similarities at once
    for (std::int64_t first = 0; first < queries_ND.size(0); first += block) {
        const std::int64_t count = std::min(block, queries_ND.size(0) - first);
        const torch::Tensor scores = torch::matmul(queries_ND.narrow(0, first, count), candidates_ND.t());
        const torch::Tensor right = ids_N.narrow(0, first, count).unsqueeze(1).eq(ids_N.unsqueeze(0));
        const torch::Tensor best =
            scores.masked_fill(right.logical_not(), -std::numeric_limits<double>::infinity()).amax(1, true);
        const torch::Tensor ranks =
            scores.ge(best).logical_and(right.logical_not()).sum(1).to(torch::kInt64).contiguous();
        out.insert(out.end(), ranks.data_ptr<std::int64_t>(), ranks.data_ptr<std::int64_t>() + count);
    }
    return out;
}

std::map<std::string, double> retrieval_metrics(const Gathered& pairs) {
    if (!usable(pairs.first_ND) || !usable(pairs.second_ND)) return {};
    const auto texts = ranks_of_right(pairs.first_ND, pairs.second_ND, pairs.captions),
               images = ranks_of_right(pairs.second_ND, pairs.first_ND, pairs.captions);
    return {{"image_to_text_recall_1", share_below(texts, 1)},
            {"image_to_text_recall_5", share_below(texts, 5)},
            {"text_to_image_recall_1", share_below(images, 1)},
            {"text_to_image_recall_5", share_below(images, 5)}};
}

double zero_shot_accuracy(const Gathered& prompts, const std::vector<std::int32_t>& right) {
    if (!usable(prompts.first_ND) || !usable(prompts.second_ND) || right.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const torch::NoGradGuard no_grad;
    const torch::Tensor guesses = (prompts.first_ND * prompts.second_ND)
                                      .sum(1)
                                      .view({static_cast<std::int64_t>(right.size()), -1})
                                      .argmax(1)
                                      .contiguous();
    std::int64_t hits = 0;
    for (std::size_t i = 0; i < right.size(); ++i) hits += guesses.data_ptr<std::int64_t>()[i] == right[i];
    return static_cast<double>(hits) / static_cast<double>(right.size());
}

double nearest_caption_accuracy(const Gathered& judged, const Gathered& captions) {
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    if (!usable(judged.first_ND) || !usable(captions.second_ND)) return nothing;
    std::int64_t classes = 0;
    for (const Example* example : captions.examples) classes = std::max(classes, class_of(*example) + 1);
    if (classes == 0) return nothing;
    const torch::NoGradGuard no_grad;
    torch::Tensor scores_NC = torch::full({judged.first_ND.size(0), classes}, -std::numeric_limits<double>::infinity(),
                                          judged.first_ND.options());
    std::vector<std::vector<std::int64_t>> texts(static_cast<std::size_t>(classes));
    for (std::size_t i = 0; i < captions.examples.size(); ++i)
        if (const std::int64_t label = class_of(*captions.examples[i]); label >= 0)
            texts[static_cast<std::size_t>(label)].push_back(static_cast<std::int64_t>(i));
    for (std::int64_t label = 0; label < classes; ++label) {
        const auto& of_class = texts[static_cast<std::size_t>(label)];
        if (of_class.empty()) continue;
        const torch::Tensor texts_MD = captions.second_ND.index_select(0, torch::tensor(of_class, torch::kInt64));
        scores_NC.select(1, label).copy_(torch::matmul(judged.first_ND, texts_MD.t()).amax(1));
    }
    const torch::Tensor guesses = scores_NC.argmax(1).contiguous();
    std::int64_t right = 0, asked = 0;
    for (std::size_t i = 0; i < judged.examples.size(); ++i) {
        const std::int64_t label = class_of(*judged.examples[i]);
        if (label < 0) continue;
        ++asked;
        right += guesses.data_ptr<std::int64_t>()[i] == label;
    }
    return asked > 0 ? static_cast<double>(right) / static_cast<double>(asked) : nothing;
}

}  // namespace gw

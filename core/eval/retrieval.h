#pragma once
#include <torch/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "eval/gather.h"

// How well pictures and captions find each other. N pairs, D width of the space that they share; rows of length 1.
namespace gw {

/// Equal for rows with the same caption, as far as it is read.
std::uint64_t caption_identity(const HostBatch& rows, std::int64_t row);

/// For each query the number of wrong candidates that come before its best right one: 0 = found first. Candidate j is
/// right for query i where `captions` are equal; a draw counts against it, so that features that are all alike find
/// nothing.
std::vector<std::int64_t> ranks_of_right(const torch::Tensor& queries_ND, const torch::Tensor& candidates_ND,
                                         const std::vector<std::uint64_t>& captions);

/// image_to_text_recall_1 and so on: the share of pictures whose caption is among the best 1 or 5 of all, and of
/// captions whose picture is. Pictures are the first side of `pairs`.
std::map<std::string, double> retrieval_metrics(const Gathered& pairs);

/// Share of the pictures whose class is named by the nearest of their prompts, of which `prompts` holds one for each
/// class, picture by picture; `right` is the class of each.
double zero_shot_accuracy(const Gathered& prompts, const std::vector<std::int32_t>& right);

/// The same where captions name no class: the nearest caption in `captions` is one of their class. Pictures of a class
/// without a caption count as wrong. NaN where nothing has one class.
double nearest_caption_accuracy(const Gathered& judged, const Gathered& captions);

}  // namespace gw

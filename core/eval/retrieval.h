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

/// Share of the pictures of `judged` whose class is the one that lies nearest: a class stands where the mean of its
/// texts in `asked_by` lies (Radford et al. 2021, arXiv:2103.00020, section 3.1.4): prompts (eval/class_prompts.h), or
/// captions of its pictures. Pictures of a class without a text count as wrong. NaN where nothing has one class.
double zero_shot_accuracy(const Gathered& judged, const Gathered& asked_by);

}  // namespace gw

#pragma once
#include "adapt/model_state.h"
#include "data/prepare.h"
#include "train/message/messages.h"

namespace gw {

/// Rows of a table that a model draws, in words, and beside held-out ones as a picture of their first two values; and
/// held-out rows that it draws again from their codes, likewise. Nothing of a model that does neither. The same seed
/// draws the same.
std::vector<SampleText> row_samples(const Model& model, const PreparedData& data, std::uint64_t seed, std::int64_t step,
                                    const std::stop_token& stop);

/// The values of a row [values] on the CPU, as a backbone sees them, in words: "x1 0.5  x2 ?".
std::string row_in_words(const TableInput& table, const torch::Tensor& row_D);

/// Points by their first two values, or of one value their histograms: grey what is real, blue what is drawn. Both
/// [rows, values] on the CPU; a PNG.
std::string scatter_png(const torch::Tensor& real_ND, const torch::Tensor& drawn_MD);

}  // namespace gw

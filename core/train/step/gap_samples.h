#pragma once
#include <string>
#include <vector>

#include "adapt/model_state.h"
#include "data/prepare.h"
#include "train/message/messages.h"

namespace gw {

/// `ids` as text, each mask replaced by what the objective, which fills_gaps(), writes there; gaps that it did not come
/// to stay as they are.
Result<std::string> gaps_filled(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer,
                                const std::vector<Token>& ids, const Pass& pass);

/// A few validation windows with gaps as they are scored, what the model writes into them and what stood there, in
/// brackets. Always the same windows and gaps.
std::vector<SampleText> gap_samples(const Model& model, const PreparedData& data, std::int64_t step);

}  // namespace gw

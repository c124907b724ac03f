#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"

namespace gw {

/// What may be changed while a run is trained. Each change is an event of kind "knob", a mark on every plot, and part
/// of the next checkpoint, so that a resume goes on with it.
struct Knobs {
    double rate_scale = 1;       ///< multiplies the learning rate that the schedule gives
    std::optional<double> clip;  ///< in the place of training.clip
    std::optional<std::int64_t> evaluation_every, saving_every;  ///< in the place of evaluation.every and saving.every
    bool operator==(const Knobs&) const = default;
};

/// Keys: rate_scale, clip, evaluation_every, saving_every; what is not set is left out.
Json to_json(const Knobs& knobs);
Knobs knobs_of(const Json& json);
/// What is wrong with them, as a sentence; empty when nothing is.
std::string why_not(const Knobs& knobs);
/// "rate scale 1 -> 0.5" for each that changed.
std::vector<std::string> changes(const Knobs& from, const Knobs& to);

}  // namespace gw

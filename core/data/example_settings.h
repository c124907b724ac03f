#pragma once
#include "schema/field.h"

namespace gw {

/// The settings behind Dataset::drawn(), the same for all labelled data.
constexpr schema::Info examples_setting(std::string_view shown_when = "") {
    return {.key = "examples",
            .label = "Training examples",
            .help = "Learn from so many examples only, of each class its share: shows what a label is worth. 0 = all.",
            .min = 0,
            .max = 1e12,
            .shown_when = shown_when};
}
constexpr schema::Info examples_seed_setting(std::string_view shown_when = "") {
    return {.key = "examples_seed",
            .label = "Draw",
            .help = "Another number draws other examples.",
            .min = 0,
            .max = 9e15,
            .audience = schema::Audience::expert,
            .shown_when = shown_when};
}

}  // namespace gw

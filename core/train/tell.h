#pragma once
#include "adapt/model_state.h"

namespace gw {

/// What a model with a labelled objective says of one text.
struct Told {
    std::string text;
    std::vector<std::pair<std::string, double>>
        classes;       ///< with probabilities, the likeliest first; of a set all of them
    double value = 0;  ///< of LabelKind::number
    std::vector<std::pair<std::string, std::string>> words;  ///< of LabelKind::word_classes: word and class
};

/// Judges texts that nobody has labelled. Errors: the objective has no labels; a text cannot be encoded.
Result<std::vector<Told>> tell(const Model& model, const Tokenizer& tokenizer, const std::vector<std::string>& texts);

/// In a line: "positive 93 %", "3.52", "sport 80 %, world 55 %", "Paris/place is/other".
std::string sentence(const Told& told, LabelKind kind);

}  // namespace gw

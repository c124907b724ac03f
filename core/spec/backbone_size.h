#pragma once
#include <optional>

#include "model/backbone.h"
#include "tokenize/tokenizer.h"

// What a spec tells of its model before anything is read.
namespace gw {

/// What its rows will be made of. `vocabulary` is that of the tokenizer where they are or have text; of settings that
/// are not sound, nothing.
struct ExpectedInput {
    InputFacts input;
    bool input_is_guess = false;  ///< of files, whose pictures may be of another size and tables of other columns
    ExpectedVocabulary vocabulary;
};
ExpectedInput expected_input(const Json& spec);

/// Its backbone with what the objective settles of it: under another objective the weights would have another sense.
Json settled_backbone(const Json& spec);

/// The size of its backbone; nothing where its settings are not sound.
std::optional<BackboneSize> backbone_size(const Json& spec);

}  // namespace gw

#pragma once
#include "adapt/model_state.h"
#include "data/images/picture_copy.h"
#include "train/message/told.h"

namespace gw {

/// Judges texts that nobody has labelled; to a model of tables they are rows in words (typed_row()). Errors: the
/// objective has no labels; a text cannot be encoded, or is no row.
Result<std::vector<Told>> tell(const Model& model, const Tokenizer& tokenizer, const std::vector<std::string>& texts);

/// The same of a picture. Errors: the objective has no labels; the model takes no pictures, or those of another size.
Result<Told> tell_picture(const Model& model, const PictureCopy& picture);

/// In a line: "positive 93 %", "3.52", "sport 80 %, world 55 %", "Paris/place is/other".
std::string sentence(const Told& told, LabelKind kind);

}  // namespace gw

#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"

namespace gw {

enum class Part { train, validation, test };

/// Decides which part of the data a document, or a piece of it, belongs to. Pure: the same question has the same
/// answer.
class Split {
  public:
    virtual ~Split() = default;
    /// Cuts one document into consecutive pieces by part. `offset` is the sum of Document::size before it in the
    /// dataset and `total` that of the whole dataset. A piece never cuts a UTF-8 character.
    virtual void cut(const Document& document, std::uint64_t offset, std::uint64_t total,
                     const std::function<void(Part, std::string_view)>& piece) const = 0;
    /// Whether it must have seen all documents (survey, in order, then settle) before it can cut one.
    virtual bool surveys() const { return false; }
    virtual Status survey(const Document& document) {
        (void)document;
        return {};
    }
    virtual Status settle() { return {}; }
    /// Names how it read what it goes by, once it is settled, where a plain order of numbers or of text would give
    /// other parts; else empty.
    virtual std::string reading() const { return ""; }
    /// What a person could change where `part` came out empty.
    virtual std::string advice(Part part) const {
        return std::string("Add documents, or set split.validation ") + (part == Part::train ? "lower" : "higher");
    }
    /// Whether the settings name what belongs to the test part, so that it must not be empty.
    virtual bool names_test() const { return false; }
};

/// The part that a labelled document or a picture goes to as a whole: that of its longest piece.
Part part_of(const Split& split, const Document& document, std::uint64_t offset, std::uint64_t total);

/// What data a split is the usual one for, where nobody chooses: documents with one class each; other documents; so few
/// of them that a part drawn at random might come out empty.
enum class SplitUse { classes, documents, few_documents };

/// Of a split that makes folds of a cross-validation.
struct CrossValidation {
    /// Settings for one fold of `folds`, from 1; `by_class`: every fold has the classes in the same shares. What else
    /// `chosen` says (settings of whatever split) stays where it means something.
    std::function<Json(std::int64_t folds, std::int64_t fold, bool by_class, const Json& chosen)> fold;
    std::vector<std::string> choosable;  ///< settings that a person may choose beside the folds
};

struct SplitKind : Kind<std::unique_ptr<Split>> {
    std::vector<SplitUse> usual_for;
    std::optional<CrossValidation> cross_validation;
};

/// All split kinds, in the order people see them.
std::span<const SplitKind> splits();

/// The first kind that is usual for such data, and the first that makes folds.
const SplitKind& usual_split(SplitUse use);
const SplitKind& cross_validation_split();

}  // namespace gw

#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

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
};

/// The part that a labelled document or a picture goes to as a whole: that of its longest piece.
Part part_of(const Split& split, const Document& document, std::uint64_t offset, std::uint64_t total);

using SplitKind = Kind<std::unique_ptr<Split>>;

/// All split kinds, in the order people see them.
std::span<const SplitKind> splits();

}  // namespace gw

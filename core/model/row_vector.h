#pragma once
#include <torch/types.h>

#include <optional>

#include "model/pictures.h"

namespace gw {

/// Rows as one vector of values each, [B, N]: pictures as Pictures has them, rows of tables as they are encoded.
class RowVector {
  public:
    RowVector() = default;
    /// `input` must have pictures or a table.
    explicit RowVector(const InputFacts& input);
    torch::Tensor operator()(const Batch& batch, const Pass& pass) const;
    std::int64_t values() const { return values_; }
    /// A pass over such rows: those of a table are few numbers, of which half precision would leave three digits.
    Pass exact(Pass pass) const;
    /// Of tables.
    const std::optional<TableInput>& table() const { return table_; }
    /// Of pictures.
    std::optional<ImageInput> image() const;
    void list(Buffers& out) const;

    /// N, or 1 where nothing is known yet: for sizes alone.
    static std::int64_t values_of(const InputFacts& input);

  private:
    std::optional<Pictures> pictures_;
    std::optional<TableInput> table_;
    std::int64_t values_ = 0;
};

}  // namespace gw

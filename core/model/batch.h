#pragma once
#include <torch/types.h>

#include <map>
#include <string>
#include <string_view>

#include "data/batch.h"

namespace gw {

inline constexpr std::int64_t not_counted = -100;

/// Rows on their way through a model: named tensors (see gw::array), and what counts of them, known on the CPU.
class Batch {
  public:
    Batch() = default;
    /// The arrays of a host batch on the CPU: tokens as int64, pictures as bytes, series as float32; and `valid` where
    /// rows are padded.
    explicit Batch(const HostBatch& host);
    /// Tokens alone, int64 [B, T].
    static Batch of_tokens(const torch::Tensor& ids_BT);
    /// Pictures alone, uint8 [B, C, H, W]; or values in deviations from the mean, floating.
    static Batch of_images(const torch::Tensor& images_BCHW);

    /// The tensor called `name`; undefined where there is none.
    torch::Tensor operator[](std::string_view name) const;
    void set(const std::string& name, torch::Tensor tensor);
    /// Fills `positions` and `counted` from the targets (on the CPU, before the batch goes to a device).
    void count();
    Batch to(torch::Device device) const;
    /// So many, where every array has the rows on its first axis; else 0.
    std::int64_t row_count() const;
    /// Some of the rows, of a batch with a row_count(); views of the same memory. What counts of them is found anew
    /// from the targets (on the CPU); without targets each row counts alike.
    Batch rows(std::int64_t first, std::int64_t count) const;

    std::int64_t counted = 0;  ///< positions (or rows) that count: the divisor of the mean

  private:
    std::map<std::string, torch::Tensor, std::less<>> tensors_;
};

}  // namespace gw

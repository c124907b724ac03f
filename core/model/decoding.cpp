#include "model/decoding.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

// Shape letters: T time, n new tokens of it, D width, H query heads, K key-value heads, G = H / K, C width of a head.
namespace gw {

namespace {

/// Keys and values of one block, with room for more.
class KeptValues {
  public:
    /// Appends k and v [1, K, n, C] behind the `length` that stand there.
    void append(const torch::Tensor& k_1KnC, const torch::Tensor& v_1KnC, std::int64_t length, std::int64_t context) {
        const std::int64_t count = k_1KnC.size(2);
        make_room(keys_KTC, k_1KnC, length, length + count, context);
        make_room(values_KTC, v_1KnC, length, length + count, context);
        keys_KTC.narrow(1, length, count).copy_(k_1KnC[0]);
        values_KTC.narrow(1, length, count).copy_(v_1KnC[0]);
    }

    torch::Tensor keys_KTC;    ///< float32 at least, as scores are
    torch::Tensor values_KTC;  ///< in the compute dtype

  private:
    static void make_room(torch::Tensor& kept_KTC, const torch::Tensor& like_1KnC, std::int64_t length,
                          std::int64_t wanted, std::int64_t context) {
        if (kept_KTC.defined() && kept_KTC.size(1) >= wanted) return;
        constexpr std::int64_t least = 64;
        const std::int64_t room = std::min(context, std::max(least, 2 * wanted));
        torch::Tensor larger = torch::empty({like_1KnC.size(1), room, like_1KnC.size(3)}, like_1KnC.options());
        if (length > 0) larger.narrow(1, 0, length).copy_(kept_KTC.narrow(1, 0, length));
        kept_KTC = larger;
    }
};

/// attend() of queries that stand at the end of `total` kept tokens: [1, H, n, C] of [1, H, n, C]. Key-value heads are
/// not repeated: the queries that share one stand below each other.
torch::Tensor attend_to(const KeptValues& kept, std::int64_t total, const torch::Tensor& q_1HnC) {
    const std::int64_t heads = q_1HnC.size(1), count = q_1HnC.size(2), width = q_1HnC.size(3);
    const torch::Tensor k = kept.keys_KTC.narrow(1, 0, total), v = kept.values_KTC.narrow(1, 0, total);
    const std::int64_t groups = k.size(0), rows = heads / groups * count;
    const torch::Tensor q =
        (at_least_float(q_1HnC) * (1.0 / std::sqrt(static_cast<double>(width)))).reshape({groups, rows, width});
    torch::Tensor scores_KRT = torch::bmm(q, k.transpose(1, 2));
    if (count > 1) {
        const torch::Tensor future =
            torch::full({count, total}, -std::numeric_limits<double>::infinity(), scores_KRT.options())
                .triu(total - count + 1);
        scores_KRT.view({groups, heads / groups, count, total}).add_(future);
    }
    return torch::bmm(torch::softmax(scores_KRT, -1).to(v.scalar_type()), v).view({1, heads, count, width});
}

class TransformerDecoder final : public Decoder {
  public:
    TransformerDecoder(DecodedTrunk trunk, const Pass& pass)
        : trunk_(std::move(trunk)), pass_{.compute = pass.compute}, kept_(trunk_.blocks->each().size()) {}

    torch::Tensor read(const torch::Tensor& ids_T) override {
        const torch::InferenceMode inference;
        const std::int64_t count = ids_T.size(0), total = length_ + count;
        TORCH_CHECK(count > 0 && total <= trunk_.context, "a text of ", total,
                    " tokens does not fit into the context of ", trunk_.context);
        std::optional<Rotary> rotary;
        if (trunk_.rotary)
            rotary = Rotary{trunk_.rotary->cosines.narrow(0, length_, count),
                            trunk_.rotary->sines.narrow(0, length_, count)};
        torch::Tensor x_1nD = trunk_.embed(ids_T.unsqueeze(0), length_);
        const std::vector<TransformerBlock>& blocks = trunk_.blocks->each();
        for (std::size_t i = 0; i < blocks.size(); ++i)
            x_1nD = through(blocks[i], kept_[i], x_1nD, rotary, /*last=*/i + 1 == blocks.size());
        length_ = total;
        const Norm* norm = trunk_.blocks->last_norm();
        return (norm ? (*norm)(x_1nD, pass_) : x_1nD.to(pass_.compute))[0];  // the last block left one
    }

    std::int64_t length() const override { return length_; }
    void begin_anew() override { length_ = 0; }

  private:
    /// A block's output of the new tokens; of the `last` block that of the last one alone, as nothing looks at the
    /// others any more.
    torch::Tensor through(const TransformerBlock& block, KeptValues& kept, const torch::Tensor& x_1nD,
                          const std::optional<Rotary>& rotary, bool last) const {
        const TransformerBlock::Parts of = block.parts();
        const Attention::Shape& shape = of.attention.shape();
        const std::int64_t count = x_1nD.size(1), total = length_ + count, head = shape.width / shape.heads;
        const auto parts = of.attention.qkv()(of.pre ? of.norm1(x_1nD, pass_) : x_1nD, pass_)
                               .split_with_sizes({shape.width, shape.kv_heads * head, shape.kv_heads * head}, -1);
        auto by_head = [&](const torch::Tensor& values, std::int64_t heads) {
            return values.view({1, count, heads, head}).transpose(1, 2);
        };
        torch::Tensor q = by_head(parts[0], shape.heads), k = by_head(parts[1], shape.kv_heads), x = x_1nD;
        if (rotary) {
            q = (*rotary)(q);
            k = (*rotary)(k);
        }
        kept.append(at_least_float(k), by_head(parts[2], shape.kv_heads), length_, trunk_.context);
        if (last) {
            q = q.narrow(2, count - 1, 1);
            x = x.narrow(1, count - 1, 1);
        }
        const torch::Tensor seen = attend_to(kept, total, q).transpose(1, 2).reshape({1, x.size(1), shape.width});
        x = x + of.attention.out()(seen, pass_);
        if (of.pre) return x + of.feed_forward(of.norm2(x, pass_), pass_);
        x = of.norm1.wide(x);
        return of.norm2.wide(x + of.feed_forward(x, pass_));
    }

    const DecodedTrunk trunk_;
    const Pass pass_;
    std::vector<KeptValues> kept_;  ///< of each block
    std::int64_t length_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> transformer_decoder(DecodedTrunk trunk, const Pass& pass) {
    return std::make_unique<TransformerDecoder>(std::move(trunk), pass);
}

}  // namespace gw

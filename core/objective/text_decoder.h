#pragma once
#include <string>

#include "model/decoder_blocks.h"
#include "objective/objective.h"
#include "schema/field.h"

// Shape letters: B batch, T time of what is written, S time of what it is written from, D width, V vocabulary, X ids
// of the decoder's own.
namespace gw {

/// The settings of a decoder of text; objectives that have one take them into their own.
struct TextDecoderSettings {
    std::int64_t decoder_layers = 2, decoder_head_width = 32;
    double decoder_dropout = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&TextDecoderSettings::decoder_layers>(
            {.key = "decoder_layers",
             .label = "Layers of the decoder",
             .help = "Blocks that write token by token and look at all that the backbone made of what it was shown. "
                     "They stay with the objective: fine-tuning takes the backbone alone.",
             .min = 1,
             .max = 64,
             .scale = schema::Scale::log}),
        schema::field<&TextDecoderSettings::decoder_dropout>(
            {.key = "decoder_dropout",
             .label = "Dropout of the decoder",
             .help = "Share of activations zeroed in it while training; 0 when every token is seen about once.",
             .min = 0,
             .max = 0.9}),
        schema::field<&TextDecoderSettings::decoder_head_width>(
            {.key = "decoder_head_width",
             .label = "Head width",
             .help = "Values of an attention head of the decoder, which is as wide as the backbone: it has as few "
                     "heads as leave none wider than this.",
             .min = 1,
             .max = 1024,
             .scale = schema::Scale::log,
             .audience = schema::Audience::expert}),
    };

    BlocksShape decoder(std::int64_t width) const;
};

/// What beside the backbone's own facts gives a decoder its size.
struct WrittenText {
    std::int64_t own_ids = 0;  ///< ids behind the vocabulary that it reads and writes besides
    std::int64_t longest = 1;  ///< positions that it has
};

/// Writes a text token by token from what a backbone made of another: the right half of the transformer of Vaswani et
/// al. 2017 (arXiv:1706.03762), norms before each part. It is as wide as the backbone and reads the backbone's token
/// embedding, which is its output layer too where the backbone is tied, as T5 has it (Raffel et al. 2020,
/// arXiv:1910.10683, section 2.1).
class TextDecoder {
  public:
    TextDecoder(const Initialiser& init, const TextDecoderSettings& settings, const BackboneFacts& backbone,
                const WrittenText& text);
    /// Features [B, T, D] in the compute dtype, normalised, each from which the id behind it is said; of `ids` [B, T]
    /// int64 below vocabulary() and a memory [B, S, D] whose padding Pass::valid_BT [B, S] names.
    torch::Tensor operator()(const torch::Tensor& ids_BT, const torch::Tensor& memory_BSD, const Pass& pass) const;
    /// The output layer, [vocabulary(), D].
    torch::Tensor output() const;
    std::int64_t vocabulary() const { return words_ + own_.size(0); }
    std::int64_t longest() const { return positions_.size(0); }
    void list(Parameters& out) const;

    static std::int64_t parameters(const TextDecoderSettings& settings, const BackboneFacts& backbone,
                                   const WrittenText& text);
    /// Beside the backbone's cost of rows of `row` tokens of which it sees `memory`, while `written` are written.
    static ObjectiveCost cost(const TextDecoderSettings& settings, const BackboneFacts& backbone, std::int64_t row,
                              std::int64_t memory, std::int64_t written);

  private:
    std::int64_t words_;
    torch::Tensor embedding_;  ///< the backbone's, [V, D]
    torch::Tensor output_;     ///< [V, D]; undefined where that is it
    torch::Tensor own_;        ///< [X, D]
    torch::Tensor positions_;  ///< [longest, D]
    double dropout_;
    DecoderBlocks blocks_;
};

}  // namespace gw

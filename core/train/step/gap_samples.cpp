#include "train/step/gap_samples.h"

#include <torch/types.h>

#include <algorithm>

#include "util/text.h"

namespace gw {

namespace {

/// A text of which some stretches are of interest: tokens [first, second).
struct TextWithStretches {
    std::vector<Token> ids;
    std::vector<std::pair<std::size_t, std::size_t>> stretches;

    void append(std::span<const Token> more) {
        stretches.emplace_back(ids.size(), ids.size() + more.size());
        ids.insert(ids.end(), more.begin(), more.end());
    }

    /// Decoded as a whole: a tokenizer may write the beginning of a text in another way than its middle.
    std::string in_brackets(const Tokenizer& tokenizer) const {
        const std::string text = tokenizer.decode(ids);
        const auto bytes_of_first = [&](std::size_t count) {
            return std::min(text.size(), tokenizer.decode(std::span(ids).first(count)).size());
        };
        std::string out;
        std::size_t at = 0;
        for (const auto& [first, last] : stretches) {
            const std::size_t begin = std::max(at, bytes_of_first(first)), end = std::max(begin, bytes_of_first(last));
            out += text.substr(at, begin - at) + "[" + text.substr(begin, end - begin) + "]";
            at = end;
        }
        return well_formed_utf8(out + text.substr(at));
    }
};

TextWithStretches with_filled(const std::vector<Token>& ids, const Filled& filled, Token mask) {
    TextWithStretches out;
    std::size_t gap = 0;
    for (const Token id : ids)
        if (id == mask && filled[gap++])
            out.append(*filled[gap - 1]);
        else
            out.ids.push_back(id);
    return out;
}

std::vector<Token> tokens_of(const torch::Tensor& ids_T) {
    const torch::Tensor ids = ids_T.contiguous();
    const auto* const first = ids.data_ptr<std::int64_t>();
    std::vector<Token> out;
    std::transform(first, first + ids.numel(), std::back_inserter(out), [](auto id) { return static_cast<Token>(id); });
    return out;
}

/// A window with what is asked of it: the tokens that are targets at their own places, the marks of a decoder being no
/// tokens of the text.
TextWithStretches truth_of(const std::vector<Token>& window, const torch::Tensor& targets) {
    TextWithStretches out;
    for (std::size_t i = 0; i < window.size();) {
        std::size_t end = i;
        while (end < window.size() && targets[static_cast<std::int64_t>(end)].item<std::int64_t>() == window[end])
            ++end;
        if (end > i)
            out.append(std::span(window).subspan(i, end - i));
        else
            out.ids.push_back(window[end++]);
        i = end;
    }
    return out;
}

}  // namespace

Result<std::string> gaps_filled(Backbone& backbone, const Objective& objective, const Tokenizer& tokenizer,
                                const std::vector<Token>& ids, const Pass& pass) {
    Result<Filled> filled = objective.filled(backbone, ids, Pass{pass.compute, /*training=*/false});
    if (!filled) return filled.error();
    return well_formed_utf8(tokenizer.decode(with_filled(ids, filled.value(), tokenizer.mask()).ids));
}

std::vector<SampleText> gap_samples(const Model& model, const PreparedData& data, std::int64_t step) {
    constexpr std::int64_t shown = 3, most_tokens = 64;
    const Tokenizer& tokenizer = *data.tokenizer;
    const std::int64_t size = data.validation.size(),
                       length = std::min({size, most_tokens, model.backbone->facts().context});
    std::vector<SampleText> out;
    if (length < 2) return out;
    for (std::int64_t i = 0; i < std::min(shown, size / length); ++i) {
        std::vector<Token> window(static_cast<std::size_t>(length));
        HostBatch rows;
        rows.rows = 1;
        rows.places = {i * (size - length) / shown};
        data.validation.copy(rows.places[0], length, window.data());
        HostArray tokens(HostArray::Type::i32, {1, length});
        std::copy(window.begin(), window.end(), tokens.values<Token>());
        rows.arrays.emplace(array::tokens, std::move(tokens));
        const Batch fed = model.objective->feed(rows, RowSeeds::by_place(0));
        const std::vector<Token> asked = tokens_of(fed[array::tokens][0]);
        const Result<Filled> filled = model.objective->filled(*model.backbone, asked, model.pass(false));
        out.push_back({step, well_formed_utf8(tokenizer.decode(asked)),
                       filled ? with_filled(asked, filled.value(), tokenizer.mask()).in_brackets(tokenizer)
                              : "(" + filled.error().message + ")"});
        out.back().text += "\n(true: " + truth_of(window, fed[array::targets][0]).in_brackets(tokenizer) + ")";
    }
    return out;
}

}  // namespace gw

#include <torch/types.h>

#include <algorithm>
#include <limits>

#include "objective/catalog.h"
#include "objective/linear_cross_entropy.h"
#include "objective/spans.h"
#include "objective/text_decoder.h"

// Shape letters: B batch, L tokens of a window, S of them that the backbone sees, G gaps, T positions that are written,
// D width, V vocabulary with the decoder's own ids, N counted positions.
namespace gw {

namespace {

/// Where in what the backbone sees each gap stands, int64 [B, G], rising in every row.
constexpr const char* gap_places = "gap_places";
/// What the decoder is shown, int64 [B, T]: each gap's mark and what was dropped there.
constexpr const char* written_ids = "written";
/// Of each place of array::targets the position of the decoder that says it, int64 [B, L + 1]; 0 where nothing is.
constexpr const char* said_by = "said_by";

struct SpanDenoisingConfig : TextDecoderSettings {
    double rate = 0.15, mean_span = 3;

    static constexpr auto fields = std::tuple_cat(
        std::tuple{
            schema::field<&SpanDenoisingConfig::rate>({.key = "rate",
                                                       .label = "Dropped share",
                                                       .help = "Share of the tokens that are dropped and written.",
                                                       .min = 0.01,
                                                       .max = 0.9}),
            schema::field<&SpanDenoisingConfig::mean_span>(
                {.key = "mean_span",
                 .label = "Mean gap",
                 .help = "Tokens that are dropped together, on average. The longer, the more has to be made up and "
                         "the less can be read off what stands beside it.",
                 .unit = "tokens",
                 .min = 1,
                 .max = 1000,
                 .scale = schema::Scale::log}),
        },
        TextDecoderSettings::fields);

    SpanCounts counts(std::int64_t length) const { return span_counts(length, rate, mean_span); }
    /// A mark for each gap and one for the end; the decoder reads all but that.
    WrittenText text(std::int64_t context) const {
        const SpanCounts most = counts(context);
        return {most.spans + 1, most.dropped + most.spans};
    }
};

/// T5's denoising (Raffel et al. 2020, arXiv:1910.10683, section 3.1.4): stretches of a window are dropped, and each
/// leaves one gap; a decoder writes, gap after gap, the gap's mark and what was dropped there, and a last mark behind
/// all. The first mark is given. Loss = sum of -log p(token or mark) over what is written behind it.
///
/// What the backbone sees has the tokenizer's mask in each gap, so that its vocabulary is that of any other objective
/// and its weights can be taken to all of them. Which gap is which is told behind it: a learnt vector of the gap's
/// number joins what it made of the gap before the decoder looks there. The marks that are read and written are ids of
/// the decoder's own, behind the vocabulary.
class SpanDenoising final : public Objective {
  public:
    SpanDenoising(const SpanDenoisingConfig& config, const ObjectiveInputs& inputs)
        : SpanDenoising(config, inputs, Initialiser("gpt2", inputs.seed)) {}

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        const std::int64_t length = rows.length();
        const SpanCounts counts = config_.counts(length);
        TORCH_CHECK(counts.spans < marks(), "a window of ", length, " tokens is longer than the context");
        const std::int64_t seen = length - counts.dropped + counts.spans, time = counts.dropped + counts.spans;
        const auto whole = [&](std::int64_t columns, std::int64_t value) {
            return torch::full({rows.rows, columns}, value, torch::kInt64);
        };
        const torch::Tensor seen_BS = whole(seen, 0), gaps_BG = whole(counts.spans, 0), written_BT = whole(time, 0),
                            targets_BL = whole(length + 1, not_counted), said_BL = whole(length + 1, 0);
        const Token* tokens = rows.arrays.find(array::tokens)->second.values<Token>();
        for (std::int64_t row = 0; row < rows.rows; ++row) {
            Rng rng(seeds.of(rows, row));
            drop_spans(
                tokens + row * length, length, draw_spans(length, counts, rng),
                {seen_BS.data_ptr<std::int64_t>() + row * seen, gaps_BG.data_ptr<std::int64_t>() + row * counts.spans,
                 written_BT.data_ptr<std::int64_t>() + row * time,
                 targets_BL.data_ptr<std::int64_t>() + row * (length + 1),
                 said_BL.data_ptr<std::int64_t>() + row * (length + 1)},
                tokenizer_.mask(), mark(0));
        }
        Batch batch;
        batch.set(array::tokens, seen_BS);
        batch.set(gap_places, gaps_BG);
        batch.set(written_ids, written_BT);
        batch.set(array::targets, targets_BL);
        batch.set(said_by, said_BL);
        batch.count();
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {{"loss", linear_cross_entropy(scores(net, batch, pass))}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const auto [losses, hits] = linear_cross_entropy_rows(scores(net, batch, pass));
        return {losses, {}, hits};
    }

    Parameters parameters() const override {
        Parameters all{{"decoder.gaps.weight", gaps_}};
        decoder_.list(all);
        return all;
    }

    bool has_perplexity() const override { return true; }
    bool fills_gaps() const override { return true; }

    Result<Filled> filled(Backbone& net, const std::vector<Token>& ids, const Pass& pass) const override {
        const torch::InferenceMode inference;
        const torch::Device device = gaps_.device();
        const std::size_t most = std::min(ids.size(), static_cast<std::size_t>(net.facts().context));
        std::vector<std::int64_t> seen(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(most)), places;
        for (std::size_t i = 0; i < most; ++i)
            if (ids[i] == tokenizer_.mask()) places.push_back(static_cast<std::int64_t>(i));
        Filled out(static_cast<std::size_t>(std::count(ids.begin(), ids.end(), tokenizer_.mask())));
        const auto gaps = static_cast<std::int64_t>(places.size());
        if (gaps == 0) return out;
        if (gaps >= marks())
            return Error{Error::Code::bad_spec,
                         "The text has " + std::to_string(gaps) + " gaps, but the model was trained with " +
                             std::to_string(marks() - 1) + " in a window",
                         "Leave fewer gaps in the text",
                         {"prompt"}};
        Batch batch = Batch::of_tokens(torch::tensor(seen, torch::kInt64).unsqueeze(0));
        batch.set(gap_places, torch::tensor(places, torch::kInt64).unsqueeze(0));
        const torch::Tensor memory_1SD = memory(net, batch.to(device), pass), output_VD = decoder_.output();
        std::vector<std::int64_t> written{mark(0)};
        for (std::size_t gap = 0; static_cast<std::int64_t>(gap) < gaps;) {
            if (!out[gap]) out[gap].emplace();
            if (static_cast<std::int64_t>(written.size()) > decoder_.longest()) break;
            const torch::Tensor ids_1T = torch::tensor(written, torch::kInt64).unsqueeze(0).to(device);
            const torch::Tensor features_1D = decoder_(ids_1T, memory_1SD, pass)[0].narrow(0, ids_1T.size(1) - 1, 1);
            const std::int64_t next = likeliest(project(features_1D, output_VD, {}, pass)[0], gap + 1);
            written.push_back(next);
            if (next == mark(gap + 1))
                ++gap;
            else
                out[gap]->push_back(static_cast<Token>(next));
        }
        return out;
    }

  private:
    SpanDenoising(const SpanDenoisingConfig& config, const ObjectiveInputs& inputs, const Initialiser& init)
        : config_(config),
          tokenizer_(*inputs.tokenizer),
          decoder_(init, config, inputs.backbone, config.text(inputs.backbone.context)),
          // What they join is normalised: as large as it.
          gaps_(init.table("decoder.gaps.weight", config.counts(inputs.backbone.context).spans, inputs.backbone.width,
                           /*spread=*/1.0)) {}

    std::int64_t marks() const { return gaps_.size(0) + 1; }
    std::int64_t mark(std::size_t gap) const { return tokenizer_.vocabulary() + static_cast<std::int64_t>(gap); }

    /// A row of each array of a batch.
    struct FedRow {
        std::int64_t *seen, *gaps, *written, *targets, *said;
    };
    /// A token is a target at its own place, a mark at the place behind the stretch that it closes: kept tokens and the
    /// end of the window, each at most once. So targets of windows that overlap can be told apart by their places.
    static void drop_spans(const Token* row, std::int64_t length, const std::vector<DroppedSpan>& spans, FedRow to,
                           std::int64_t mask, std::int64_t mark) {
        std::int64_t at = 0, seen = 0, time = 0;
        const auto say = [&](std::int64_t place, std::int64_t id) {
            to.targets[place] = id;
            to.said[place] = time - 1;
        };
        for (const DroppedSpan& span : spans) {
            while (at < span.begin) to.seen[seen++] = row[at++];
            *to.gaps++ = seen;
            to.seen[seen++] = mask;
            to.written[time++] = mark++;
            for (; at < span.end; ++at) {
                say(at, row[at]);
                to.written[time++] = row[at];
            }
            say(span.end, mark);
        }
        while (at < length) to.seen[seen++] = row[at++];
    }

    /// What the decoder looks at, [B, S, D].
    torch::Tensor memory(Backbone& net, const Batch& batch, const Pass& pass) const {
        const torch::Tensor features_BSD = at_least_float(net.features(batch, pass).sequence_BTD);
        const torch::Tensor gaps_BG = batch[gap_places];
        const std::int64_t count = gaps_BG.size(1), width = features_BSD.size(2);
        return features_BSD.scatter_add(1, gaps_BG.unsqueeze(2).expand({-1, -1, width}),
                                        gaps_.narrow(0, 0, count).unsqueeze(0).expand({gaps_BG.size(0), -1, -1}));
    }

    LinearScores scores(Backbone& net, const Batch& batch, const Pass& pass) const {
        const torch::Tensor features_BTD = decoder_(batch[written_ids], memory(net, batch, pass), pass);
        const torch::Tensor targets_BL = batch[array::targets], places_N = batch[array::positions];
        TORCH_CHECK(places_N.defined(), "a window of which every place is asked");
        const torch::Tensor at_N = torch::div(places_N, targets_BL.size(1), "floor") * features_BTD.size(1) +
                                   batch[said_by].flatten().index_select(0, places_N);
        return {features_BTD.flatten(0, 1).index_select(0, at_N),
                decoder_.output(),
                {},
                targets_BL.flatten().index_select(0, places_N),
                pass.compute};
    }

    /// Of what may stand there: a token of a text, or the mark that closes the gap.
    std::int64_t likeliest(const torch::Tensor& logits_V, std::size_t closing) const {
        torch::Tensor allowed_V = logits_V.to(torch::kCPU, torch::kFloat32).clone();
        const float close = allowed_V[mark(closing)].item<float>();
        allowed_V.narrow(0, mark(0), marks()).fill_(-std::numeric_limits<float>::infinity());
        allowed_V[tokenizer_.mask()] = -std::numeric_limits<float>::infinity();
        allowed_V[mark(closing)] = close;
        return allowed_V.argmax(0).item<std::int64_t>();
    }

    SpanDenoisingConfig config_;
    const Tokenizer& tokenizer_;
    TextDecoder decoder_;
    torch::Tensor gaps_;  ///< [most gaps of a window, D]
};

}  // namespace

ObjectiveKind span_denoising_kind() {
    auto kind = kind_of<ObjectiveKind, SpanDenoisingConfig>(
        {.id = "span_denoising",
         .title = "Gaps of text",
         .summary = "Drop stretches of a text and let a decoder write them: an encoder and a decoder together, as in "
                    "T5.",
         .source = "Raffel et al. 2020, arXiv:1910.10683"},
        [](const SpanDenoisingConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<SpanDenoising>(config, inputs);
        });
    kind.needs = {"tokens", "sequence", "a backbone that sees both sides"};
    kind.causal = false;
    // The decoder, and a vector for each gap.
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) {
        SpanDenoisingConfig config;
        (void)schema::load(config, settings, "objective");
        return TextDecoder::parameters(config, backbone, config.text(backbone.context)) +
               config.counts(backbone.context).spans * backbone.width;
    };
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        SpanDenoisingConfig config;
        (void)schema::load(config, settings, "objective");
        const std::int64_t row = std::max<std::int64_t>(backbone.context, 2);
        const SpanCounts counts = config.counts(row);
        return TextDecoder::cost(config, backbone, row, row - counts.dropped + counts.spans,
                                 counts.dropped + counts.spans);
    };
    kind.metrics = {"loss", "perplexity", "accuracy"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw

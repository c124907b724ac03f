#include <torch/optim/adam.h>

#include <cmath>
#include <map>
#include <set>

#include "engine/check_gradients.h"
#include "engine/small.h"
#include "engine/stretch.h"
#include "model/decoder_blocks.h"
#include "objective/spans.h"
#include "study/inference.h"

// Gaps of text: what is dropped and asked, what the decoder may see, what it costs and what it writes.
namespace gw {
namespace {

const test::LetterTokenizer letters_of_gaps(9);
constexpr std::int64_t words = 11;  // with separator and mask; marks are ids from here on
const Json gap_backbone = Json::parse(R"({"layers": 1, "width": 16, "heads": 2, "context": 24})");

std::unique_ptr<Objective> gap_objective(const Backbone& net, const Json& settings = Json::object()) {
    const ObjectiveKind& kind = *find_kind(objectives(), "span_denoising");
    return kind.build(kind.complete(settings), ObjectiveInputs{net.facts(), &letters_of_gaps, 3});
}

HostBatch gap_rows(std::int64_t rows, std::int64_t length) {
    std::vector<Token> ids;
    for (std::int64_t i = 0; i < rows * length; ++i) ids.push_back(static_cast<Token>((i * 7 + i * i / 5) % 9));
    return test::token_rows(rows, length, ids);
}

std::vector<std::int64_t> row_of(const torch::Tensor& values, std::int64_t row) {
    const torch::Tensor one = values[row].contiguous();
    return {one.data_ptr<std::int64_t>(), one.data_ptr<std::int64_t>() + one.numel()};
}

/// The window again from what the backbone sees and what is said behind each position of the decoder.
std::vector<std::int64_t> restored(const std::vector<std::int64_t>& seen, const std::vector<std::int64_t>& said) {
    std::vector<std::int64_t> out;
    std::size_t at = 0;
    std::int64_t gap = 0;
    for (const std::int64_t id : seen)
        if (id == letters_of_gaps.mask()) {
            while (said.at(at) != words + gap + 1) out.push_back(said.at(at++));
            ++at;
            ++gap;
        } else {
            out.push_back(id);
        }
    EXPECT_EQ(at, said.size());
    return out;
}

TEST(Spans, TakeTheirShareInStretchesOfTheirLength) {
    for (const double rate : {0.15, 0.3, 0.5})
        for (const double mean : {1.0, 3.0, 8.0}) {
            const SpanCounts counts = span_counts(400, rate, mean);
            EXPECT_NEAR(static_cast<double>(counts.dropped) / 400, rate, 0.002);
            EXPECT_NEAR(static_cast<double>(counts.dropped) / static_cast<double>(counts.spans), mean, 0.1 * mean);
        }
    for (std::int64_t length = 1; length < 60; ++length)
        for (const double rate : {0.01, 0.15, 0.5, 0.9})
            for (const double mean : {1.0, 3.0, 100.0}) {
                const SpanCounts counts = span_counts(length, rate, mean);
                Rng rng(static_cast<std::uint64_t>(length));
                std::int64_t dropped = 0, before = 0;
                const auto spans = draw_spans(length, counts, rng);
                EXPECT_EQ(static_cast<std::int64_t>(spans.size()), counts.spans);
                for (const DroppedSpan& span : spans) {
                    EXPECT_GT(span.begin, before) << "a token is kept before each";
                    EXPECT_GT(span.end, span.begin);
                    dropped += span.end - span.begin;
                    before = span.end;
                }
                EXPECT_EQ(dropped, counts.dropped);
                if (length > 1) {
                    EXPECT_EQ(before, length);
                }
            }
}

TEST(Spans, AllWaysToCutAreEquallyLikely) {
    // 4 dropped in 2 stretches: 3 ways; 5 kept in 2: 4 ways.
    std::map<std::vector<std::int64_t>, int> seen;
    constexpr int draws = 24000;
    Rng rng(5);
    for (int i = 0; i < draws; ++i) {
        std::vector<std::int64_t> bounds;
        for (const DroppedSpan& span : draw_spans(9, {4, 2}, rng)) {
            bounds.push_back(span.begin);
            bounds.push_back(span.end);
        }
        ++seen[bounds];
    }
    ASSERT_EQ(seen.size(), 12U);
    for (const auto& [bounds, count] : seen) EXPECT_NEAR(count, draws / 12.0, 5 * std::sqrt(draws / 12.0));
}

TEST(SpanDenoising, WhatIsSeenAndWhatIsAskedMakeTheWindow) {
    const auto net = test::small_backbone(gap_backbone, words, false);
    for (const double rate : {0.15, 0.4, 0.8}) {
        const auto objective = gap_objective(*net, {{"rate", rate}, {"mean_span", 2.0}});
        const HostBatch rows = gap_rows(8, 24);
        const torch::Tensor whole = Batch(rows)[array::tokens];
        std::set<std::vector<std::int64_t>> different;
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const Batch batch = objective->feed(rows, seed);
            const SpanCounts counts = span_counts(24, rate, 2.0);
            EXPECT_EQ(batch.counted, 8 * (counts.dropped + counts.spans));
            EXPECT_EQ(batch[array::tokens].size(1), 24 - counts.dropped + counts.spans);
            for (std::int64_t row = 0; row < 8; ++row) {
                const auto seen = row_of(batch[array::tokens], row), written = row_of(batch["written"], row),
                           by_place = row_of(batch[array::targets], row), said_by = row_of(batch["said_by"], row);
                std::vector<std::int64_t> said(written.size(), -1);
                for (std::size_t place = 0; place < by_place.size(); ++place)
                    if (by_place[place] != not_counted)
                        said.at(static_cast<std::size_t>(said_by[place])) = by_place[place];
                EXPECT_EQ(restored(seen, said), row_of(whole, row));
                EXPECT_EQ(written[0], words);
                for (std::size_t t = 1; t < written.size(); ++t) EXPECT_EQ(written[t], said[t - 1]) << "shifted by one";
                const auto gaps = row_of(batch["gap_places"], row);
                EXPECT_EQ(static_cast<std::int64_t>(gaps.size()), counts.spans);
                for (const std::int64_t gap : gaps)
                    EXPECT_EQ(seen[static_cast<std::size_t>(gap)], letters_of_gaps.mask());
                different.insert(seen);
            }
        }
        EXPECT_GT(different.size(), 40U) << "other gaps each time";
    }
}

/// The loss of each thing that is asked of row 0, in the order in which it is written.
torch::Tensor losses_of_gaps(const Objective& objective, Backbone& net, const Batch& batch) {
    return objective.measures(net, batch, Pass{}).losses_N;
}

TEST(SpanDenoising, TheDecoderSeesWhatIsBehindItAndTheBackboneBothSides) {
    const auto net = test::small_backbone(gap_backbone, words, false);
    const auto objective = gap_objective(*net, {{"rate", 0.4}, {"mean_span", 3.0}});
    const Batch batch = objective->feed(gap_rows(1, 24), 4);
    const torch::Tensor before = losses_of_gaps(*objective, *net, batch);
    const std::int64_t time = batch["written"].size(1);
    ASSERT_EQ(before.size(0), time);
    for (const std::int64_t changed : {std::int64_t{2}, time - 1}) {
        Batch other = batch;
        const torch::Tensor written = batch["written"].clone();
        written[0][changed] = (written[0][changed] + 1) % 9;
        other.set("written", written);
        const torch::Tensor after = losses_of_gaps(*objective, *net, other);
        EXPECT_TRUE(torch::equal(before.narrow(0, 0, changed), after.narrow(0, 0, changed)));
        EXPECT_TRUE(before.narrow(0, changed, 1).ne(after.narrow(0, changed, 1)).all().item<bool>());
    }
    // The last thing that the backbone is shown reaches the first that is written.
    for (const std::int64_t changed : {std::int64_t{0}, batch[array::tokens].size(1) - 2}) {
        Batch other = batch;
        const torch::Tensor seen = batch[array::tokens].clone();
        seen[0][changed] = (seen[0][changed] + 1) % 9;
        other.set(array::tokens, seen);
        EXPECT_TRUE(before.ne(losses_of_gaps(*objective, *net, other)).all().item<bool>());
    }
}

TEST(SpanDenoising, AModelThatKnowsNothingCostsTheLogarithmOfAllIds) {
    for (const bool tied : {true, false}) {
        Json settings = gap_backbone;
        settings["tied"] = tied;
        const auto net = test::small_backbone(settings, words, false);
        const auto objective = gap_objective(*net);
        const torch::NoGradGuard no_grad;
        std::int64_t ids = words;
        for (const Parameter& p : objective->parameters()) {
            torch::Tensor values = p.tensor;
            if (p.name == "decoder.own_ids.weight") ids += values.size(0);
            if (p.name == "decoder.own_ids.weight" || p.name == "output.weight") values.zero_();
        }
        if (tied) torch::Tensor(net->facts().token_embedding).zero_();
        const Batch batch = objective->feed(gap_rows(3, 24), 1);
        const auto losses = losses_of_gaps(*objective, *net, batch).to(torch::kFloat64);
        EXPECT_NEAR(losses.mean().item<double>(), std::log(static_cast<double>(ids)), 1e-5);
        EXPECT_NEAR(objective->loss(*net, batch, Pass{})[0].sum.item<double>() / static_cast<double>(batch.counted),
                    std::log(static_cast<double>(ids)), 1e-5);
    }
}

TEST(SpanDenoising, Gradients) {
    for (const bool tied : {true, false}) {
        const auto net = test::small_backbone(
            {{"layers", 1}, {"width", 8}, {"heads", 2}, {"context", 12}, {"tied", tied}, {"initialisation", "xavier"}},
            words, false, torch::kFloat64);
        const auto objective =
            gap_objective(*net, {{"rate", 0.4}, {"mean_span", 2.0}, {"decoder_layers", 2}, {"decoder_head_width", 4}});
        Parameters all = net->parameters();
        for (const Parameter& p : objective->parameters()) {
            torch::Tensor values = p.tensor;
            values.set_data(values.detach().to(torch::kFloat64) * (p.tensor.dim() > 1 ? 5 : 1));
            all.push_back(p);
        }
        const Batch batch = objective->feed(gap_rows(2, 12), 11);
        const Pass exact{torch::kFloat64, /*training=*/true};
        test::check_gradients(
            all,
            [&] {
                return minimised(objective->loss(*net, batch, exact), {batch.counted, 2});
            },
            6);
    }
}

/// softmax(q k^T / sqrt(C)) v, value by value.
TEST(CrossAttention, IsThatOfAPlainReference) {
    constexpr std::int64_t rows = 2, time = 3, memory = 5, width = 6, heads = 2, head = 3;
    const CrossAttention layer(Initialiser("xavier", 1), "cross", {.width = width, .heads = heads, .kv_heads = heads});
    Parameters all;
    layer.list(all);
    for (Parameter& p : all) p.tensor.set_data(p.tensor.detach().to(torch::kFloat64));
    const torch::Tensor x = test::numbers({rows, time, width}, 1).detach(),
                        seen = test::numbers({rows, memory, width}, 2).detach(),
                        valid = torch::ones({rows, memory}, torch::kBool);
    valid[1].narrow(0, 3, 2).fill_(false);
    Pass pass{torch::kFloat64};
    pass.valid_BT = valid;
    const torch::NoGradGuard no_grad;
    const torch::Tensor found = layer(x, seen, pass);
    const auto of = [&](const char* name) {
        return std::find_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == name; })->tensor;
    };
    const torch::Tensor q = torch::matmul(x, of("cross.queries.weight").t()) + of("cross.queries.bias"),
                        kv = torch::matmul(seen, of("cross.keys_values.weight").t()) + of("cross.keys_values.bias");
    for (std::int64_t b = 0; b < rows; ++b)
        for (std::int64_t t = 0; t < time; ++t) {
            const torch::Tensor mixed = torch::zeros({width}, torch::kFloat64);
            for (std::int64_t h = 0; h < heads; ++h) {
                std::vector<double> shares;
                double sum = 0;
                for (std::int64_t s = 0; s < memory; ++s) {
                    double score = 0;
                    for (std::int64_t c = h * head; c < (h + 1) * head; ++c)
                        score += q[b][t][c].item<double>() * kv[b][s][c].item<double>();
                    shares.push_back(valid[b][s].item<bool>() ? std::exp(score / std::sqrt(3.0)) : 0.0);
                    sum += shares.back();
                }
                for (std::int64_t s = 0; s < memory; ++s)
                    mixed.narrow(0, h * head, head) +=
                        kv[b][s].narrow(0, width + h * head, head) * (shares[static_cast<std::size_t>(s)] / sum);
            }
            const torch::Tensor expected = torch::mv(of("cross.out.weight"), mixed) + of("cross.out.bias");
            EXPECT_TRUE(torch::allclose(found[b][t], expected, 1e-10, 1e-12));
        }
}

TEST(SpanDenoising, WhatWasLearntByHeartIsWritten) {
    const auto net = test::small_backbone(gap_backbone, words, false);
    const auto objective = gap_objective(*net, {{"rate", 0.3}});
    std::vector<torch::Tensor> tensors;
    for (const Parameters& all : {net->parameters(), objective->parameters()})
        for (const Parameter& p : all) tensors.push_back(p.tensor);
    torch::optim::Adam adam(tensors, torch::optim::AdamOptions(3e-3));
    const HostBatch rows = gap_rows(2, 24);
    const Batch batch = objective->feed(rows, 1);
    double loss = 9;
    for (int step = 0; step < 400 && loss > 0.02; ++step) {
        adam.zero_grad();
        const torch::Tensor mean = minimised(objective->loss(*net, batch, {}), {batch.counted, 2});
        mean.backward();
        adam.step();
        loss = mean.item<double>();
    }
    EXPECT_LT(loss, 0.05);
    for (std::int64_t row = 0; row < 2; ++row) {
        const auto seen = row_of(batch[array::tokens], row);
        const Filled filled = objective->filled(*net, {seen.begin(), seen.end()}, {}).or_throw();
        std::vector<std::int64_t> whole;
        std::size_t gap = 0;
        for (const std::int64_t id : seen)
            if (id != letters_of_gaps.mask())
                whole.push_back(id);
            else
                for (const Token one : filled.at(gap++).value()) whole.push_back(one);
        EXPECT_EQ(whole, row_of(Batch(rows)[array::tokens], row));
    }
}

TEST(SpanDenoising, AnswersTextsThatItCannotBeAsked) {
    const auto net = test::small_backbone(gap_backbone, words, false);
    const auto objective = gap_objective(*net);
    EXPECT_TRUE(objective->filled(*net, {1, 2, 3}, {}).or_throw().empty());
    EXPECT_TRUE(objective->filled(*net, {}, {}).or_throw().empty());
    const auto many = objective->filled(*net, std::vector<Token>(20, letters_of_gaps.mask()), {});
    ASSERT_FALSE(many);
    EXPECT_NE(many.error().message.find("20 gaps"), std::string::npos);
    std::vector<Token> behind(40, 1);
    behind[30] = letters_of_gaps.mask();  // behind the context of 24
    const Filled filled = objective->filled(*net, behind, {}).or_throw();
    ASSERT_EQ(filled.size(), 1U);
    EXPECT_FALSE(filled[0]);
}

TEST(SpanDenoising, ARunShowsItsGapsAndFillsThoseOfAPrompt) {
    test::Stretches run;
    const Json spec = test::tiny_spec({{"objective", {{"kind", "span_denoising"}}}, {"sampling", {{"every", 20}}}});
    ASSERT_EQ(run.go(spec).end, Outcome::End::finished) << run.why();
    const auto figures = run.figures();
    const double loss = figures.at({20, "validation/loss"});
    EXPECT_NEAR(figures.at({20, "validation/perplexity"}), std::exp(loss), 1e-6 * std::exp(loss));
    EXPECT_LT(loss, std::log(258.0));
    EXPECT_FALSE(figures.contains({20, "validation/bits_per_byte"}));
    std::size_t shown = 0;
    for (const SampleText& sample : run.all<SampleText>()) {
        ++shown;
        EXPECT_NE(sample.prompt.find("[MASK]"), std::string::npos) << sample.prompt;
        const auto truth = sample.text.find("\n(true: ");
        ASSERT_NE(truth, std::string::npos) << sample.text;
        // What was kept stands in both, gap by gap.
        std::string rest = sample.text.substr(truth + 8);
        for (std::size_t at = 0, gap = 0; at < sample.prompt.size(); at = gap + 6) {
            gap = std::min(sample.prompt.find("[MASK]", at), sample.prompt.size());
            const std::string kept = sample.prompt.substr(at, gap - at);
            EXPECT_NE(rest.find(kept), std::string::npos) << kept << " in " << rest;
        }
    }
    EXPECT_GE(shown, 3U);
    const auto text = sample_checkpoint(run.checkpoint(20), "Once [MASK] a time", {});
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_EQ(text.value().rfind("Once ", 0), 0U);
}

}  // namespace
}  // namespace gw

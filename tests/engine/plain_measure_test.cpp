#include <cmath>
#include <map>

#include "artifact/checkpoint.h"
#include "data/text/shards.h"
#include "engine/small.h"
#include "eval/judge.h"
#include "eval/task_metrics.h"
#include "objective/losses.h"
#include "study/inference.h"

// What runs are compared by: the same whatever a run was trained by, and whatever its batches were.
namespace gw {
namespace {

/// Labelled texts of every kind of label, with a class that is rare.
class Labelled : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<Scratch>();
        std::ofstream classes(*folder_ / "class.tsv"), sets(*folder_ / "set.tsv"), numbers(*folder_ / "number.tsv"),
            words(*folder_ / "word.conll");
        for (int i = 0; i < 90; ++i) {
            const std::string text = std::string(i % 3 ? "a dog ran to town " : "the cat sat ") +
                                     std::string(static_cast<std::size_t>(i % 7), 'o') + " " + std::to_string(i);
            classes << text << "\t" << (i % 3 ? "dog" : "cat") << "\n";
            sets << text << "\t" << (i % 3 ? "dog" : "cat,small") << (i % 9 == 0 ? ",old" : "") << "\n";
            numbers << text << "\t" << 100 + 13 * (i % 3) + i % 5 << "\n";
            words << (i % 2 ? "Ann NAME\nran O\n" : "the O\ncat ANIMAL\nsat O\n") << "x" << i << " O\n\n";
        }
    }
    static void TearDownTestSuite() { folder_.reset(); }

    static Json dataset(LabelKind kind) {
        const std::string name = label_kind_name(kind);
        Json out = {{"kind", "labelled_text"},
                    {"labels", name},
                    {"paths", {(*folder_ / (name + (name == "word" ? ".conll" : ".tsv"))).string()}}};
        if (name == "word") out["format"] = "columns";
        if (name != "word") out.update({{"text", "1"}, {"label", "2"}});
        return out;
    }
    static LabelKind labels_of(const ObjectiveKind& kind) {
        for (const std::string& need : kind.needs)
            if (need.starts_with("labels of the kind ")) return label_kind_named(need.substr(19));
        return LabelKind::none;
    }
    /// Of these see UnlabelledPictures, PictureRuns and the tests of series.
    static bool reads_no_text(const ObjectiveKind& kind) {
        return std::any_of(kind.needs.begin(), kind.needs.end(), [](const std::string& need) {
            return need == "image" || need == value_rows || need == "windows of series";
        });
    }
    static Json spec_of(const ObjectiveKind& kind, const Json& changes) {
        Json spec = {{"objective", {{"kind", kind.card.id}}},
                     {"split", {{"kind", "by_document"}, {"validation", 0.3}, {"test", 0.0}}},
                     {"backbone", {{"context", 16}}},
                     {"training", {{"budget", 6}, {"threads", 1}}},
                     {"optimizer", {{"lr", 0.01}}}};
        spec["dataset"] = labels_of(kind) == LabelKind::none ? Json{{"kind", "storybook"}, {"stories", 60}}
                                                             : dataset(labels_of(kind));
        spec.update(changes, /*merge_objects=*/true);
        return test::tiny_spec(spec);
    }
    struct Done {
        Scratch folder;
        test::RecordingPort port;
        fs::path checkpoint;
    };
    static std::unique_ptr<Done> go(const Json& spec) {
        auto done = std::make_unique<Done>();
        const Outcome outcome = train({spec, done->folder / "run", *folder_ / "cache", {}, 0}, done->port);
        EXPECT_EQ(outcome.end, Outcome::End::finished) << (outcome.error ? to_text(*outcome.error) : "");
        done->checkpoint = list_checkpoints(done->folder / "run" / "checkpoints").front().path;
        return done;
    }
    static std::unique_ptr<Scratch> folder_;
};
std::unique_ptr<Scratch> Labelled::folder_;

TEST_F(Labelled, EvaluatingAFinishedRunGivesItsOwnLastFigures) {
    for (const ObjectiveKind& kind : objectives()) {
        if (reads_no_text(kind)) continue;
        for (const Json& changes : {Json{{"training", {{"micro_batch", 1}, {"accumulation", 2}}}},
                                    Json{{"training", {{"micro_batch", 3}}}, {"evaluation", {{"overlap", 0.5}}}},
                                    Json{{"training", {{"micro_batch", 5}}},
                                         {"evaluation", {{"every", 4}, {"tokens", 200}, {"whole_at_end", true}}}}}) {
            Json wish = changes;
            wish["evaluation"]["whole_at_end"] = true;
            const auto done = go(spec_of(kind, wish));
            const Score again =
                score_checkpoint(done->checkpoint, "validation", {}, *folder_ / "cache", {}, {}).or_throw();
            std::int64_t compared = 0;
            for (const auto& [name, value] : again.metrics) {
                const auto own = done->port.last("validation/" + name);
                if (!own) continue;
                EXPECT_NEAR(value, *own, 1e-5 * std::max(1.0, std::abs(value)))
                    << kind.card.id << " " << name << " " << changes.dump();
                ++compared;
            }
            EXPECT_GE(compared, 2) << kind.card.id;
            EXPECT_TRUE(done->port.last("validation/loss"));
        }
    }
}

TEST_F(Labelled, AFigureDoesNotDependOnTheMicroBatch) {
    for (const ObjectiveKind& kind : objectives()) {
        if (reads_no_text(kind)) continue;
        std::optional<double> first;
        for (const std::int64_t micro : {1, 2, 4}) {
            const auto done =
                go(spec_of(kind, {{"training", {{"budget", 1}, {"micro_batch", micro}, {"accumulation", 4 / micro}}},
                                  {"optimizer", {{"lr", 0.0}}}}));
            const double loss = done->port.last("validation/loss").value_or(NAN);
            if (!first) first = loss;
            EXPECT_NEAR(loss, *first, 1e-5) << kind.card.id << " micro-batch " << micro;
        }
    }
}

/// The runs differ in what they are trained by alone; nothing is learnt, so that all have the same weights.
TEST_F(Labelled, TheLossIsPlainWhateverARunIsTrainedBy) {
    struct Case {
        const char* kind;
        std::vector<Json> others;
    };
    for (const auto& [id, others] :
         {Case{"classification",
               {{{"smoothing", 0.3}}, {{"balanced", true}}, {{"loss", "focal"}}, {{"loss", "hinge"}}}},
          Case{"word_classes", {{{"smoothing", 0.3}}, {{"balanced", true}}, {{"loss", "focal"}}}},
          Case{"multi_label", {{{"balanced", true}}, {{"loss", "focal"}}}},
          Case{"regression",
               {{{"loss", "absolute"}}, {{"loss", "huber"}}, {{"loss", "log_cosh"}}, {{"loss", "quantile"}}}}}) {
        const ObjectiveKind& kind = *find_kind(objectives(), id);
        const Json still = {{"training", {{"budget", 1}}}, {"optimizer", {{"lr", 0.0}}}};
        const auto plain = go(spec_of(kind, still));
        const double loss = plain->port.last("validation/loss").value();
        if (labels_of(kind) != LabelKind::number) {
            EXPECT_FALSE(plain->port.last("validation/criterion")) << id;
        }
        for (const Json& other : others) {
            Json changes = still;
            changes["objective"] = other;
            changes["objective"]["kind"] = id;
            const auto done = go(spec_of(kind, changes));
            EXPECT_NEAR(done->port.last("validation/loss").value(), loss, 1e-6) << id << other.dump();
            ASSERT_TRUE(done->port.last("validation/criterion")) << id << other.dump();
            EXPECT_GT(std::abs(*done->port.last("validation/criterion") - loss), 1e-5) << id << other.dump();
        }
    }
}

TEST_F(Labelled, TheLossOfNumbersIsTheirUnexplainedVariance) {
    const auto done = go(spec_of(*find_kind(objectives(), "regression"), {{"evaluation", {{"whole_at_end", true}}}}));
    EXPECT_NEAR(done->port.last("validation/loss").value(), 1 - done->port.last("validation/r2").value(), 1e-4);
}

TEST(Balanced, PositivesOfARareClassWeighWhatItsNegativesDo) {
    // 8 texts, of which 2 have the first class, all the second and none the third.
    const LabelFacts facts{LabelKind::class_set, {"rare", "always", "never"}, {2, 8, 0}, 8, 0, 1};
    const auto backbone = test::small_backbone({{"layers", 1}, {"width", 8}, {"heads", 2}, {"context", 8}}, 11, false);
    const test::LetterTokenizer letters(9);
    const ObjectiveKind& kind = *find_kind(objectives(), "multi_label");
    const auto objective = kind.build(kind.complete({{"balanced", true}, {"dropout", 0.0}}),
                                      ObjectiveInputs{backbone->facts(), &letters, 3, facts});
    const torch::NoGradGuard no_grad;
    for (const Parameter& p : objective->parameters())
        p.tensor.detach().zero_();  // every question is answered by one half
    std::vector<Example> examples(8);
    HostBatch rows = test::token_rows(8, 1, std::vector<Token>(8, 1));
    for (std::size_t i = 0; i < 8; ++i) {
        examples[i].classes = i < 2 ? std::vector<std::int32_t>{0, 1} : std::vector<std::int32_t>{1};
        rows.lengths.push_back(1);
        rows.examples.push_back(&examples[i]);
    }
    const Batch batch = objective->feed(rows, 0);
    // ln 2 a term: of the first class 6 negatives and 2 positives of weight 6 / 2; of the others 8 terms of weight 1.
    EXPECT_NEAR(minimised(objective->loss(*backbone, batch, {}), {}).item<double>(),
                std::log(2.0) * (6 + 2 * 3 + 8 + 8), 1e-4);
    EXPECT_NEAR(objective->measures(*backbone, batch, {}).losses_N.sum().item<double>(), std::log(2.0) * 24, 1e-4);
    EXPECT_NEAR(objective->measures(*backbone, batch, {}).criterion_N.sum().item<double>(), std::log(2.0) * 28, 1e-4);
}

TEST(Judging, BatchesHoldNoMoreTokensThanAllowed) {
    const auto backbone = test::small_backbone({{"layers", 1}, {"width", 8}, {"heads", 2}, {"context", 8}}, 11, false);
    const test::LetterTokenizer letters(9);
    const LabelFacts facts{LabelKind::one_class, {"a", "b"}, {5, 5}, 10, 0, 1};
    const ObjectiveKind& kind = *find_kind(objectives(), "classification");
    const auto objective =
        kind.build(kind.complete(Json::object()), ObjectiveInputs{backbone->facts(), &letters, 3, facts});
    const Scratch folder;
    ShardWriter writer = ShardWriter::create(folder / "s.tokens", letters.vocabulary()).or_throw();
    writer.add(std::vector<Token>(40, 2)).or_throw();
    writer.count(40, 1);
    writer.finish().or_throw();
    const TokenStream stream = ShardReader::open(folder / "s.tokens", letters.vocabulary()).or_throw();
    ExampleTable table{LabelKind::one_class, {"a", "b"}, {}};
    for (std::int32_t i = 0; i < 10; ++i) table.examples.push_back({i, 1 + i, {i % 2}, 0, {}, i});
    std::optional<double> loss;
    for (const std::int64_t tokens : {0, 1, 12, 20}) {
        // Progress is told after every batch: 10 examples of 1 to 8 tokens, padded to the longest of the batch.
        std::vector<double> done;
        const Judged found = judge(*backbone, *objective, *text_rows(stream, 8, 9), table, {},
                                   {32, 0, torch::kCPU, tokens}, [&](double share) { done.push_back(share); }, {});
        EXPECT_EQ(found.rows, 10);
        const std::map<std::int64_t, std::size_t> batches{
            {0, 1}, {1, 10}, {12, 7}, {20, 4}};  // at 12: 1 2 3 | 4 5 | 6 | 7 | 8 | 8 | 8
        EXPECT_EQ(done.size(), batches.at(tokens)) << tokens;
        if (!loss) loss = found.loss;
        EXPECT_NEAR(found.loss, *loss, 1e-6);
    }
}

}  // namespace
}  // namespace gw

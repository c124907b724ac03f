#include <cmath>

#include "data/catalog.h"
#include "data/text/story_rules.h"
#include "util/hash.h"
#include "util/progress_texts.h"

namespace gw {

namespace {

struct StorybookConfig {
    std::int64_t stories = 40000, seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&StorybookConfig::stories>({.key = "stories",
                                                  .label = "Stories",
                                                  .help = "How many to write, about 330 bytes each.",
                                                  .min = 20,
                                                  .max = 10000000,
                                                  .scale = schema::Scale::log}),
        schema::field<&StorybookConfig::seed>(
            {.key = "seed", .label = "Seed", .help = "Another seed writes other stories.", .min = 0, .max = 9e15}),
    };
};

const Grammar& grammar() {
    static const Grammar made(story_rules());
    return made;
}

/// Stories drawn from a grammar whose entropy is known, so that a model can be measured against the best there can be.
class Storybook final : public Dataset {
  public:
    explicit Storybook(const StorybookConfig& config) : config_(config) {}

    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport&) const override {
        for (std::int64_t i = 0; i < config_.stories; ++i) {
            constexpr std::int64_t between_reports = 4096;
            if (i % between_reports == 0) {
                if (stop.stop_requested())
                    return Error{Error::Code::cancelled, "Stopped while writing stories", "", {}};
                if (progress)
                    progress(say::writing_stories, static_cast<double>(i) / static_cast<double>(config_.stories));
            }
            Rng rng(mix64(static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(i)));
            const std::string story = grammar().write(rng);
            if (!sink({story, "storybook", i})) break;
        }
        return {};
    }
    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        Sha256 hash;
        hash.add("storybook " + std::to_string(config_.stories) + " " + std::to_string(config_.seed) + "\n");
        for (const RuleText& rule : story_rules()) {
            hash.add(rule.name + "\n");
            for (const auto& [weight, text] : rule.alternatives) hash.add(std::to_string(weight) + " " + text + "\n");
        }
        return hash.finish();
    }
    std::optional<double> floor_nats_per_byte() const override { return grammar().entropy() / grammar().mean_bytes(); }
    std::optional<double> log_probability(std::string_view document) const override {
        const Grammar::Parse parse = grammar().parse(document);
        if (parse.derivations == 0) return std::nullopt;
        return parse.log_probability;
    }

  private:
    StorybookConfig config_;
};

}  // namespace

DatasetKind storybook_kind() {
    auto kind = kind_of<DatasetKind, StorybookConfig>(
        {.id = "storybook",
         .title = "Storybook",
         .summary = "Short English stories written by a grammar; needs no file, and the lowest loss that any model can "
                    "reach is known exactly.",
         .source = ""},
        [](const StorybookConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Storybook>(config); });
    kind.offers = [](const Json&) { return std::vector<std::string>{"text"}; };
    return kind;
}

}  // namespace gw

#include <algorithm>

#include "data/catalog.h"

namespace gw {

namespace {

struct TextChangesConfig {
    double drop = 0.1, shuffle = 0;
    std::int64_t span = 4;
    static constexpr auto fields = std::tuple{
        schema::field<&TextChangesConfig::drop>({.key = "drop",
                                                 .label = "Dropped tokens",
                                                 .help = "How often a token is left out; one is always left.",
                                                 .min = 0,
                                                 .max = 0.9}),
        schema::field<&TextChangesConfig::shuffle>(
            {.key = "shuffle",
             .label = "Shuffled spans",
             .help = "How often the tokens of a span are put in another order; 0 = never.",
             .min = 0,
             .max = 1}),
        schema::field<&TextChangesConfig::span>({.key = "span",
                                                 .label = "Length of spans",
                                                 .help = "A text is cut into spans of so many tokens, which are "
                                                         "shuffled each on its own.",
                                                 .unit = "tokens",
                                                 .min = 2,
                                                 .max = 256}),
    };
};

class TextChanges final : public Augmentation {
  public:
    explicit TextChanges(const TextChangesConfig& config) : config_(config) {}

    std::int64_t tokens(Token* ids, std::int64_t length, Rng rng) const override {
        // Each has draws of its own, so that switching one on leaves the other as it was.
        Rng shuffling(rng()), dropping(rng());
        for (std::int64_t first = 0; first < length; first += config_.span) {
            Rng own(shuffling());
            if (own.uniform() >= config_.shuffle) continue;
            for (std::int64_t last = std::min(config_.span, length - first) - 1; last > 0; --last)
                std::swap(ids[first + last],
                          ids[first + static_cast<std::int64_t>(own.below(static_cast<std::uint64_t>(last + 1)))]);
        }
        const auto stays = static_cast<std::int64_t>(dropping.below(static_cast<std::uint64_t>(length)));
        const Token last_hope = ids[stays];
        std::int64_t kept = 0;
        for (std::int64_t i = 0; i < length; ++i)
            if (dropping.uniform() >= config_.drop) ids[kept++] = ids[i];
        if (kept == 0) ids[kept++] = last_hope;
        return kept;
    }

  private:
    TextChangesConfig config_;
};

}  // namespace

AugmentationKind text_changes_kind() {
    auto kind = kind_of<AugmentationKind, TextChangesConfig>(
        {.id = "text_changes",
         .title = "Small changes of texts",
         .summary = "Labelled texts lose some of their tokens or have them shuffled within short spans, anew in every "
                    "pass.",
         .source = "Wei and Zou 2019, arXiv:1901.11196"},
        [](const TextChangesConfig& config) -> std::unique_ptr<Augmentation> {
            return std::make_unique<TextChanges>(config);
        });
    kind.needs = {"text", labels_whole_rows};
    return kind;
}

}  // namespace gw

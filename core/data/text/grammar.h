#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/rng.h"

namespace gw {

/// A rule in the form it is written down: its name and weighted alternatives. In an alternative
/// `{rule}` stands for a fresh expansion, `{name=rule}` expands and remembers the text, `{$name}` repeats what was
/// remembered last.
struct RuleText {
    std::string name;
    struct Alternative {
        double weight;
        std::string text;
    };
    std::vector<Alternative> alternatives;
};

/// A probabilistic context-free grammar with remembered words. Choices never depend on what was remembered, so that
/// entropy and mean length follow exactly from linear equations over the rules.
class Grammar {
  public:
    /// The first rule is the start. Throws std::invalid_argument for an unknown rule or a word repeated before it was
    /// remembered anywhere.
    explicit Grammar(const std::vector<RuleText>& rules);

    /// One text; the same generator state gives the same text.
    std::string write(Rng& rng) const;

    struct Parse {
        int derivations = 0;         ///< ways in which the grammar can write the text (counted up to 1,000)
        double log_probability = 0;  ///< ln of their summed probability
    };
    Parse parse(std::string_view text) const;

    double entropy() const {
        return entropy_;
    }  ///< of one derivation, nats: that of the text, where no text has two derivations
    double mean_bytes() const { return mean_bytes_; }  ///< of one text

  private:
    struct Item {
        enum What { literal, expand, remember, repeat } what;
        std::string text;
        std::size_t rule = 0, word = 0;
    };
    struct Alternative {
        double probability;
        std::vector<Item> items;
    };
    struct Matcher;
    Item item_of(const std::string& inside, const std::vector<RuleText>& rules);
    std::size_t word_of(const std::string& name);
    void write_rule(std::size_t rule, Rng& rng, std::vector<std::string>& words, std::string& out) const;
    void solve();
    std::vector<std::vector<Alternative>> rules_;
    std::vector<std::string> words_;                      ///< names of what can be remembered
    std::vector<std::optional<std::size_t>> drawn_from_;  ///< the rule that each word is drawn from
    double entropy_ = 0, mean_bytes_ = 0;
};

}  // namespace gw

#include "data/text/grammar.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

namespace gw {

std::size_t Grammar::word_of(const std::string& name) {
    const auto it = std::find(words_.begin(), words_.end(), name);
    if (it != words_.end()) return static_cast<std::size_t>(it - words_.begin());
    words_.push_back(name);
    drawn_from_.emplace_back();
    return words_.size() - 1;
}

Grammar::Item Grammar::item_of(const std::string& inside, const std::vector<RuleText>& rules) {
    Item item{Item::expand, "", 0, 0};
    if (inside.starts_with('$')) {
        item.what = Item::repeat;
        item.word = word_of(inside.substr(1));
        return item;
    }
    const std::size_t equals = inside.find('=');
    const std::string rule = equals == std::string::npos ? inside : inside.substr(equals + 1);
    const auto it = std::find_if(rules.begin(), rules.end(), [&](const RuleText& r) { return r.name == rule; });
    if (it == rules.end()) throw std::invalid_argument("the grammar has no rule \"" + rule + "\"");
    item.rule = static_cast<std::size_t>(it - rules.begin());
    if (equals == std::string::npos) return item;
    item.what = Item::remember;
    item.word = word_of(inside.substr(0, equals));
    std::optional<std::size_t>& from = drawn_from_[item.word];
    if (from && *from != item.rule)
        throw std::invalid_argument("\"" + words_[item.word] +
                                    "\" is drawn from two rules, so its mean length is unknown");
    from = item.rule;
    return item;
}

Grammar::Grammar(const std::vector<RuleText>& rules) {
    for (const RuleText& rule : rules) {
        double total = 0;
        for (const auto& alternative : rule.alternatives) total += alternative.weight;
        std::vector<Alternative>& out = rules_.emplace_back();
        for (const auto& [weight, text] : rule.alternatives) {
            Alternative& alternative = out.emplace_back(Alternative{weight / total, {}});
            for (std::size_t at = 0; at < text.size();) {
                const std::size_t open = std::min(text.find('{', at), text.size());
                if (open > at) alternative.items.push_back({Item::literal, text.substr(at, open - at), 0, 0});
                if (open == text.size()) break;
                const std::size_t close = text.find('}', open);
                if (close == std::string::npos)
                    throw std::invalid_argument("a brace is not closed in \"" + text + "\"");
                alternative.items.push_back(item_of(text.substr(open + 1, close - open - 1), rules));
                at = close + 1;
            }
        }
    }
    for (std::size_t word = 0; word < words_.size(); ++word)
        if (!drawn_from_[word]) throw std::invalid_argument("\"" + words_[word] + "\" is repeated but never drawn");
    solve();
}

std::string Grammar::write(Rng& rng) const {
    std::vector<std::string> words(words_.size());
    std::string out;
    write_rule(0, rng, words, out);
    return out;
}

void Grammar::write_rule(std::size_t rule, Rng& rng, std::vector<std::string>& words, std::string& out) const {
    const std::vector<Alternative>& alternatives = rules_[rule];
    double left = rng.uniform();
    std::size_t chosen = 0;
    while (chosen + 1 < alternatives.size() && (left -= alternatives[chosen].probability) >= 0) ++chosen;
    for (const Item& item : alternatives[chosen].items) {
        const std::size_t begin = out.size();
        switch (item.what) {
            case Item::literal:
                out += item.text;
                break;
            case Item::repeat:
                out += words[item.word];
                break;
            case Item::expand:
                write_rule(item.rule, rng, words, out);
                break;
            case Item::remember:
                write_rule(item.rule, rng, words, out);
                words[item.word] = out.substr(begin);
                break;
        }
    }
}

/// Entropy H and mean length L of each rule: x_r = own_r + sum over its items of x_item, a linear system in the rules
/// (recursion is what makes it more than a sum). A repeated word adds no entropy, and in the mean the length of the
/// rule that it was drawn from.
void Grammar::solve() {
    const std::size_t n = rules_.size();
    std::vector<std::vector<double>> uses_entropy(n, std::vector<double>(n)), uses_length(n, std::vector<double>(n));
    std::vector<double> entropy(n), length(n);
    for (std::size_t r = 0; r < n; ++r) {
        for (const Alternative& alternative : rules_[r]) {
            const double p = alternative.probability;
            entropy[r] -= p * std::log(p);
            for (const Item& item : alternative.items) {
                if (item.what == Item::literal) {
                    length[r] += p * static_cast<double>(item.text.size());
                } else if (item.what == Item::repeat) {
                    uses_length[r][*drawn_from_[item.word]] += p;
                } else {
                    uses_entropy[r][item.rule] += p;
                    uses_length[r][item.rule] += p;
                }
            }
        }
    }
    /// Gaussian elimination of (I - uses) x = own with partial pivoting; returns x of the start rule.
    auto solved = [n](std::vector<std::vector<double>> a, std::vector<double> b) {
        for (std::size_t r = 0; r < n; ++r)
            for (std::size_t c = 0; c < n; ++c) a[r][c] = (r == c ? 1.0 : 0.0) - a[r][c];
        for (std::size_t k = 0; k < n; ++k) {
            std::size_t pivot = k;
            for (std::size_t r = k + 1; r < n; ++r)
                if (std::abs(a[r][k]) > std::abs(a[pivot][k])) pivot = r;
            if (std::abs(a[pivot][k]) < 1e-12)
                throw std::invalid_argument("the grammar does not end with probability one");
            std::swap(a[k], a[pivot]);
            std::swap(b[k], b[pivot]);
            for (std::size_t r = 0; r < n; ++r) {
                if (r == k) continue;
                const double factor = a[r][k] / a[k][k];
                for (std::size_t c = k; c < n; ++c) a[r][c] -= factor * a[k][c];
                b[r] -= factor * b[k];
            }
        }
        return b[0] / a[0][0];
    };
    entropy_ = solved(uses_entropy, entropy);
    mean_bytes_ = solved(uses_length, length);
}

/// Depth-first search over all derivations of a text. What remains to be matched is a linked list on the call stack.
struct Grammar::Matcher {
    struct Rest {
        const Item* item;
        const Item* end;
        const Rest* next;
        const Item* remembers;  ///< when `item == end`: the item whose expansion ends here, or null
        std::size_t expansion_begin;
    };
    const Grammar& grammar;
    std::string_view text;
    std::vector<std::string> words;
    Parse found;

    void match(const Rest* rest, std::size_t at, double log_probability) {
        constexpr int enough = 1000;
        if (found.derivations >= enough) return;
        if (!rest) {
            if (at == text.size()) add(log_probability);
            return;
        }
        if (rest->item == rest->end) {
            if (!rest->remembers) return match(rest->next, at, log_probability);
            std::string& word = words[rest->remembers->word];
            const std::string before = word;
            word = text.substr(rest->expansion_begin, at - rest->expansion_begin);
            match(rest->next, at, log_probability);
            word = before;
            return;
        }
        const Item& item = *rest->item;
        const Rest after{rest->item + 1, rest->end, rest->next, rest->remembers, rest->expansion_begin};
        if (item.what == Item::literal || item.what == Item::repeat) {
            const std::string& wanted = item.what == Item::literal ? item.text : words[item.word];
            if (text.compare(at, wanted.size(), wanted) == 0) match(&after, at + wanted.size(), log_probability);
            return;
        }
        for (const Alternative& alternative : grammar.rules_[item.rule]) {
            const Item* begin = alternative.items.data();
            const Rest inner{begin, begin + alternative.items.size(), &after,
                             item.what == Item::remember ? &item : nullptr, at};
            match(&inner, at, log_probability + std::log(alternative.probability));
        }
    }
    void add(double log_probability) {
        const double high = std::max(found.log_probability, log_probability),
                     low = std::min(found.log_probability, log_probability);
        found.log_probability = found.derivations == 0 ? log_probability : high + std::log1p(std::exp(low - high));
        ++found.derivations;
    }
};

Grammar::Parse Grammar::parse(std::string_view text) const {
    Matcher matcher{*this, text, std::vector<std::string>(words_.size()), {}};
    const Item start{Item::expand, "", 0, 0};
    const Matcher::Rest rest{&start, &start + 1, nullptr, nullptr, 0};
    matcher.match(&rest, 0, 0.0);
    return matcher.found;
}

}  // namespace gw

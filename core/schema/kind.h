#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "schema/field.h"

namespace gw {

/// How a kind is named and where it comes from (paper or specification, with year and link).
struct Card {
    std::string id, title, summary, source;
    std::vector<std::string> aliases = {};  ///< former ids, still accepted from old files and from habit
    bool answers_to(const std::string& name) const {
        return name == id || std::find(aliases.begin(), aliases.end(), name) != aliases.end();
    }
};

/// What a form, a flag parser, a file reader and the manual need of a kind. Names no tensor type.
struct Sheet {
    Card card;
    std::vector<schema::Row> rows;
    /// Problems of one section of a spec; `at` is the section's path.
    std::function<schema::Problems(const Json&, const std::string& at)> check;
    /// The same settings with every value written out, former keys and kinds renamed. Call only after a clean check().
    std::function<Json(const Json&)> complete;
    /// Compatibility is a matching of words: what a kind needs must be offered by another kind of the spec.
    std::vector<std::string> needs;
    /// What it needs besides under some settings of it.
    std::function<std::vector<std::string>(const Json&)> needs_as_set = [](const Json&) {
        return std::vector<std::string>{};
    };
    std::function<std::vector<std::string>(const Json&)> offers = [](const Json&) {
        return std::vector<std::string>{};
    };
    /// Words that the kind offers under other settings of it, with what to change; told where such a word is missing.
    std::vector<std::pair<std::string, std::string>> remedies;
    /// Of objectives: what evaluations report, by the names of schema/metric.h, and the one that runs are judged by.
    std::vector<std::string> metrics;
    std::string main_metric;
    /// Rows that a micro-batch needs before the kind, as it is set, can learn from it: more than one where it sums over
    /// rows. Fewer are warned of.
    std::function<std::int64_t(const Json&)> least_rows = [](const Json&) { return std::int64_t{1}; };

    /// All that it needs with the settings of `section`.
    std::vector<std::string> needs_of(const Json& section) const {
        std::vector<std::string> all = needs;
        for (std::string& word : needs_as_set(section)) all.push_back(std::move(word));
        return all;
    }
    Sheet needing(std::vector<std::string> words) && {
        needs = std::move(words);
        return std::move(*this);
    }
};

/// One choice in a family. `build` makes `Product` (a unique_ptr, or a Result of one where making can fail)
/// from the kind's settings and the `Inputs` that exist only at run time.
template <class Product, class... Inputs>
struct Kind : Sheet {
    /// Call only after a clean check(): throws Failure on settings that do not load, so that nothing is ever made of
    /// defaults that nobody asked for.
    std::function<Product(const Json&, Inputs...)> build;
};

template <class Config>
Sheet sheet_of(Card card) {
    Sheet sheet;
    sheet.card = std::move(card);
    sheet.rows = schema::rows_of<Config>();
    sheet.check = [](const Json& json, const std::string& at) {
        Config config;
        schema::Problems problems = schema::load(config, json, at);
        if constexpr (requires { config.check(problems, at); })
            if (problems.empty()) config.check(problems, at);  // rules across fields
        return problems;
    };
    sheet.complete = [id = sheet.card.id](const Json& json) {
        Config config;
        (void)schema::load(config, json, id);
        Json out = {{"kind", id}};
        out.update(schema::dump(config));
        return out;
    };
    return sheet;
}

/// A kind from its config struct and a function (config, inputs...) -> Product.
template <class KindType, class Config, class Build>
KindType kind_of(Card card, Build build) {
    KindType kind;
    static_cast<Sheet&>(kind) = sheet_of<Config>(std::move(card));
    kind.build = [build, id = kind.card.id](const Json& json, auto&&... inputs) {
        Config config;
        const schema::Problems problems = schema::load(config, json, id);
        if (!problems.empty())
            throw Failure({Error::Code::bad_spec, problems.front().path + ": " + problems.front().message, "", {}});
        return build(config, std::forward<decltype(inputs)>(inputs)...);
    };
    return kind;
}

/// The kind called `id` today or formerly, or null.
template <class Range>
auto* find_kind(const Range& kinds, const std::string& id) {
    for (auto& kind : kinds)
        if (kind.card.answers_to(id)) return &kind;
    return static_cast<decltype(&*std::begin(kinds))>(nullptr);
}

}  // namespace gw

#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "schema/kind.h"

// Settings for suites that go over every kind of a family, made from the kinds' own rows.
namespace gw::test {

/// A value that a row accepts, at or between its limits.
inline Json drawn(const schema::Row& row, std::mt19937_64& rng) {
    const double low = std::isfinite(row.info.min) ? row.info.min : -1e6,
                 high = std::min(std::isfinite(row.info.max) ? row.info.max : 1e6, 1e12);
    switch (row.type) {
        case schema::Type::boolean:
            return rng() % 2 == 0;
        case schema::Type::integer:
            return std::uniform_int_distribution<std::int64_t>(static_cast<std::int64_t>(low),
                                                               static_cast<std::int64_t>(high))(rng);
        case schema::Type::number:
            return std::uniform_real_distribution<double>(low, high)(rng);
        case schema::Type::choice: {
            const auto choices = schema::choices_of(row.info);
            return choices[rng() % choices.size()];
        }
        default:
            return row.default_value;
    }
}

/// The values at the edges of a row: both ends of a range, every choice, both truths.
inline std::vector<Json> edges(const schema::Row& row) {
    std::vector<Json> out;
    if (row.type == schema::Type::boolean) out = {false, true};
    if (row.type == schema::Type::choice)
        for (const std::string& choice : schema::choices_of(row.info)) out.emplace_back(choice);
    if (row.type == schema::Type::integer || row.type == schema::Type::number)
        for (const double end : {row.info.min, row.info.max}) {
            if (!std::isfinite(end)) continue;
            out.push_back(row.type == schema::Type::integer ? Json(static_cast<std::int64_t>(end)) : Json(end));
        }
    return out;
}

/// All settings of a kind as they stand by default, with what counts documents, pieces or pictures lowered to `most`.
inline Json small_settings(const Sheet& sheet, std::int64_t most) {
    constexpr std::int64_t already_small = 1000;
    Json out = sheet.complete(Json::object());
    for (const schema::Row& row : sheet.rows)
        if (row.type == schema::Type::integer && row.default_value.get<std::int64_t>() >= already_small)
            out[std::string(row.info.key)] = std::max(most, static_cast<std::int64_t>(row.info.min));
    return out;
}

/// `settings`, and those in which one choice or truth is another, as far as the kind's own check accepts them.
inline std::vector<Json> variants(const Sheet& sheet, const Json& settings) {
    std::vector<Json> out;
    auto take = [&](const Json& one) {
        if (sheet.check(one, "at").empty()) out.push_back(one);
    };
    take(settings);
    for (const schema::Row& row : sheet.rows)
        if (row.type == schema::Type::choice || row.type == schema::Type::boolean)
            for (const Json& value : edges(row)) {
                Json one = settings;
                if (one.at(std::string(row.info.key)) == value) continue;
                one[std::string(row.info.key)] = value;
                take(one);
            }
    return out;
}

/// The names of all kinds, for INSTANTIATE_TEST_SUITE_P.
template <class Kinds>
std::vector<std::string> ids_of(const Kinds& kinds) {
    std::vector<std::string> out;
    for (const auto& kind : kinds) out.push_back(kind.card.id);
    return out;
}

inline std::string id_name(const testing::TestParamInfo<std::string>& info) {
    return info.param;
}

inline bool has_word(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace gw::test

#include "study/baselines/plain_data.h"

#include <algorithm>
#include <unordered_map>

namespace gw {

namespace {

/// Of two tokens that stand beside each other, or one alone.
using Gram = std::uint64_t;
constexpr Gram alone(Token token) {
    return static_cast<std::uint32_t>(token);
}
constexpr Gram pair_of(Token a, Token b) {
    return (static_cast<Gram>(static_cast<std::uint32_t>(a)) + 1) << 32 | static_cast<std::uint32_t>(b);
}

std::vector<Gram> grams_of(const TokenStream& stream, const Example& example) {
    std::vector<Token> tokens(static_cast<std::size_t>(example.length));
    stream.copy(example.start, example.length, tokens.data());
    std::vector<Gram> out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        out.push_back(alone(tokens[i]));
        if (i > 0) out.push_back(pair_of(tokens[i - 1], tokens[i]));
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Calls `visit` for each gram of a text once, with how often it stands there.
void each_gram(const std::vector<Gram>& sorted, const std::function<void(Gram, std::int64_t)>& visit) {
    for (std::size_t first = 0; first < sorted.size();) {
        std::size_t end = first;
        while (end < sorted.size() && sorted[end] == sorted[first]) ++end;
        visit(sorted[first], static_cast<std::int64_t>(end - first));
        first = end;
    }
}

PlainData plain_texts(const TokenStream& learnt_stream, const ExampleTable& learnt, const TokenStream& judged_stream,
                      const ExampleTable& judged) {
    PlainData data;
    data.counts = true;
    std::unordered_map<Gram, std::int32_t> texts;  // in how many learnt texts
    for (const Example& example : learnt.examples)
        each_gram(grams_of(learnt_stream, example), [&](Gram gram, std::int64_t) { ++texts[gram]; });
    // In the order of their ids, so that sums do not depend on a table's order.
    std::vector<Gram> kept;
    for (const auto& [gram, count] : texts)
        if (gram < (Gram{1} << 32) || count > 1) kept.push_back(gram);
    std::sort(kept.begin(), kept.end());
    // A method keeps a number for each class and feature.
    constexpr std::size_t most_weights = 100'000'000;
    kept.resize(std::min(kept.size(),
                         std::max<std::size_t>(1, most_weights / std::max<std::size_t>(1, learnt.classes.size()))));
    std::unordered_map<Gram, std::int32_t> number;
    for (const Gram gram : kept) number.emplace(gram, static_cast<std::int32_t>(number.size()));
    data.features = static_cast<std::int32_t>(kept.size());
    const auto fill = [&](const TokenStream& stream, const ExampleTable& table, PlainRows& out) {
        for (const Example& example : table.examples) {
            std::vector<PlainValue> row;
            each_gram(grams_of(stream, example), [&](Gram gram, std::int64_t count) {
                if (const auto it = number.find(gram); it != number.end())
                    row.push_back({it->second, static_cast<float>(count)});
            });
            out.values.push_back(std::move(row));
        }
    };
    fill(learnt_stream, learnt, data.learnt);
    fill(judged_stream, judged, data.judged);
    return data;
}

PlainRows plain_pictures(const PictureStore& store, const ExampleTable& table) {
    PlainRows out;
    for (const Example& example : table.examples) {
        const Picture picture = store.at(example.picture >= 0 ? example.picture : example.start);
        std::vector<PlainValue> row;
        for (std::size_t i = 0; i < picture.pixels.size(); ++i)
            if (picture.pixels[i] > 0)
                row.push_back({static_cast<std::int32_t>(i), static_cast<float>(picture.pixels[i]) / 255.0F});
        out.values.push_back(std::move(row));
    }
    store.require_read();
    return out;
}

/// Values of a row, or of all points of a window, as a network sees them, each moved and scaled so that those of the
/// learnt rows lie in 0 to 1.
void plain_values(const PreparedData& data, const ExampleTable& learnt, Part part, const ExampleTable& judged,
                  PlainData& out) {
    const auto values_of = [&](Part of, const ExampleTable& table) {
        std::vector<std::vector<float>> rows;
        const auto source = data.rows(of, 1);
        for (const Example& example : table.examples) {
            const HostBatch one = source->rows({&example});
            const HostArray& values = one.arrays.at(data.input.table ? array::table : array::series);
            rows.emplace_back(values.values<float>(), values.values<float>() + values.size());
        }
        return rows;
    };
    const auto first = values_of(Part::train, learnt), second = values_of(part, judged);
    out.features = static_cast<std::int32_t>(first.empty() ? 0 : first.front().size());
    std::vector<float> least(static_cast<std::size_t>(out.features)), most = least;
    for (std::size_t row = 0; row < first.size(); ++row)
        for (std::size_t i = 0; i < least.size(); ++i) {
            least[i] = row == 0 ? first[row][i] : std::min(least[i], first[row][i]);
            most[i] = row == 0 ? first[row][i] : std::max(most[i], first[row][i]);
        }
    const auto fill = [&](const std::vector<std::vector<float>>& rows, PlainRows& into) {
        for (const std::vector<float>& row : rows) {
            std::vector<PlainValue> plain;
            for (std::size_t i = 0; i < row.size(); ++i) {
                // What no learnt row has stands in no judged row.
                const float range = most[i] - least[i];
                const float value = range > 0 ? (row[i] - least[i]) / range : 0.0F;
                if (value != 0) plain.push_back({static_cast<std::int32_t>(i), value});
            }
            into.values.push_back(std::move(plain));
        }
    };
    fill(first, out.learnt);
    fill(second, out.judged);
}

}  // namespace

PlainData plain_data(const PreparedData& data, const ExampleTable& learnt, Part part, const ExampleTable& judged) {
    PlainData out;
    if (data.input.image) {
        out.bytes = true;
        const auto store = [&](Part of) -> const PictureStore& { return data.pictures[static_cast<std::size_t>(of)]; };
        const Picture& shape = store(Part::train).shape();
        out.features = static_cast<std::int32_t>(shape.channels * shape.height * shape.width);
        out.learnt = plain_pictures(store(Part::train), learnt);
        out.judged = plain_pictures(store(part), judged);
    } else if (data.input.table || data.input.series) {
        plain_values(data, learnt, part, judged, out);
    } else {
        out = plain_texts(data.stream(Part::train), learnt, data.stream(part), judged);
    }
    out.of_numbers = learnt.kind == LabelKind::number;
    for (const auto& [table, rows] : {std::pair{&learnt, &out.learnt}, std::pair{&judged, &out.judged}})
        for (const Example& example : table->examples)
            if (out.of_numbers)
                rows->numbers.push_back(example.value);
            else
                rows->classes.push_back(example.classes.front());
    out.classes = static_cast<std::int32_t>(learnt.classes.size());
    return out;
}

}  // namespace gw

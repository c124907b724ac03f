#include "study/clustering.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <set>

#include "study/hierarchy.h"
#include "study/independent.h"
#include "study/outliers.h"
#include "study/plane.h"
#include "util/number.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {
namespace {

using testing::HasSubstr;

/// Fisher's flowers: four lengths of each and its species.
Embedding iris() {
    std::ifstream in(fs::path(GROUNDWORK_SOURCE) / "tests" / "engine" / "fixtures" / "iris.csv");
    std::string line;
    std::getline(in, line);
    Embedding out;
    out.kind = LabelKind::one_class;
    while (std::getline(in, line)) {
        const std::vector<std::string> cells = split(line, ',');
        for (std::size_t i = 0; i < 4; ++i) out.features.push_back(static_cast<float>(parse_number(cells[i]).value()));
        const auto known = std::find(out.groups.begin(), out.groups.end(), cells[4]);
        out.rows.push_back({.truth = cells[4], .group = static_cast<std::int32_t>(known - out.groups.begin())});
        if (known == out.groups.end()) out.groups.push_back(cells[4]);
    }
    out.width = 4;
    return out;
}

/// Box and Muller's way.
double normal(Rng& rng) {
    return std::sqrt(-2 * std::log(1 - rng.uniform())) * std::cos(2 * M_PI * rng.uniform());
}

Embedding of_values(std::int64_t width, std::vector<float> values) {
    Embedding out;
    out.width = width;
    out.rows.resize(values.size() / static_cast<std::size_t>(width));
    out.features = std::move(values);
    return out;
}

/// As defined, row by row.
double plain_silhouette(const Embedding& embedding, const Clustering& it) {
    const auto distance = [&](std::size_t a, std::size_t b) {
        double sum = 0;
        for (std::int64_t d = 0; d < embedding.width; ++d)
            sum += std::pow(
                static_cast<double>(
                    embedding.features[a * static_cast<std::size_t>(embedding.width) + static_cast<std::size_t>(d)]) -
                    embedding.features[b * static_cast<std::size_t>(embedding.width) + static_cast<std::size_t>(d)],
                2);
        return std::sqrt(sum);
    };
    double all = 0;
    for (std::size_t a = 0; a < it.of.size(); ++a) {
        std::map<std::int32_t, std::pair<double, int>> to;
        for (std::size_t b = 0; b < it.of.size(); ++b) {
            if (a == b) continue;
            to[it.of[b]].first += distance(a, b);
            ++to[it.of[b]].second;
        }
        if (to[it.of[a]].second == 0) continue;
        const double within = to[it.of[a]].first / to[it.of[a]].second;
        double nearest = INFINITY;
        for (const auto& [label, sum] : to)
            if (label != it.of[a]) nearest = std::min(nearest, sum.first / sum.second);
        all += (nearest - within) / std::max(nearest, within);
    }
    return all / static_cast<double>(it.of.size());
}

TEST(Clustering, FlowersAsPublished) {
    // scikit-learn's documentation of KMeans and of its measures on the same flowers.
    const Clustering three = cluster(iris(), {.count = 3}).or_throw();
    EXPECT_NEAR(three.spread, 78.851441426, 1e-4);
    EXPECT_NEAR(three.silhouette, 0.5528190, 1e-6);
    EXPECT_NEAR(three.adjusted_rand.value(), 0.7302382, 1e-7);
    EXPECT_EQ(three.sizes(), (std::vector<std::int64_t>{62, 50, 38}));
    EXPECT_NEAR(three.purity.value(), (48 + 50 + 36) / 150.0, 1e-12);
    const Clustering found = cluster(iris(), {}).or_throw();
    EXPECT_EQ(found.count, 2);
    ASSERT_EQ(found.tried.size(), 14u);
    EXPECT_NEAR(found.tried[0].second, 0.6810462, 1e-6);
    EXPECT_NEAR(found.tried[1].second, 0.5528190, 1e-6);
}

TEST(Planes, TheFlowersVaryInDirectionsAsPublished) {
    // scikit-learn's documentation of PCA on the same flowers.
    const Plane plane = principal_plane(iris());
    ASSERT_EQ(plane.shares.size(), 4u);
    const double published[] = {0.924618723, 0.053066483, 0.017102610, 0.005212184};
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(plane.shares[i], published[i], 1e-7) << i;
    EXPECT_NEAR(plane.explained, published[0] + published[1], 1e-7);
    EXPECT_EQ(plane.directions_for(0.9), 1);
    EXPECT_EQ(plane.directions_for(0.95), 2);
    EXPECT_EQ(plane.directions_for(1), 4);
    EXPECT_EQ(principal_plane(of_values(2, std::vector<float>(8, 1.0F))).directions_for(0.9), 0);
}

TEST(Clustering, AMixtureSeesWhatDiffersInSpreadAlone) {
    // A dense heap in the middle of a wide one: means cut the wide one in two.
    Rng rng(4);
    std::vector<float> values;
    Embedding rows;
    for (int i = 0; i < 600; ++i)
        for (int d = 0; d < 2; ++d) values.push_back(static_cast<float>((i % 2 ? 0.2 : 5.0) * normal(rng)));
    rows = of_values(2, std::move(values));
    rows.kind = LabelKind::one_class;
    rows.groups = {"wide", "dense"};
    for (std::size_t i = 0; i < rows.rows.size(); ++i) rows.rows[i].group = static_cast<std::int32_t>(i % 2);
    const Clustering mixture = cluster(rows, {.method = "mixture", .count = 2}).or_throw(),
                     means = cluster(rows, {.count = 2}).or_throw();
    EXPECT_GT(mixture.adjusted_rand.value(), 0.9);
    EXPECT_LT(means.adjusted_rand.value(), 0.3);
    EXPECT_LT(means.spread, mixture.spread) << "the means have the least spread, which is what they look for";
}

TEST(Clustering, MeasuresAreAsDefined) {
    Rng rng(9);
    std::vector<float> values;
    for (int i = 0; i < 3 * 90; ++i) values.push_back(static_cast<float>(normal(rng)));
    Embedding rows = of_values(3, values);
    const Clustering five = cluster(rows, {.count = 5}).or_throw();
    EXPECT_NEAR(five.silhouette, plain_silhouette(rows, five), 1e-9);
    EXPECT_FALSE(five.adjusted_rand) << "without classes there is nothing to hold it against";
    const std::vector<std::int64_t> sizes = five.sizes();
    EXPECT_TRUE(std::is_sorted(sizes.rbegin(), sizes.rend()));
    // Labels that say nothing of the rows: chance, whatever their number.
    rows.kind = LabelKind::one_class;
    rows.groups = {"a", "b", "c"};
    double sum = 0;
    for (int draw = 0; draw < 40; ++draw) {
        for (EmbeddedRow& row : rows.rows) row.group = static_cast<std::int32_t>(rng.below(3));
        sum += cluster(rows, {.count = 5}).or_throw().adjusted_rand.value();
    }
    EXPECT_NEAR(sum / 40, 0, 0.01);
    for (std::size_t i = 0; i < rows.rows.size(); ++i) rows.rows[i].group = five.of[i];
    EXPECT_DOUBLE_EQ(cluster(rows, {.count = 5}).or_throw().adjusted_rand.value(), 1);
}

TEST(Clustering, SaysWhatItCannotDo) {
    const Embedding flowers = iris();
    for (const int count : {1, 150, 1000, -2})
        EXPECT_THAT(cluster(flowers, {.count = count}).error().message, HasSubstr("cannot be sorted into")) << count;
    EXPECT_THAT(cluster(of_values(2, std::vector<float>(40, 3.0F)), {}).error().message,
                HasSubstr("the same features"));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(cluster(flowers, {.stop = stop.get_token()}).error().code, Error::Code::cancelled);
    EXPECT_THAT(cluster(of_values(1, {0, 0, 0, 9, 9, 9}), {.count = 4}).error().message,
                HasSubstr("6 rows of which 2 differ cannot be sorted into 4 clusters"));
    EXPECT_FALSE(cluster(of_values(1, {0, 9}), {}));
    EXPECT_FALSE(cluster(of_values(1, {}), {}));
}

TEST(Clustering, FeaturesOfAnySizeAreSortedAlike) {
    for (const char* method : {"kmeans", "mixture"})
        for (const float size : {1e-9F, 1.0F, 1e25F}) {
            std::vector<float> values;
            for (int i = 0; i < 30; ++i) values.push_back(size * static_cast<float>(i % 3 * 10 + 0.1 * (i % 7)));
            const Clustering found = cluster(of_values(1, values), {.method = method, .count = 3}).or_throw();
            EXPECT_EQ(found.sizes(), (std::vector<std::int64_t>{10, 10, 10})) << method << size;
            EXPECT_GT(found.silhouette, 0.9) << method << size;
        }
}

TEST(Clustering, OfAMixtureClustersMayStayEmpty) {
    const Clustering found =
        cluster(of_values(1, {0, 0, 0, 0, 9, 9, 9, 9, 9.01F}), {.method = "mixture", .count = 3}).or_throw();
    EXPECT_EQ(found.asked, 3);
    EXPECT_EQ(found.sizes().size(), static_cast<std::size_t>(found.count));
    EXPECT_EQ(std::set<std::int32_t>(found.of.begin(), found.of.end()).size(), static_cast<std::size_t>(found.count));
    for (const std::int64_t size : found.sizes()) EXPECT_GT(size, 0);
}

/// As defined: the two nearest clusters become one, found by all pairs of rows each time.
std::vector<double> plain_heights(const Embedding& rows, const std::string& linkage) {
    const auto width = static_cast<std::size_t>(rows.width);
    std::vector<std::vector<std::size_t>> clusters;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) clusters.push_back({i});
    const auto squared = [&](std::size_t a, std::size_t b) {
        double sum = 0;
        for (std::size_t d = 0; d < width; ++d)
            sum += std::pow(static_cast<double>(rows.features[a * width + d]) - rows.features[b * width + d], 2);
        return sum;
    };
    const auto spread = [&](const std::vector<std::size_t>& of) {  // about their mean
        double sum = 0;
        for (const std::size_t a : of)
            for (const std::size_t b : of) sum += squared(a, b);
        return sum / (2.0 * static_cast<double>(of.size()));
    };
    const auto apart = [&](const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
        if (linkage == "ward") {
            std::vector<std::size_t> both = a;
            both.insert(both.end(), b.begin(), b.end());
            return std::sqrt(2 * (spread(both) - spread(a) - spread(b)));
        }
        double least = INFINITY, most = 0, sum = 0;
        for (const std::size_t i : a)
            for (const std::size_t j : b) {
                const double d = std::sqrt(squared(i, j));
                least = std::min(least, d), most = std::max(most, d), sum += d;
            }
        return linkage == "single"     ? least
               : linkage == "complete" ? most
                                       : sum / static_cast<double>(a.size() * b.size());
    };
    std::vector<double> out;
    while (clusters.size() > 1) {
        double least = INFINITY;
        std::size_t one = 0, other = 0;
        for (std::size_t i = 0; i < clusters.size(); ++i)
            for (std::size_t j = i + 1; j < clusters.size(); ++j)
                if (const double d = apart(clusters[i], clusters[j]); d < least) least = d, one = i, other = j;
        out.push_back(least);
        clusters[one].insert(clusters[one].end(), clusters[other].begin(), clusters[other].end());
        clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(other));
    }
    return out;
}

TEST(Merging, TakesTheNearestTwoEachTime) {
    Rng rng(9);
    std::vector<float> values;
    for (int i = 0; i < 3 * 24; ++i) values.push_back(static_cast<float>(normal(rng)));
    const Embedding rows = of_values(3, std::move(values));
    for (const std::string linkage : {"ward", "average", "complete", "single"}) {
        const auto merges = merges_of(rows.features, 24, linkage).value();
        const auto plain = plain_heights(rows, linkage);
        ASSERT_EQ(merges.size(), plain.size());
        for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_NEAR(merges[i].height, plain[i], 1e-6) << linkage << i;
        EXPECT_EQ(cut(merges, 24, 1), std::vector<std::int32_t>(24, 0));
        std::vector<std::int32_t> alone(24);
        std::iota(alone.begin(), alone.end(), 0);
        EXPECT_EQ(cut(merges, 24, 24), alone);
    }
    int asked = 0;
    EXPECT_FALSE(merges_of(rows.features, 24, "ward", [&](double) { return ++asked < 3; }));
    EXPECT_TRUE(merges_of({1.0F}, 1, "ward").value().empty());
}

TEST(Merging, FlowersAsPublished) {
    // scikit-learn's AgglomerativeClustering with Ward's linkage, three clusters: adjusted Rand 0.7312.
    const Clustering three = cluster(iris(), {.method = "ward", .count = 3}).or_throw();
    EXPECT_NEAR(three.adjusted_rand.value(), 0.7312, 5e-5);
    const Clustering two = cluster(iris(), {.method = "single", .count = 2}).or_throw();
    EXPECT_EQ(two.sizes(), (std::vector<std::int64_t>{100, 50})) << "one species stands apart by a gap";
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(cluster(iris(), {.method = "ward", .stop = stop.get_token()}));
}

TEST(Outlying, ARowApartIsToldByHowThinItStands) {
    // As defined, by plain loops.
    const Embedding flowers = iris();
    const std::size_t count = flowers.rows.size(), k = 7;
    const auto distance = [&](std::size_t a, std::size_t b) {
        double sum = 0;
        for (std::size_t d = 0; d < 4; ++d)
            sum += std::pow(static_cast<double>(flowers.features[a * 4 + d]) - flowers.features[b * 4 + d], 2);
        return std::sqrt(sum);
    };
    std::vector<std::vector<std::size_t>> near(count);
    for (std::size_t a = 0; a < count; ++a) {
        for (std::size_t b = 0; b < count; ++b)
            if (a != b) near[a].push_back(b);
        std::stable_sort(near[a].begin(), near[a].end(),
                         [&](std::size_t i, std::size_t j) { return distance(a, i) < distance(a, j); });
        near[a].resize(k);
    }
    std::vector<double> density;
    for (std::size_t a = 0; a < count; ++a) {
        double sum = 0;
        for (const std::size_t b : near[a]) sum += std::max(distance(b, near[b].back()), distance(a, b));
        density.push_back(static_cast<double>(k) / sum);
    }
    const Outliers found = outliers_of(flowers, static_cast<std::int64_t>(k)).or_throw();
    std::size_t same = 0;
    for (std::size_t a = 0; a < count; ++a) {
        double sum = 0;
        for (const std::size_t b : near[a]) sum += density[b];
        // Where the last neighbour is one of several that are as far, either may be taken.
        if (std::abs(found.factors[a] - sum / static_cast<double>(k) / density[a]) < 1e-6) ++same;
    }
    EXPECT_GT(same, count * 8 / 10);
    EXPECT_GE(found.factors[found.order[0]], found.factors[found.order[1]]);

    std::vector<float> values{20.0F, 20.0F};
    Rng rng(4);
    for (int i = 0; i < 200; ++i) values.push_back(static_cast<float>(normal(rng)));
    const Outliers apart = outliers_of(of_values(2, values)).or_throw();
    EXPECT_EQ(apart.neighbours, 20);
    EXPECT_EQ(apart.order.front(), 0U);
    EXPECT_GT(apart.factors[0], 5);
    EXPECT_LT(apart.factors[apart.order[10]], Outliers::apart);
    for (const double factor : outliers_of(of_values(1, std::vector<float>(30, 2.0F))).or_throw().factors)
        EXPECT_DOUBLE_EQ(factor, 1) << "all of them are equal";
    EXPECT_FALSE(outliers_of(of_values(1, {1, 2, 3}), 3)) << "each has two others";
}

TEST(IndependentComponents, WhatWasMixedIsFoundAgain) {
    // Two even distributions and one of two values, mixed; what is found times what mixed them must be a permutation
    // with signs: Amari's index of that is 0 (Amari, Cichocki and Yang 1996).
    constexpr std::size_t rows = 4000;
    const double mixing[3][3] = {{1, 0.6, -0.4}, {0.3, -1, 0.8}, {-0.7, 0.5, 1}};
    Rng rng(6);
    std::vector<float> values;
    std::vector<std::array<double, 3>> sources;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::array<double, 3> s{rng.uniform() - 0.5, rng.uniform() - 0.5, rng.uniform() < 0.5 ? -0.5 : 0.5};
        sources.push_back(s);
        for (const auto& row : mixing)
            values.push_back(static_cast<float>(row[0] * s[0] + row[1] * s[1] + row[2] * s[2] + 7));
    }
    const auto found = independent_components(of_values(3, values), 3).or_throw();
    EXPECT_TRUE(found.settled);
    ASSERT_EQ(found.along.size(), 3U);
    double gain[3][3];  // how much of each source is in each component
    for (std::size_t c = 0; c < 3; ++c)
        for (std::size_t s = 0; s < 3; ++s) {
            double with = 0, size = 0;
            for (std::size_t i = 0; i < rows; ++i) {
                with += found.along[c][i] * sources[i][s];
                size += sources[i][s] * sources[i][s];
            }
            gain[c][s] = std::abs(with / std::sqrt(size * rows));
        }
    double index = 0;
    for (std::size_t a = 0; a < 3; ++a) {
        double row = 0, column = 0, most_row = 0, most_column = 0;
        for (std::size_t b = 0; b < 3; ++b) {
            row += gain[a][b], most_row = std::max(most_row, gain[a][b]);
            column += gain[b][a], most_column = std::max(most_column, gain[b][a]);
        }
        index += (row / most_row - 1) + (column / most_column - 1);
    }
    EXPECT_LT(index / (2 * 3 * 2), 0.04);
    EXPECT_GT(gain[0][2], 0.99) << "two values are the least like a bell curve";
    EXPECT_GE(found.apart[0], found.apart[1]);
    for (const auto& component : found.along) {
        double mean = 0, square = 0;
        for (const double value : component) mean += value / rows, square += value * value / rows;
        EXPECT_NEAR(mean, 0, 1e-9);
        EXPECT_NEAR(square, 1, 1e-9);
    }
    EXPECT_FALSE(independent_components(of_values(2, {1, 1, 2, 2, 3, 3}))) << "it differs in one direction alone";
    EXPECT_EQ(independent_plane(iris()).or_throw().points.size(), 150U);
}

}  // namespace
}  // namespace gw

#include "study/clustering.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

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

}  // namespace
}  // namespace gw

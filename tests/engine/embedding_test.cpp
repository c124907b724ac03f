#include <gmock/gmock.h>

#include <cmath>
#include <set>

#include "adapt/checkpoint_model.h"
#include "data/prepare.h"
#include "engine/stretch.h"
#include "eval/judge.h"
#include "study/plane.h"
#include "study/shrunk.h"

namespace gw {
namespace {

using testing::HasSubstr;

/// Rows about `groups` centres far from one another, row i about centre i % groups; deterministic.
std::vector<float> grouped_rows(std::int64_t rows, std::int64_t width, std::int64_t groups) {
    Rng rng(3);
    std::vector<float> values;
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t d = 0; d < width; ++d)
            values.push_back(static_cast<float>(rng.uniform() + (d == i % groups ? 8 : 0)));
    return values;
}

std::vector<PlanePoint> scattered(std::size_t count) {
    Rng rng(5);
    std::vector<PlanePoint> points;
    for (std::size_t i = 0; i < count; ++i) points.push_back({3 * rng.uniform(), 3 * rng.uniform()});
    return points;
}

Embedding features_alone(std::int64_t width, std::vector<float> values) {
    Embedding out;
    out.width = width;
    out.rows.resize(values.size() / static_cast<std::size_t>(width));
    out.features = std::move(values);
    return out;
}

double plane_distance(const PlanePoint& a, const PlanePoint& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1]);
}

TEST(Tsne, EveryRowHasTheEntropyOfThePerplexity) {
    const Nearness near = nearness(grouped_rows(60, 7, 3), 60, 12).value();
    double sum = 0;
    for (std::int64_t i = 0; i < 60; ++i) {
        EXPECT_NEAR(near.entropy[static_cast<std::size_t>(i)], std::log(12.0), 1e-5) << i;
        for (std::int64_t j = 0; j < 60; ++j) sum += i == j ? 0 : near.at(i, j);
    }
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_EQ(near.at(4, 9), near.at(9, 4));
    EXPECT_GT(near.at(0, 3), 10 * near.at(0, 1)) << "0 and 3 lie about one centre";
}

TEST(Tsne, TheGradientIsThatOfTheCost) {
    const Nearness near = nearness(grouped_rows(20, 5, 4), 20, 5).value();
    const std::vector<PlanePoint> points = scattered(20);
    const std::vector<PlanePoint> gradient = tsne_gradient(near, points);
    constexpr double step = 1e-5;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t axis = 0; axis < 2; ++axis) {
            std::vector<PlanePoint> up = points, down = points;
            up[i][axis] += step;
            down[i][axis] -= step;
            EXPECT_NEAR(gradient[i][axis], (tsne_cost(near, up) - tsne_cost(near, down)) / (2 * step), 1e-8) << i;
        }
    // Exaggerated, the pull alone is stronger.
    const std::vector<PlanePoint> early = tsne_gradient(near, points, 3);
    PlanePoint pull{0, 0};
    for (std::int64_t j = 1; j < 20; ++j) {
        const PlanePoint& other = points[static_cast<std::size_t>(j)];
        const double w = 1 / (1 + std::pow(plane_distance(points[0], other), 2));
        for (std::size_t axis = 0; axis < 2; ++axis)
            pull[axis] += 4 * near.at(0, j) * w * (points[0][axis] - other[axis]);
    }
    for (std::size_t axis = 0; axis < 2; ++axis) EXPECT_NEAR(early[0][axis] - gradient[0][axis], 2 * pull[axis], 1e-12);
}

TEST(Tsne, GroupsComeApartAndTheSameStartEndsTheSame) {
    const Nearness near = nearness(grouped_rows(90, 6, 3), 90, 10).value();
    const auto once = tsne(near, scattered(90)).value();
    EXPECT_EQ(once, tsne(near, scattered(90)).value());
    EXPECT_LT(tsne_cost(near, once), 0.5 * tsne_cost(near, scattered(90)));
    for (std::size_t i = 0; i < 90; ++i) {
        std::size_t nearest = i == 0 ? 1 : 0;
        for (std::size_t j = 0; j < 90; ++j)
            if (j != i && plane_distance(once[i], once[j]) < plane_distance(once[i], once[nearest])) nearest = j;
        EXPECT_EQ(nearest % 3, i % 3) << i;
    }
}

TEST(Tsne, EqualRowsAndAStopAreNoTrouble) {
    const Nearness near = nearness(std::vector<float>(24, 1.0F), 12, 3).value();
    EXPECT_NEAR(near.at(0, 11), 1.0 / (12 * 11), 1e-12);
    for (const PlanePoint& point : tsne(near, scattered(12)).value())
        EXPECT_TRUE(std::isfinite(point[0]) && std::isfinite(point[1]));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(tsne(near, scattered(12), {}, {}, stop.get_token()));
    EXPECT_FALSE(nearness(std::vector<float>(24, 1.0F), 12, 3, {}, stop.get_token()));
}

TEST(Planes, ComponentsAreExactWithASignOfTheirOwn) {
    // Along (3, 4) / 5 by -2 ... 2 and across it by half of that.
    std::vector<float> values;
    for (int i = -2; i <= 2; ++i)
        for (int j = -1; j <= 1; ++j) {
            values.push_back(static_cast<float>(10 + (3.0 * i - 4.0 * j / 2) / 5));
            values.push_back(static_cast<float>(-7 + (4.0 * i + 3.0 * j / 2) / 5));
        }
    const Plane plane = principal_plane(features_alone(2, values));
    std::size_t at = 0;
    for (int i = -2; i <= 2; ++i)
        for (int j = -1; j <= 1; ++j, ++at) {
            EXPECT_NEAR(plane.points[at][0], i, 1e-5);
            // Of (-4, 3) / 5 the first loading is the larger: it is turned to be positive.
            EXPECT_NEAR(plane.points[at][1], -j / 2.0, 1e-5);
        }
    EXPECT_NEAR(plane.explained, 1, 1e-12);
    // The same rows in more dimensions than there are rows go by the other product, to the same end.
    std::vector<float> wide;
    for (std::size_t row = 0; row < 15; ++row)
        for (std::size_t d = 0; d < 40; ++d) wide.push_back(d < 2 ? values[2 * row + d] : 0.5F);
    const Plane same = principal_plane(features_alone(40, wide));
    for (std::size_t i = 0; i < 15; ++i) EXPECT_LT(plane_distance(plane.points[i], same.points[i]), 1e-5) << i;
    // What has collapsed to one point is one point.
    const Plane collapsed = principal_plane(features_alone(3, std::vector<float>(30, 2.0F)));
    EXPECT_EQ(collapsed.explained, 0);
    for (const PlanePoint& point : collapsed.points) EXPECT_EQ(point, (PlanePoint{0, 0}));
}

TEST(Planes, NeighboursKeepTheLargePictureAndRefuseAPerplexityThatCannotBe) {
    const Embedding rows = features_alone(6, grouped_rows(60, 6, 3));
    double told = 0;
    const Plane plane = neighbour_plane(rows, 0, [&](const std::string&, double done) { told = done; }, {}).or_throw();
    EXPECT_NEAR(plane.perplexity, 59.0 / 3, 1e-12);
    EXPECT_EQ(told, 1);
    EXPECT_GT(plane.cost, 0);
    EXPECT_EQ(plane.points, neighbour_plane(rows, 0, {}, {}).or_throw().points);
    EXPECT_TRUE(neighbour_plane(features_alone(2, grouped_rows(least_embedded, 2, 2)), 0, {}, {})) << "the fewest rows";
    for (const double perplexity : {1.0, 59.0, -3.0, std::nan("")})
        EXPECT_FALSE(neighbour_plane(rows, perplexity, {}, {})) << perplexity;
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(neighbour_plane(rows, 0, {}, stop.get_token()).error().code, Error::Code::cancelled);
}

TEST(Shrunk, IsTheMeanOfWholeSquares) {
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < 2 * 4 * 6; ++i) pixels.push_back(static_cast<std::uint8_t>(i));
    const Picture picture{2, 4, 6, pixels};
    const PictureCopy small = shrunk(picture, 3);
    EXPECT_EQ(small.channels, 2);
    EXPECT_EQ(small.height, 2);
    EXPECT_EQ(small.width, 3);
    // (0 + 1 + 6 + 7) / 4 = 3.5, rounded up; two pixels on is 2 more, two lines down 12, the other channel 24.
    EXPECT_THAT(small.pixels, testing::ElementsAre(4, 6, 8, 16, 18, 20, 28, 30, 32, 40, 42, 44));
    EXPECT_EQ(shrunk(picture, 6).pixels, pixels);
    const PictureCopy cut = shrunk(picture, 4);  // by two again: a factor is whole
    EXPECT_EQ(cut.width, 3);
}

Json shapes_spec() {
    return test::tiny_spec(Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 240, "size": 16},
        "split": {"kind": "by_document", "validation": 0.2, "test": 0.1},
        "tokenizer": {"kind": "none"},
        "backbone": {"kind": "cnn", "stages": 2, "channels": 4, "hidden": 16},
        "objective": {"kind": "classification"},
        "training": {"budget": 12, "micro_batch": 8, "threads": 1},
        "evaluation": {"every": 0, "tokens": 0}
    })"));
}

TEST(Embed, PicturesOfAPartWithWhatIsTrueAndSaid) {
    test::Stretches run;
    ASSERT_EQ(run.go(shapes_spec()).end, Outcome::End::finished) << run.why();
    EmbedRequest request{run.current()};
    request.cache = run.cache;
    request.picture_side = 8;
    const Embedding found = embed(request).or_throw();
    EXPECT_EQ(found.step, 12);
    EXPECT_EQ(found.part_rows, static_cast<std::int64_t>(found.rows.size()));
    EXPECT_EQ(found.features.size(), found.rows.size() * static_cast<std::size_t>(found.width));

    const CheckpointModel it = CheckpointModel::load(run.current()).or_throw();
    PrepareRequest ask{it.facts.spec.at("dataset"),
                       it.facts.spec.at("split"),
                       it.facts.spec.at("tokenizer"),
                       it.facts.tokenizer,
                       false,
                       run.cache,
                       {},
                       {}};
    ask.labels = it.model.labels;
    ask.input = it.model.input;
    const PreparedData data = prepare_data(ask).or_throw();
    const auto rows = data.rows(Part::validation, it.model.backbone->facts().context);
    const torch::Tensor features = features_of(*it.model.backbone, *rows, spread(data.validation_examples, 0), "mean",
                                               it.model.pass(false), torch::kCPU, 0, {}, {});
    const Judged judged = judge(*it.model.backbone, *it.model.objective, *rows, data.validation_examples,
                                it.model.pass(false), {}, {}, {});
    ASSERT_EQ(features.numel(), static_cast<std::int64_t>(found.features.size()));
    EXPECT_TRUE(torch::allclose(features.flatten(), torch::tensor(found.features), 1e-5, 1e-6));
    ASSERT_EQ(judged.predictions.rows(), found.part_rows);
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
        const EmbeddedRow& row = found.rows[i];
        const auto guess = static_cast<std::size_t>(judged.predictions.guess(static_cast<std::int64_t>(i)));
        EXPECT_EQ(row.document, judged.predictions.documents[i]);
        EXPECT_EQ(row.group, judged.predictions.truth[i].front());
        EXPECT_EQ(row.truth, found.groups[static_cast<std::size_t>(row.group)]);
        EXPECT_EQ(row.said, found.groups[guess]);
        EXPECT_EQ(row.wrong, row.said != row.truth);
        ASSERT_TRUE(row.picture);
        EXPECT_EQ(row.picture->width, 8);
        EXPECT_EQ(row.picture->pixels.size(), 3U * 8 * 8);
    }

    request.rows = 10;
    request.contents = false;
    const Embedding few = embed(request).or_throw();
    ASSERT_EQ(few.rows.size(), 10U);
    EXPECT_EQ(few.part_rows, found.part_rows);
    EXPECT_EQ(few.rows[1].document, found.rows[static_cast<std::size_t>(found.part_rows / 10)].document);
    EXPECT_FALSE(few.rows[1].picture);
    request.part = "train";
    EXPECT_GT(embed(request).or_throw().part_rows, found.part_rows);
    request.part = "all";
    EXPECT_THAT(to_text(embed(request).error()), HasSubstr("no part \"all\""));
    request.part = "test";
    std::stop_source stop;
    stop.request_stop();
    request.stop = stop.get_token();
    EXPECT_EQ(embed(request).error().code, Error::Code::cancelled);
}

Json texts_spec(const fs::path& folder, const std::string& objective) {
    std::ofstream out(folder / "t.csv");
    out << "text,label\n";
    for (int i = 0; i < 60; ++i)
        out << "soup " << i << (i % 2 ? " was warm" : " was cold") << ","
            << (objective == "regression" ? std::to_string(i)
                : i % 2                   ? "pos"
                                          : "neg")
            << "\n";
    out.close();
    Json spec = test::tiny_spec({{"dataset",
                                  {{"kind", "labelled_text"},
                                   {"paths", {(folder / "t.csv").string()}},
                                   {"labels", objective == "regression" ? "number" : "class"}}},
                                 {"split", {{"kind", "by_document"}, {"validation", 0.4}, {"test", 0.0}}},
                                 {"backbone", {{"layers", 1}, {"context", 48}}},
                                 {"objective", {{"kind", objective}}},
                                 {"training", {{"budget", 3}, {"micro_batch", 8}}}});
    return spec;
}

TEST(Embed, TextsByTheirWordsAndNumbersByFifths) {
    test::Stretches run;
    ASSERT_EQ(run.go(texts_spec(run.folder.path(), "classification")).end, Outcome::End::finished) << run.why();
    EmbedRequest request{run.current()};
    request.cache = run.cache;
    const Embedding texts = embed(request).or_throw();
    EXPECT_THAT(texts.groups, testing::UnorderedElementsAre("neg", "pos"));
    for (const EmbeddedRow& row : texts.rows) {
        EXPECT_THAT(row.text, HasSubstr(row.truth == "pos" ? "was warm" : "was cold"));
        EXPECT_THAT(row.file, HasSubstr("t.csv"));
        EXPECT_GT(row.file_row, 0);
        EXPECT_FALSE(row.said.empty());
        EXPECT_FALSE(row.picture);
    }
    // Another row in the file, and the features are of something else.
    std::ofstream(run.folder.path() / "t.csv", std::ios::app) << "soup 60 was cold,neg\n";
    EXPECT_EQ(embed(request).error().code, Error::Code::bad_data);

    test::Stretches numbers;
    ASSERT_EQ(numbers.go(texts_spec(numbers.folder.path(), "regression")).end, Outcome::End::finished) << numbers.why();
    request.checkpoint = numbers.current();
    request.cache = numbers.cache;
    const Embedding fifths = embed(request).or_throw();
    ASSERT_EQ(fifths.groups.size(), 5U);
    std::set<std::int32_t> met;
    for (const EmbeddedRow& row : fifths.rows) {
        met.insert(row.group);
        EXPECT_FALSE(row.wrong);
        for (const EmbeddedRow& other : fifths.rows)
            if (std::stod(row.truth) < std::stod(other.truth)) {
                EXPECT_LE(row.group, other.group);
            }
    }
    EXPECT_EQ(met, (std::set<std::int32_t>{0, 1, 2, 3, 4}));
}

TEST(Embed, RunningTextHasNoRows) {
    test::Stretches run;
    ASSERT_EQ(run.go(test::tiny_spec({{"training", {{"budget", 2}}}})).end, Outcome::End::finished) << run.why();
    EmbedRequest request{run.current()};
    request.cache = run.cache;
    EXPECT_THAT(to_text(embed(request).error()), HasSubstr("running text"));
}

}  // namespace
}  // namespace gw

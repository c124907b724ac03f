#include <zlib.h>

#include <cmath>
#include <map>

#include "data/images/picture_copy.h"
#include "data/images/picture_store.h"
#include "data/images/shape_drawing.h"
#include "reading.h"

namespace gw::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string idx(const std::vector<std::uint32_t>& dimensions, const std::string& values, char type = 0x08) {
    std::string out = {0, 0, type, static_cast<char>(dimensions.size())};
    for (const std::uint32_t size : dimensions)
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift);
    return out + values;
}

std::string gzip(const std::string& bytes) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// The values from `first` on, so that every pixel can be told from every other.
std::string counting(std::size_t count, int first = 0) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += static_cast<char>(first + static_cast<int>(i));
    return out;
}

struct Seen {
    std::string source, label, text;
    std::int64_t index, row;
    PictureCopy picture;
    std::map<std::string, std::string> columns;
};

class Pictures : public Reading {
  protected:
    static std::vector<Seen> seen(const Json& section, ReadReport* report = nullptr) {
        std::vector<Seen> out;
        find_kind(datasets(), section.at("kind"))
            ->build(section)
            ->visit(
                [&](const Document& document) {
                    out.push_back({std::string(document.source),
                                   document.label->classes.front(),
                                   std::string(document.text),
                                   document.index,
                                   document.row,
                                   PictureCopy(*document.picture),
                                   {document.label->columns.begin(), document.label->columns.end()}});
                    return true;
                },
                {}, {}, report)
            .or_throw();
        return out;
    }
    /// Two small files for training and two for a test, in the folder "set".
    void write_set(bool packed) {
        const auto as = [&](const std::string& bytes) { return packed ? gzip(bytes) : bytes; };
        const std::string end = packed ? ".gz" : "";
        file("set/train-images-idx3-ubyte" + end, as(idx({3, 2, 4}, counting(24))));
        file("set/train-labels-idx1-ubyte" + end, as(idx({3}, std::string("\x01\x00\x02", 3))));
        file("set/t10k-images-idx3-ubyte" + end, as(idx({2, 2, 4}, counting(16, 100))));
        file("set/t10k-labels-idx1-ubyte" + end, as(idx({2}, std::string("\x02\x01", 2))));
    }
    std::string set() const { return (folder_ / "set").string(); }
    /// What is said of one file of pictures, with the labels of two.
    std::string images_complaint(const std::string& bytes) {
        file("one/images-idx3-ubyte", bytes);
        file("one/labels-idx1-ubyte", idx({2}, std::string(2, '\0')));
        return complaint("idx", {{"paths", {(folder_ / "one").string()}}});
    }
};

TEST_F(Pictures, IdxPlainAndPackedAreTheSame) {
    write_set(false);
    ReadReport report;
    const auto plain = seen(section("idx", {{"paths", {set()}}}), &report);
    fs::remove_all(set());
    write_set(true);
    const auto packed = seen(section("idx", {{"paths", {set()}}}));
    ASSERT_EQ(plain.size(), 5u);
    ASSERT_EQ(packed.size(), 5u);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        EXPECT_EQ(plain[i].index, static_cast<std::int64_t>(i));
        EXPECT_EQ(plain[i].row, static_cast<std::int64_t>(i < 3 ? i + 1 : i - 2));
        EXPECT_EQ(plain[i].source, i < 3 ? "train-images-idx3-ubyte" : "t10k-images-idx3-ubyte");
        EXPECT_EQ(plain[i].source, packed[i].source);
        EXPECT_EQ(plain[i].label, packed[i].label);
        EXPECT_EQ(plain[i].picture.pixels, packed[i].picture.pixels);
    }
    EXPECT_EQ(plain[1].picture.height, 2);
    EXPECT_EQ(plain[1].picture.width, 4);
    EXPECT_THAT(plain[1].picture.pixels, ElementsAre(8, 9, 10, 11, 12, 13, 14, 15));
    EXPECT_EQ(plain[1].label, "0");
    EXPECT_EQ(report.format, "idx");
    EXPECT_EQ(report.files, 4);
    EXPECT_EQ(report.rows, 5);
    EXPECT_EQ(report.classes, (std::vector<std::pair<std::string, std::int64_t>>{{"0", 1}, {"1", 2}, {"2", 2}}));
}

TEST_F(Pictures, IdxTakesEachFileOnceAndPassesOverOthers) {
    write_set(true);
    write_set(false);
    file("set/readme.txt", "Digits");
    file("set/images.png", "no IDX");
    ReadReport report;
    EXPECT_EQ(seen(section("idx", {{"paths", {set()}}}), &report).size(), 5u);
    ASSERT_EQ(report.passed.size(), 2u);
    for (const auto& passed : report.passed)
        EXPECT_EQ(passed.count, passed.why.starts_with("an unpacked") ? 4 : 2) << passed.why;
    const auto print = [&](const Json& settings) {
        return find_kind(datasets(), "idx")->build(section("idx", settings))->fingerprint({}, {}).or_throw();
    };
    const std::string before = print({{"paths", {set()}}});
    file("set/readme.txt", "More digits");
    EXPECT_EQ(print({{"paths", {set()}}}), before);
    EXPECT_NE(print({{"paths", {set()}}, {"classes", {"a", "b", "c"}}}), before);
    file("set/train-labels-idx1-ubyte", idx({3}, std::string("\x01\x01\x02", 3)));
    EXPECT_NE(print({{"paths", {set()}}}), before);
}

TEST_F(Pictures, IdxNamesClasses) {
    write_set(false);
    EXPECT_EQ(seen(section("idx", {{"paths", {set()}}, {"classes", {"shirt", "shoe", "bag"}}})).front().label, "shoe");
    EXPECT_THAT(complaint("idx", {{"paths", {set()}}, {"classes", {"shirt", "shoe"}}}),
                AllOf(HasSubstr("label 2 has no name"), HasSubstr("byte 10"), HasSubstr("train-labels-idx1-ubyte")));
    const DatasetKind* kind = find_kind(datasets(), "idx");
    EXPECT_EQ(kind->check({{"paths", {"x"}}, {"classes", {"a", "a"}}}, "dataset").size(), 1u);
    EXPECT_EQ(kind->check({{"classes", {"a"}}}, "dataset").size(), 1u);
}

TEST_F(Pictures, IdxChannelsLastBecomePlanes) {
    file("set/images-idx4-ubyte", idx({1, 1, 2, 3}, counting(6)));
    file("set/labels-idx1-ubyte", idx({1}, std::string(1, '\0')));
    const auto one = seen(section("idx", {{"paths", {set()}}})).front();
    EXPECT_EQ(one.picture.channels, 3);
    EXPECT_THAT(one.picture.pixels, ElementsAre(0, 3, 1, 4, 2, 5));
}

TEST_F(Pictures, IdxMalformedFilesAreRefused) {
    const std::string good = idx({2, 2, 2}, counting(8));
    EXPECT_THAT(images_complaint(good), HasSubstr("no error"));
    EXPECT_THAT(images_complaint(""),
                AllOf(HasSubstr("within its header"), HasSubstr("byte 0"), HasSubstr("images-idx3")));
    EXPECT_THAT(images_complaint(good.substr(0, 10)), AllOf(HasSubstr("within its header"), HasSubstr("byte 10")));
    EXPECT_THAT(images_complaint("P5 2 2 255\n" + good), HasSubstr("no IDX file"));
    EXPECT_THAT(images_complaint(idx({2, 2, 2}, counting(32), 0x0d)), AllOf(HasSubstr("type 13"), HasSubstr("byte 2")));
    EXPECT_THAT(images_complaint(idx({2, 4}, counting(8))), HasSubstr("2 dimensions"));
    EXPECT_THAT(images_complaint(idx({2, 2, 2, 2, 1}, counting(16))), HasSubstr("5 dimensions"));
    EXPECT_THAT(images_complaint(idx({2, 0, 2}, "")), HasSubstr("not supported"));
    EXPECT_THAT(images_complaint(good.substr(0, 20)), AllOf(HasSubstr("promises 8 values"), HasSubstr("holds 4")));
    EXPECT_THAT(images_complaint(good + "x"), AllOf(HasSubstr("More bytes follow"), HasSubstr("byte 24")));
    EXPECT_THAT(images_complaint(idx({1u << 31, 28, 28}, counting(8))), HasSubstr("promises 1,683,627,180,032"));
    EXPECT_THAT(images_complaint(idx({~0u, ~0u, ~0u}, counting(8))), HasSubstr("promises"));
    EXPECT_THAT(images_complaint(idx({3, 2, 2}, counting(12))),
                AllOf(HasSubstr("3 pictures here, but 2 labels"), HasSubstr("labels-idx1-ubyte")));
}

TEST_F(Pictures, IdxMalformedPackedFilesAreRefused) {
    const std::string good = gzip(idx({2, 2, 2}, counting(8)));
    EXPECT_THAT(images_complaint(good), HasSubstr("no error"));
    for (std::size_t size = 2; size < good.size(); ++size)
        EXPECT_THAT(images_complaint(good.substr(0, size)),
                    AllOf(HasSubstr("cut short"), HasSubstr("unpacked content")));
    std::string changed = good;
    changed[changed.size() - 6] ^= 1;  // in the checksum
    EXPECT_THAT(images_complaint(changed), HasSubstr("damaged"));
    EXPECT_THAT(images_complaint(good + "rest"), HasSubstr("damaged"));
    EXPECT_THAT(images_complaint(gzip(idx({1u << 31, 28, 28}, counting(8)))), HasSubstr("can hold at most"));
    EXPECT_THAT(images_complaint(gzip(idx({2, 2, 2}, counting(7)))),
                AllOf(HasSubstr("ends before"), HasSubstr("byte 23")));
    EXPECT_THAT(images_complaint(gzip(idx({2, 2, 2}, counting(9)))), HasSubstr("More bytes follow"));
    const std::string whole = idx({2, 2, 2}, counting(8));
    EXPECT_THAT(images_complaint(gzip(whole.substr(0, 9)) + gzip(whole.substr(9))), HasSubstr("no error"));
}

TEST_F(Pictures, IdxPairsAreWhole) {
    write_set(false);
    fs::remove(folder_ / "set/t10k-labels-idx1-ubyte");
    EXPECT_THAT(
        complaint("idx", {{"paths", {set()}}}),
        AllOf(HasSubstr("neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz"), HasSubstr("t10k-images")));
    write_set(false);
    fs::remove(folder_ / "set/t10k-images-idx3-ubyte");
    EXPECT_THAT(complaint("idx", {{"paths", {set()}}}), HasSubstr("The pictures of these labels are missing"));
    file("set/t10k-images-idx3-ubyte", idx({2, 3, 4}, counting(24)));
    EXPECT_THAT(complaint("idx", {{"paths", {set()}}}), AllOf(HasSubstr("3 x 4 pixels"), HasSubstr("2 x 4 pixels"),
                                                              HasSubstr("train-images"), HasSubstr("t10k-images")));
    EXPECT_THAT(complaint("idx", {{"paths", {file("notes.txt", "x")}}}), HasSubstr("no IDX pictures"));
    file("none/images-idx3-ubyte", idx({0, 2, 2}, ""));
    file("none/labels-idx1-ubyte", idx({0}, ""));
    EXPECT_THAT(complaint("idx", {{"paths", {(folder_ / "none").string()}}}), HasSubstr("no picture in these files"));
}

TEST_F(Pictures, ShapesAreTheSameBytesEverywhere) {
    Sha256 hash;
    const auto first = seen(section("shapes", {{"pictures", 50}}));
    for (const Seen& one : first) {
        hash.add({reinterpret_cast<const char*>(one.picture.pixels.data()), one.picture.pixels.size()});
        hash.add(one.text + "\n");
    }
    EXPECT_EQ(hash.finish(), "967741e10c00ddad8c908f8a5bcb3f97133d8a572d51d38a0438b5c7f1fd40cb");
    EXPECT_EQ(first.front().picture.pixels.size(), 3u * 32 * 32);
    EXPECT_NE(seen(section("shapes", {{"pictures", 50}, {"seed", 2}})).front().picture.pixels,
              first.front().picture.pixels);
    const auto print = [](const Json& settings) {
        return find_kind(datasets(), "shapes")->build(section("shapes", settings))->fingerprint({}, {}).or_throw();
    };
    EXPECT_EQ(print({{"examples", 5}}), print({}));
    for (const char* change :
         {R"({"seed":2})", R"({"noise":0.1})", R"({"size":33})", R"({"label":"size"})", R"({"pictures":21})"})
        EXPECT_NE(print(Json::parse(change)), print({})) << change;
}

TEST_F(Pictures, ShapesSayWhatTheyShow) {
    for (const std::string_view label : ShapeFactors::names) {
        const auto all = seen(section("shapes", {{"pictures", 40}, {"label", label}, {"size", 16}}));
        for (const Seen& one : all) {
            EXPECT_EQ(one.columns.size(), 5u);
            EXPECT_EQ(one.label, one.columns.at(std::string(label)));
            const auto& c = one.columns;
            EXPECT_EQ(one.text, "a " + c.at("size") + " " + c.at("colour") + " " + c.at("texture") + " " +
                                    c.at("shape") + " at the " + c.at("place"));
        }
    }
    EXPECT_EQ(find_kind(datasets(), "shapes")->expects({{"size", 48}}), image_input(3, 48, 48));
}

TEST_F(Pictures, ShapesHaveTheColourAndPlaceTheyName) {
    for (const Seen& one : seen(section("shapes", {{"pictures", 200}, {"noise", 0}}))) {
        // The most colourful pixel has the named colour, and the middle of all colour lies in the named place.
        std::array<int, 3> strongest{};
        double weight = 0, x_sum = 0, y_sum = 0;
        int most = -1;
        for (std::size_t i = 0; i < 1024; ++i) {
            const std::array<int, 3> rgb{one.picture.pixels[i], one.picture.pixels[1024 + i],
                                         one.picture.pixels[2048 + i]};
            const int spread = std::max({rgb[0], rgb[1], rgb[2]}) - std::min({rgb[0], rgb[1], rgb[2]});
            if (spread > most) {
                most = spread;
                strongest = rgb;
            }
            weight += spread;
            x_sum += spread * (static_cast<double>(i % 32) + 0.5) / 32;
            y_sum += spread * (static_cast<double>(i / 32) + 0.5) / 32;
        }
        static const std::map<std::string, int> bits{{"red", 4},    {"green", 2},   {"blue", 1},
                                                     {"yellow", 6}, {"magenta", 5}, {"cyan", 3}};
        const int middle = (*std::max_element(strongest.begin(), strongest.end()) +
                            *std::min_element(strongest.begin(), strongest.end())) /
                           2;
        EXPECT_EQ((strongest[0] > middle) * 4 + (strongest[1] > middle) * 2 + (strongest[2] > middle),
                  bits.at(one.columns.at("colour")))
            << one.text;
        const double x = x_sum / weight, y = y_sum / weight;
        const std::string row = y < 0.4   ? "top"
                                : y > 0.6 ? "bottom"
                                          : "",
                          column = x < 0.4   ? "left"
                                   : x > 0.6 ? "right"
                                             : "";
        const std::string place =
            row.empty() && column.empty() ? "centre" : row + (row.empty() || column.empty() ? "" : " ") + column;
        EXPECT_EQ(place, one.columns.at("place")) << one.text << " at " << x << ", " << y;
    }
}

TEST_F(Pictures, ShapesDrawEveryFactorAlike) {
    constexpr int pictures = 6000;
    std::array<std::map<std::size_t, double>, 5> counts;
    std::map<std::pair<std::size_t, std::size_t>, double> pairs;  // of shape and texture
    std::vector<std::uint8_t> pixels(3 * 16 * 16);
    for (int i = 0; i < pictures; ++i) {
        Rng rng(mix64(1, static_cast<std::uint64_t>(i)));
        const ShapeFactors factors = draw_shape(rng, 16, 0, pixels);
        for (std::size_t f = 0; f < counts.size(); ++f) ++counts[f][factors.values[f]];
        ++pairs[{factors.values[ShapeFactors::shape], factors.values[ShapeFactors::texture]}];
    }
    const auto near_uniform = [](const auto& found, std::size_t cells) {
        double chi_square = 0;
        ASSERT_EQ(found.size(), cells);
        const double expected = static_cast<double>(pictures) / static_cast<double>(cells);
        for (const auto& [value, count] : found) chi_square += (count - expected) * (count - expected) / expected;
        const double freedom = static_cast<double>(cells - 1);
        EXPECT_LT(chi_square, freedom + 4 * std::sqrt(2 * freedom));  // its mean and four of its deviations
    };
    for (std::size_t f = 0; f < counts.size(); ++f) near_uniform(counts[f], ShapeFactors::values_of(f).size());
    near_uniform(pairs, 18);
}

TEST_F(Pictures, ShapesNoiseHasItsDeviation) {
    std::vector<std::uint8_t> clean(3 * 128 * 128), noisy(clean.size());
    Rng one(5), two(5);
    draw_shape(one, 128, 0, clean);
    draw_shape(two, 128, 65536 / 50, noisy);  // 0.02, so that nothing is clamped
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const double off = (noisy[i] - clean[i]) / 255.0;
        sum += off;
        squares += off * off;
    }
    const double count = static_cast<double>(clean.size());
    EXPECT_NEAR(sum / count, 0, 4 * 0.02 / std::sqrt(count));
    EXPECT_NEAR(std::sqrt(squares / count), 0.02, 0.0005);
}

TEST_F(Pictures, StoreKeepsPicturesAndTheirMean) {
    const fs::path path = folder_ / "train.pictures";
    auto writer = PictureWriter::create(path).or_throw();
    std::vector<std::vector<std::uint8_t>> all;
    Rng rng(3);
    for (int i = 0; i < 7; ++i) {
        std::vector<std::uint8_t> pixels(3 * 4 * 5);
        for (std::size_t p = 0; p < pixels.size(); ++p)
            pixels[p] = p < 20 ? static_cast<std::uint8_t>(rng.below(256)) : p < 40 ? 255 : 7;
        writer.add({3, 4, 5, pixels}).or_throw();
        all.push_back(pixels);
    }
    const std::vector<std::uint8_t> other(60);
    EXPECT_THAT(to_text(writer.add({3, 5, 4, other}).error()), AllOf(HasSubstr("5 x 4"), HasSubstr("4 x 5")));
    EXPECT_EQ(writer.size(), 7);
    writer.finish().or_throw();
    const PictureStore store = PictureStore::open(path).or_throw();
    ASSERT_EQ(store.size(), 7);
    EXPECT_TRUE(store.shape().same_size({3, 4, 5, {}}));
    double sum = 0, squares = 0;
    for (std::int64_t i = 0; i < 7; ++i) {
        const Picture picture = store.at(i);
        EXPECT_EQ(std::vector(picture.pixels.begin(), picture.pixels.end()), all[static_cast<std::size_t>(i)]);
        for (std::size_t p = 0; p < 20; ++p) sum += picture.pixels[p] / 255.0;
    }
    const double mean = sum / 140;
    for (const auto& pixels : all)
        for (std::size_t p = 0; p < 20; ++p) squares += (pixels[p] / 255.0 - mean) * (pixels[p] / 255.0 - mean);
    EXPECT_NEAR(store.mean()[0], mean, 1e-14);
    EXPECT_NEAR(store.deviation()[0], std::sqrt(squares / 140), 1e-14);
    EXPECT_EQ(store.mean()[1], 1);
    EXPECT_EQ(store.deviation()[1], 0);
    EXPECT_EQ(store.deviation()[2], 0);
}

TEST_F(Pictures, DamagedStoresAreRefused) {
    const fs::path path = folder_ / "train.pictures";
    const std::vector<std::uint8_t> pixels(6, 9), five(6);
    auto writer = PictureWriter::create(path).or_throw();
    writer.add({1, 2, 3, pixels}).or_throw();
    writer.finish().or_throw();
    const std::string good = read_file(path).or_throw();
    const auto refusal = [&](const std::string& bytes) {
        write_file_atomic(path, bytes).or_throw();
        const auto opened = PictureStore::open(path);
        return opened ? "opened" : to_text(opened.error());
    };
    EXPECT_EQ(refusal(good), "opened");
    EXPECT_THAT(refusal(good.substr(0, 50)), HasSubstr("cut short"));
    EXPECT_THAT(refusal(good.substr(0, good.size() - 1)), HasSubstr("length"));
    EXPECT_THAT(refusal(good + "x"), HasSubstr("length"));
    EXPECT_THAT(refusal(std::string(good.size(), '\0')), HasSubstr("another kind"));
    for (std::size_t at = 12; at < good.size() - 6; at += 5) {
        std::string bad = good;
        bad[at] ^= 4;
        EXPECT_THAT(refusal(bad), HasSubstr("does not add up")) << at;
    }
    auto empty = PictureWriter::create(path).or_throw();
    empty.finish().or_throw();
    EXPECT_EQ(PictureStore::open(path).or_throw().size(), 0);
    EXPECT_FALSE(PictureWriter::create(path).or_throw().add({5, 1, 1, five}));
}

}  // namespace
}  // namespace gw::test

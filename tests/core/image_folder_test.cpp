#include <fstream>
#include <map>
#include <random>

#include "data/images/picture_columns.h"
#include "data/images/picture_copy.h"
#include "data/images/read_once.h"
#include "picture_file_bytes.h"
#include "reading.h"
#include "util/answer_within.h"

namespace gw::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

class ImageFolders : public Reading {
  protected:
    struct Found {
        std::vector<std::string> sources, labels;
        std::map<std::string, std::vector<std::uint8_t>> pixels;  ///< by source
        ReadReport report;
    };
    static Found found(const Json& settings) {
        Found out;
        find_kind(datasets(), "image_folder")
            ->build(section("image_folder", settings))
            ->visit(
                [&](const Document& document) {
                    EXPECT_EQ(document.index, static_cast<std::int64_t>(out.sources.size()));
                    out.sources.emplace_back(document.source);
                    out.labels.push_back(document.label ? document.label->classes.front() : "-");
                    out.pixels[out.sources.back()] = PictureCopy(*document.picture).pixels;
                    return true;
                },
                {}, {}, &out.report)
            .or_throw();
        return out;
    }
    std::string at(const std::string& name) const { return (folder_ / name).string(); }
    Json paths(const std::string& name) const { return {{"paths", {at(name)}}}; }
    Json paths(const std::string& name, const Json& more) const {
        Json out = paths(name);
        out.update(more);
        return out;
    }
    std::string said(const std::string& name, const Json& more = Json::object()) const {
        return complaint("image_folder", paths(name, more));
    }
    static std::vector<std::string> offers(const Json& settings) {
        return find_kind(datasets(), "image_folder")->offers(settings);
    }
    static std::string passed(const ReadReport& report, const std::string& why) {
        for (const auto& one : report.passed)
            if (one.why.find(why) != std::string::npos) return std::to_string(one.count);
        return "none";
    }
    /// Three pictures of two classes in two parts, as a tree may look.
    static NamedBytes tree() {
        return {{"set/test/cat/1.png", small_png(1)},
                {"set/test/dog/2.PNG", small_png(2)},
                {"set/train/cat/3.jpeg", small_jpeg(3, 6, 5)}};
    }
};

TEST_F(ImageFolders, FoldersNameClassesAndPartsDoNot) {
    for (const auto& [name, bytes] : tree()) file(name, bytes);
    file("set/readme.txt", "Pictures");
    file("set/train/cat/old.gif", "GIF89a");
    file("set/train/.DS_Store", "x");
    file("set/__MACOSX/train/cat/3.jpeg", "x");
    const Found seen = found(paths("set"));
    EXPECT_THAT(seen.sources, ElementsAre("test/cat/1.png", "test/dog/2.PNG", "train/cat/3.jpeg"));
    EXPECT_THAT(seen.labels, ElementsAre("cat", "dog", "cat"));
    EXPECT_EQ(seen.report.format, "pictures");
    EXPECT_EQ(seen.report.files, 3);
    EXPECT_EQ(seen.report.rows, 3);
    EXPECT_EQ(seen.report.classes, (std::vector<std::pair<std::string, std::int64_t>>{{"cat", 2}, {"dog", 1}}));
    EXPECT_EQ(passed(seen.report, "not one of JPEG or PNG"), "1");
    EXPECT_EQ(passed(seen.report, "other than JPEG and PNG"), "1");
    EXPECT_EQ(passed(seen.report, "hidden"), "1");
    EXPECT_THAT(seen.report.warnings, ElementsAre(HasSubstr("\"dog\" has one picture alone")));
    EXPECT_THAT(offers(paths("set")), ElementsAre("image", value_rows, rows_without_text, "labels of the kind class"));
}

TEST_F(ImageFolders, WhatIsKnownOfAPictureCanBeCutBy) {
    for (const auto& [name, bytes] : tree()) file(name, bytes);
    file("set/cat/4.png", small_png(4));
    using Columns = std::vector<std::pair<std::string, std::string>>;
    std::map<std::string, Columns> columns;
    const auto look = [&](const Json& settings) {
        columns.clear();
        find_kind(datasets(), "image_folder")
            ->build(section("image_folder", settings))
            ->visit(
                [&](const Document& document) {
                    columns[std::string(document.source)] = document.label ? document.label->columns : Columns();
                    return true;
                },
                {}, {})
            .or_throw();
    };
    look(paths("set", {{"height", 4}, {"width", 4}}));
    ASSERT_EQ(columns.size(), 4U);
    const Picture of_jpeg{3, 6, 5, {}};  // as the file has it, not as it is brought to
    bool seen = false;
    for (const auto& [source, its] : columns) {
        EXPECT_EQ(its[0].first, "class");
        EXPECT_EQ(its[1],
                  (std::pair<std::string, std::string>("part", source.find("test/") != std::string::npos    ? "test"
                                                               : source.find("train/") != std::string::npos ? "train"
                                                                                                            : "none")))
            << source;
        if (source.ends_with("3.jpeg")) {
            seen = true;
            EXPECT_EQ(its, picture_columns("cat", source, of_jpeg));
        }
    }
    EXPECT_TRUE(seen);
    look(paths("set", {{"labels", "none"}}));
    for (const auto& [source, its] : columns) EXPECT_TRUE(its.empty()) << source;
}

TEST(PictureColumns, AreOfTheFileAndItsPlace) {
    EXPECT_THAT(picture_columns("dog", "a/Test/dog/1.png", {1, 511, 256, {}}),
                ElementsAre(Pair("class", "dog"), Pair("part", "Test"), Pair("folder", "a/Test/dog"),
                            Pair("width", "256 to 511"), Pair("height", "256 to 511"), Pair("colours", "grey")));
    const auto one = picture_columns("x", "1.png", {3, 1, 512, {}});
    EXPECT_EQ(one[1].second, "none");
    EXPECT_EQ(one[2].second, "none");
    EXPECT_EQ(one[3].second, "512 to 1023");
    EXPECT_EQ(one[4].second, "1");
    EXPECT_EQ(one[5].second, "colour");
}

TEST_F(ImageFolders, AnArchiveIsItsTree) {
    for (const auto& [name, bytes] : tree()) file(name, bytes);
    const Found plain = found(paths("set"));
    NamedBytes packed = tree();
    packed.emplace_back("./set/.DS_Store", "x");
    packed.emplace_back("__MACOSX/set/train/cat/._3.jpeg", "x");
    packed.emplace_back("set/notes.txt", "Pictures");
    file("a/set.tar", tar_of(packed));
    file("b/set.tar.gz", gzip_file(tar_of(packed)));
    file("c/set.zip", zip_file(packed));
    for (const char* name : {"a", "b", "c", "a/set.tar", "b/set.tar.gz", "c/set.zip"}) {
        const Found seen = found(paths(name));
        EXPECT_THAT(seen.sources, ElementsAre("set/test/cat/1.png", "set/test/dog/2.PNG", "set/train/cat/3.jpeg"));
        EXPECT_EQ(seen.labels, plain.labels) << name;
        for (const auto& [source, pixels] : plain.pixels) EXPECT_EQ(seen.pixels.at("set/" + source), pixels) << name;
        EXPECT_EQ(passed(seen.report, "hidden"), "2") << name;
        EXPECT_EQ(passed(seen.report, "not one of JPEG or PNG"), "1") << name;
        EXPECT_THAT(offers(paths(name)),
                    ElementsAre("image", value_rows, rows_without_text, "labels of the kind class"));
    }
    const auto print = [&](const Json& settings) {
        return find_kind(datasets(), "image_folder")
            ->build(section("image_folder", settings))
            ->fingerprint({}, {})
            .or_throw();
    };
    EXPECT_NE(print(paths("c")), print(paths("c", {{"labels", "none"}})));
    EXPECT_NE(print(paths("c")), print(paths("c", {{"channels", 1}})));
    EXPECT_EQ(print(paths("c")), print(paths("c", {{"labels", "folders"}, {"fit", "pad"}})));
}

TEST_F(ImageFolders, NamesInAnArchiveAreOnlyNames) {
    const NamedBytes packed{{"../up/1.png", small_png(1)},
                            {"/etc/down/2.png", small_png(2)},
                            {"\xE7\x8C\xAB/3.png", small_png(3)},
                            {"caf\xE9/4.png", small_png(4)}};
    file("a/x.tar", tar_of(packed));
    file("b/x.zip", zip_file({packed.begin(), packed.begin() + 3}));
    EXPECT_THAT(found(paths("a")).labels, ElementsAre("up", "etc/down", "\xE7\x8C\xAB", "caf\\xE9"));
    EXPECT_THAT(found(paths("b")).labels, ElementsAre("up", "etc/down", "\xE7\x8C\xAB"));
    std::vector<std::string> after;
    for (const auto& entry : fs::directory_iterator(folder_.path())) after.push_back(entry.path().filename().string());
    EXPECT_THAT(after, UnorderedElementsAre("a", "b"));
    EXPECT_FALSE(fs::exists(folder_.path().parent_path() / "up"));
}

TEST_F(ImageFolders, AnArchiveLiesInTheClassFolderThatIsAroundIt) {
    for (const auto& [name, bytes] : tree()) file(name, bytes);
    file("set/train/cat/more.tar", tar_of({{"5.png", small_png(5)}, {"./6.png", small_png(6)}}));
    EXPECT_THAT(found(paths("set")).labels, ElementsAre("cat", "dog", "cat", "cat", "cat"));
    // Folders inside it say it for themselves.
    file("set/train/cat/more.tar", tar_of({{"dog/5.png", small_png(5)}, {"./cat/../dog/6.png", small_png(6)}}));
    EXPECT_THAT(found(paths("set")).labels, ElementsAre("cat", "dog", "cat", "dog", "dog"));
}

TEST_F(ImageFolders, ANameThatAnArchiveHoldsTwiceCountsOnce) {
    file("x.tar", tar_of({{"cat/1.png", small_png(1)}, {"dog/2.png", small_png(2)}, {"./cat/1.png", small_png(3)}}));
    const Found seen = found(paths("x.tar"));
    EXPECT_THAT(seen.labels, ElementsAre("cat", "dog"));
    EXPECT_EQ(passed(seen.report, "holds twice"), "1");
}

TEST_F(ImageFolders, ControlCharactersOfANameAreWrittenOut) {
    file("set/a\x1B[31m\nb/1.png", small_png(1));
    file("set/dog/2.png", small_png(2));
    EXPECT_THAT(found(paths("set")).labels, ElementsAre("a\\x1B[31m\\x0Ab", "dog"));
}

TEST_F(ImageFolders, WithoutFoldersThereAreNoClasses) {
    for (int i = 0; i < 3; ++i) file("flat/" + std::to_string(i) + ".png", small_png(i));
    EXPECT_THAT(found(paths("flat")).labels, ElementsAre("-", "-", "-"));
    EXPECT_THAT(read_report_text(found(paths("flat")).report), HasSubstr("3 pictures of 3 files"));
    EXPECT_THAT(offers(paths("flat")), ElementsAre("image", value_rows, rows_without_text));
    EXPECT_THAT(said("flat", {{"labels", "folders"}}),
                AllOf(HasSubstr("do not lie in class folders"), HasSubstr("0.png"), HasSubstr("dataset.labels=none")));
    // Parts are no classes, nor is a folder within another.
    file("parts/train/1.png", small_png(1));
    file("parts/test/2.png", small_png(2));
    EXPECT_THAT(found(paths("parts")).labels, ElementsAre("-", "-"));
    file("nested/1.png", small_png(1));
    file("nested/more/2.png", small_png(2));
    EXPECT_THAT(found(paths("nested")).labels, ElementsAre("-", "-"));
    file("tar/x.tar", tar_of({{"x/1.png", small_png(1)}, {"x/2.png", small_png(2)}}));
    EXPECT_THAT(found(paths("tar")).labels, ElementsAre("-", "-"));
    for (const auto& [name, bytes] : tree()) file(name, bytes);
    EXPECT_THAT(found(paths("set", {{"labels", "none"}})).labels, ElementsAre("-", "-", "-"));
    EXPECT_THAT(offers(paths("set", {{"labels", "none"}})), ElementsAre("image", value_rows, rows_without_text));
    EXPECT_THAT(offers(paths("nowhere")),
                ElementsAre("image", value_rows, rows_without_text, "labels of the kind class"));
    EXPECT_FALSE(find_kind(datasets(), "image_folder")
                     ->check({{"paths", {"x"}}, {"labels", "none"}, {"only", {"cat"}}}, "dataset")
                     .empty());
}

TEST_F(ImageFolders, APictureBesideClassFoldersIsPassedOver) {
    for (const auto& [name, bytes] : tree()) file(name, bytes);
    file("set/logo.png", small_png(9));
    const Found seen = found(paths("set"));
    EXPECT_THAT(seen.labels, ElementsAre("cat", "dog", "cat"));
    EXPECT_EQ(passed(seen.report, "no class folder"), "1");
}

TEST_F(ImageFolders, MixedSizesNeedOneToBeBroughtTo) {
    file("set/cat/1.png", small_png(1));
    file("set/cat/2.png", small_png(2));
    file("set/dog/3.png", small_png(3, 4, 7));
    EXPECT_THAT(said("set"), AllOf(HasSubstr("4 x 7 pixels"), HasSubstr("6 x 5 pixels"), HasSubstr("dog/3.png"),
                                   HasSubstr("dataset.height")));
    const Found seen = found(paths("set", {{"height", 3}, {"width", 2}, {"channels", 1}}));
    for (const auto& [source, pixels] : seen.pixels) EXPECT_EQ(pixels.size(), 6U) << source;
    const auto problems = find_kind(datasets(), "image_folder")->check({{"paths", {"x"}}, {"height", 8}}, "dataset");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().path, "dataset.width");
    EXPECT_FALSE(find_kind(datasets(), "image_folder")->check({{"paths", {"x"}}, {"channels", 2}}, "dataset").empty());
}

TEST_F(ImageFolders, UnreadableFilesAreAnErrorOrLeftOutAndCounted) {
    const std::string cut = small_png(2).substr(0, 60);
    for (int i = 0; i < 4; ++i)
        file("set/" + std::string(i % 2 ? "cat/" : "dog/") + std::to_string(i) + ".png", small_png(i));
    file("set/cat/5.png", cut);
    file("set/cat/6.png", "A text that calls itself a picture");
    file("set/dog/7.jpg", small_jpeg().substr(0, 300));
    file("set/dog/8.jpg", "");
    EXPECT_THAT(said("set"), AllOf(HasSubstr("cut short"), HasSubstr("cat/5.png")));
    const Found seen = found(paths("set", {{"unreadable", "skip"}}));
    EXPECT_EQ(seen.sources.size(), 4U);
    EXPECT_EQ(passed(seen.report, "the PNG is cut short"), "1");
    EXPECT_EQ(passed(seen.report, "text"), "1");
    EXPECT_EQ(passed(seen.report, "the JPEG is cut short"), "1");
    EXPECT_EQ(passed(seen.report, "empty"), "1");
    EXPECT_THAT(read_report_text(seen.report), HasSubstr("cat/5.png"));
    file("bad/cat/5.png", cut);
    file("bad/dog/6.png", cut);
    EXPECT_THAT(said("bad", {{"unreadable", "skip"}}), HasSubstr("no picture in these files that can be read"));
    // In an archive the place of a picture is its name there and the archive's.
    file("tar/x.tar", tar_of({{"cat/1.png", small_png(1)}, {"dog/2.png", cut}}));
    EXPECT_THAT(said("tar"), AllOf(HasSubstr("cut short"), HasSubstr("dog/2.png in "), HasSubstr("x.tar")));
    EXPECT_EQ(found(paths("tar", {{"unreadable", "skip"}})).sources.size(), 1U);
}

TEST_F(ImageFolders, WhatIsDoubtfulIsSaid) {
    file("set/Cat/1.png", small_png(1));
    file("set/Cat/2.png", small_png(2));
    file("set/cat/3.png", small_png(3));
    const Found seen = found(paths("set"));
    EXPECT_THAT(seen.report.warnings, ElementsAre(HasSubstr("\"Cat\" and \"cat\" differ by case"),
                                                  HasSubstr("\"cat\" has one picture alone")));
    file("texts/a/1.txt", "no picture");
    EXPECT_THAT(said("texts"), AllOf(HasSubstr("no picture among these files"), HasSubstr("1.txt")));
    file("no/x.zip", zip_file({{"notes.txt", "no picture"}}));
    EXPECT_THAT(said("no"), AllOf(HasSubstr("no picture"), HasSubstr("x.zip")));
}

TEST_F(ImageFolders, ADamagedArchiveIsAnErrorThatNamesIt) {
    file("a/x.tar", "A text that calls itself an archive");
    EXPECT_THAT(said("a"), AllOf(HasSubstr("archive"), HasSubstr("x.tar")));
    const std::string tar = tar_of(tree());
    file("b/x.tar", tar.substr(0, 1100));
    EXPECT_THAT(said("b"), AllOf(HasSubstr("archive"), HasSubstr("x.tar")));
    const std::string packed = gzip_file(tar);
    file("c/x.tar.gz", packed.substr(0, packed.size() / 2));
    EXPECT_THAT(said("c"), HasSubstr("x.tar.gz"));
    const std::string zip = zip_file(tree());
    file("d/x.zip", zip.substr(0, zip.size() / 2));
    EXPECT_THAT(said("d"), HasSubstr("x.zip"));
    // The check of the second picture's bytes fails: it is one unreadable picture, and the rest is read.
    std::string flipped = zip;
    flipped[zip.find("2.PNG") + 40] ^= 1;
    file("e/x.zip", flipped);
    EXPECT_THAT(said("e"), AllOf(HasSubstr("2.PNG"), HasSubstr("x.zip")));
    EXPECT_EQ(found(paths("e", {{"unreadable", "skip"}})).sources.size(), 2U);
    fs::create_directories(folder_ / "f");
    std::mt19937_64 rng(9);
    for (const std::string& whole : {tar, packed, zip})
        for (int trial = 0; trial < 500; ++trial) {
            std::string bytes = whole.substr(0, trial % 3 == 0 ? rng() % whole.size() : whole.size());
            for (std::uint64_t flips = trial % 3 == 0 ? 0 : 1 + rng() % 4; flips > 0; --flips)
                bytes[rng() % bytes.size()] = static_cast<char>(rng());
            std::ofstream(folder_ / "f/x.zip", std::ios::binary) << bytes;  // what it is shows by its content
            const auto read = rows(section("image_folder", paths("f")));
            if (read) continue;
            ASSERT_FALSE(read.error().hint.empty());
            ASSERT_THAT(to_text(read.error()), HasSubstr("x.zip"));
        }
}

TEST_F(ImageFolders, ArePreparedByPart) {
    for (int i = 0; i < 30; ++i)
        file("set/" + std::string(i < 10 ? "test/" : "train/") + (i % 2 ? "cat/" : "dog/") + std::to_string(i) + ".png",
             small_png(i));
    PrepareRequest request = ask(section("image_folder", paths("set")), {{"kind", "test_files"}, {"validation", 0.2}});
    request.tokenizer = {{"kind", "none"}};
    const PreparedData data = prepare_data(request).or_throw();
    EXPECT_EQ(data.units(Part::test), 10);
    EXPECT_EQ(data.units(Part::train) + data.units(Part::validation), 20);
    EXPECT_THAT(data.train_examples.classes, ElementsAre("cat", "dog"));
    request.dataset["labels"] = "none";
    const PreparedData plain = prepare_data(request).or_throw();
    EXPECT_EQ(plain.units(Part::test), 10);
    EXPECT_TRUE(plain.train_examples.classes.empty());
}

TEST_F(ImageFolders, ASampleOfPhotographs) {
    const fs::path tar = fs::path(GROUNDWORK_SOURCE_DIR) / "../shared/data/cifar10-subset/cifar10-subset.tar";
    if (!fs::exists(tar)) GTEST_SKIP() << "the data is not here: " << tar;
    const Json settings = section("image_folder", {{"paths", {tar.string()}}, {"labels", "folders"}});
    std::int64_t seen = 0;
    find_kind(datasets(), "image_folder")
        ->build(settings)
        ->visit(
            [&](const Document& document) {
                EXPECT_EQ(document.label->classes.front(), "airplane");
                EXPECT_EQ(document.source, "cifar10-subset/test/airplane/" + std::string(seen < 10 ? "000" : "00") +
                                               std::to_string(seen) + ".jpg");
                EXPECT_EQ(document.picture->pixels.size(), 3072U);
                return ++seen < 50;
            },
            {}, {})
        .or_throw();
    EXPECT_EQ(seen, 50);
}

/// A thread that draws is told at once what it can be told, and the whole look of another one tells it the rest.
TEST_F(ImageFolders, WhoHasNoTimeDoesNotWaitForAnArchive) {
    NamedBytes packed;
    for (int i = 0; i < 20; ++i) packed.emplace_back("all/" + std::to_string(i) + ".png", small_png(1));
    file("many.tar.gz", gzip_file(tar_of(packed)));
    const Json settings = section("image_folder", paths("many.tar.gz"));
    struct NoTime {
        NoTime() { answer_within = std::chrono::milliseconds(0); }
        ~NoTime() { answer_within = std::chrono::milliseconds::max(); }
    };
    const auto at_once = [&] {
        const NoTime here;
        return offers(settings);
    };
    EXPECT_THAT(at_once(), ElementsAre("image", value_rows, rows_without_text, "labels of the kind class"))
        << "not known yet, so not refused";
    const DatasetKind& kind = *find_kind(datasets(), "image_folder");
    std::stop_source stopped;
    stopped.request_stop();
    const Status given_up = kind.look_first(settings, {}, stopped.get_token());
    ASSERT_FALSE(given_up);
    EXPECT_EQ(given_up.error().code, Error::Code::cancelled);
    EXPECT_EQ(at_once().size(), 4U);
    double most = -1;
    kind.look_first(settings, [&](const std::string&, double share) { most = std::max(most, share); }, {}).or_throw();
    EXPECT_TRUE(most >= 0 && most <= 1) << most;
    EXPECT_THAT(at_once(), ElementsAre("image", value_rows, rows_without_text)) << "what the look found is remembered";
}

/// Two pictures with what a dataset says of them; counts how often they are read.
class Slow final : public Dataset {
  public:
    explicit Slow(int& reads) : reads_(reads) {}
    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override { return std::string("slow"); }
    LabelKind labels() const override { return LabelKind::one_class; }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn&, std::stop_token,
                ReadReport& report) const override {
        ++reads_;
        report.format = "pictures";
        for (std::uint8_t i = 0; i < 2; ++i) {
            const std::vector<std::uint8_t> pixels(12, i);
            const Picture picture{3, 2, 2, pixels};
            Label label;
            label.classes = {i == 0 ? "cat" : "dog"};
            ++report.rows;
            if (!sink({"a caption", "t.csv", i, &label, i + 2, &picture})) break;
        }
        return {};
    }
    int& reads_;
};

TEST_F(ImageFolders, SlowPicturesAreDecodedOnce) {
    const fs::path folder = folder_ / "decoded";
    fs::create_directories(folder);
    int reads = 0;
    {
        const ReadOnce once(std::make_unique<Slow>(reads), folder);
        const auto seen = [&](std::int64_t most) {
            std::vector<std::string> out;
            ReadReport report;
            once.visit(
                    [&](const Document& one) {
                        out.push_back(std::string(one.text) + one.label->classes.front() + std::string(one.source) +
                                      std::to_string(one.row) + std::to_string(one.index) +
                                      std::to_string(one.picture->pixels.back()) + picture_size(*one.picture));
                        return static_cast<std::int64_t>(out.size()) < most;
                    },
                    {}, {}, &report)
                .or_throw();
            EXPECT_EQ(report.format, "pictures");
            return out;
        };
        EXPECT_EQ(seen(1).size(), 1U);
        const auto first = seen(9);
        EXPECT_EQ(reads, 2) << "a reading that was broken off is not kept";
        ASSERT_EQ(first.size(), 2U);
        EXPECT_EQ(seen(9), first);
        EXPECT_EQ(seen(1).size(), 1U);
        EXPECT_EQ(reads, 2);
        EXPECT_EQ(once.labels(), LabelKind::one_class);
    }
    EXPECT_FALSE(fs::exists(folder)) << "nothing is left of it";
}

TEST_F(ImageFolders, WhatIsKeptLeavesTheDiskRoomForWhatIsMadeOfIt) {
    // Until the next look 64 MiB may be kept, and as much is written from them; the first picture has 12 bytes.
    const auto enough = [](const fs::path&) -> std::uint64_t { return (std::uint64_t{128} << 20) + 12; };
    const auto less = [](const fs::path&) -> std::uint64_t { return (std::uint64_t{128} << 20) + 11; };
    for (const ReadOnce::FreeBytes free : {ReadOnce::FreeBytes(enough), ReadOnce::FreeBytes(less)}) {
        const fs::path folder = folder_ / "decoded";
        fs::create_directories(folder);
        int reads = 0;
        const ReadOnce once(std::make_unique<Slow>(reads), folder, free);
        for (int i = 0; i < 2; ++i) once.visit([](const Document&) { return true; }, {}, {}).or_throw();
        EXPECT_EQ(reads, free({}) == enough({}) ? 1 : 2);
    }
}

}  // namespace
}  // namespace gw::test

#include <algorithm>
#include <map>
#include <set>

#include "core/picture_bytes.h"
#include "core/reading.h"
#include "data/example_collector.h"
#include "data/pair_rows.h"

// Pictures with captions: from files, from the drawing, and as rows.
namespace gw::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Pairs : public Reading {
  protected:
    static constexpr const char* table =
        "file,caption,kind,part\na.png,a red square,warm,train\nb.png,something "
        "blue,cold,test\na.png,all red,warm,train\n";
    void write_pictures(const std::string& folder) {
        file(folder + "/a.png", one_colour_png(8, 200, 10, 20));
        file(folder + "/b.png", one_colour_png(8, 10, 20, 220));
    }
    Json here(Json settings = Json::object()) const {
        settings["paths"] = {folder_.path().string()};
        if (!settings.contains("size")) settings["size"] = 8;
        return settings;
    }
    struct Seen {
        std::string source, text;
        std::int64_t row;
        int red;
    };
    static std::vector<Seen> seen(const Json& section, ReadReport* report = nullptr) {
        std::vector<Seen> out;
        find_kind(datasets(), section.at("kind"))
            ->build(section)
            ->visit(
                [&](const Document& document) {
                    out.push_back({std::string(document.source), std::string(document.text), document.row,
                                   document.picture->pixels[0]});
                    return true;
                },
                {}, {}, report)
            .or_throw();
        return out;
    }
    static std::string text_of(const PreparedData& data, const HostBatch& rows, std::int64_t row) {
        std::vector<Token> ids;
        for (std::int64_t i = 0; i < rows.lengths[static_cast<std::size_t>(row)]; ++i)
            ids.push_back(rows.token(row, i));
        return data.tokenizer->decode(ids);
    }
    PrepareRequest shapes(bool captions, const Json& more = Json::object()) const {
        Json settings = more;
        settings["pictures"] = 120;
        settings["size"] = 16;
        PrepareRequest request =
            ask(section("shapes", settings), {{"kind", "by_document"}, {"validation", 0.2}, {"test", 0.1}});
        request.captions = captions;
        if (!captions) request.tokenizer = {{"kind", "none"}};
        return request;
    }
};

TEST_F(Pairs, ATableNamesPicturesBesideIt) {
    write_pictures(".");
    file("captions.csv", table);
    ReadReport report;
    const auto rows = seen(section("image_text", here({{"part", "part"}})), &report);
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].text, "a red square");
    EXPECT_EQ(rows[1].text, "something blue");
    EXPECT_EQ(rows[0].source, "train/captions.csv");
    EXPECT_EQ(rows[1].source, "test/captions.csv");
    EXPECT_EQ(rows[2].row, 4);
    EXPECT_EQ(rows[0].red, 200);
    EXPECT_EQ(rows[1].red, 10);
    EXPECT_EQ(rows[2].red, 200);
    EXPECT_EQ(report.rows, 3);
    EXPECT_THAT(Reading::rows(section("image_text", here({{"label", "kind"}}))).or_throw(),
                ElementsAre("a red square|warm", "something blue|cold", "all red|warm"));
}

TEST_F(Pairs, WhatIsKnownOfAPictureWithAClassCanBeCutBy) {
    write_pictures("pictures");
    file("captions.csv", "file,caption,kind,part\npictures/a.png,a red square,warm,test\n");
    const auto columns = [&](const Json& settings) {
        std::map<std::string, std::string> out;
        find_kind(datasets(), "image_text")
            ->build(section("image_text", here(settings)))
            ->visit(
                [&](const Document& document) {
                    if (document.label) out = {document.label->columns.begin(), document.label->columns.end()};
                    return true;
                },
                {}, {})
            .or_throw();
        return out;
    };
    const std::map<std::string, std::string> known{{"class", "warm"},           {"part", "test"},
                                                   {"folder", "test/pictures"}, {"width", "8 to 15"},
                                                   {"height", "8 to 15"},       {"colours", "colour"}};
    EXPECT_EQ(columns({{"label", "kind"}, {"part", "part"}, {"size", 16}}), known);
    EXPECT_TRUE(columns({{"part", "part"}}).empty()) << "without classes there is nothing that is judged";
}

TEST_F(Pairs, JsonRowsNamePicturesInAnArchive) {
    file("captions.jsonl",
         "{\"file\": \"p/b.png\", \"caption\": \"something blue\"}\n{\"file\": \"./p/a.png\", \"caption\": \"a red "
         "square\"}\n{\"file\": \"p/a.png\", \"caption\": \" \"}\n");
    file("pictures.tar", tar_of({{"p/a.png", one_colour_png(9, 200, 10, 20)},
                                 {"p/other.png", "no picture"},
                                 {"p/b.png", one_colour_png(8, 10, 20, 220)}}));
    ReadReport report;
    const auto rows = seen(section("image_text", here()), &report);
    ASSERT_EQ(rows.size(), 2u) << "in the archive's order, without the row that has no caption";
    EXPECT_EQ(rows[0].text, "a red square");
    EXPECT_EQ(rows[0].row, 2);
    EXPECT_EQ(rows[0].red, 200);
    EXPECT_EQ(rows[1].text, "something blue");
    EXPECT_EQ(rows[1].red, 10);
    ASSERT_EQ(report.passed.size(), 1u);
    EXPECT_EQ(report.passed[0].first, (std::vector<FilePlace>{{"captions.jsonl", 3}}));
    const auto print = [&] {
        return find_kind(datasets(), "image_text")
            ->build(section("image_text", here()))
            ->fingerprint({}, {})
            .or_throw();
    };
    const std::string before = print();
    file("pictures.tar", tar_of({{"p/a.png", one_colour_png(9, 201, 10, 20)}}));
    EXPECT_NE(print(), before);
}

TEST_F(Pairs, ATableAloneFindsTheArchiveThatIsCalledAsItsFolder) {
    file("captions.csv", "file,caption\np/a.png,red\n./q/b.png,blue\np/b.png,blue too\n");
    const auto red = one_colour_png(8, 200, 10, 20), blue = one_colour_png(8, 10, 20, 220);
    file("p.tar", tar_of({{"p/a.png", red}, {"p/b.png", blue}}));
    file("q.tar.gz", tar_of({{"q/b.png", blue}}));
    file("other.tar", "damaged, but none of the table's folders");
    const Json alone = section("image_text", {{"paths", {(folder_ / "captions.csv").string()}}, {"size", 8}});
    const auto rows = seen(alone);
    ASSERT_EQ(rows.size(), 3u);
    for (const Seen& row : rows) EXPECT_EQ(row.red, row.text == "red" ? 200 : 10) << row.text;
    const auto print = [&] {
        return find_kind(datasets(), "image_text")->build(alone)->fingerprint({}, {}).or_throw();
    };
    const std::string before = print();
    file("q.tar.gz", tar_of({{"q/b.png", red}}));
    EXPECT_NE(print(), before) << "the archive is part of the data";
    // One that a path names as well is read once; a folder above the table's is none of its own.
    file("captions.csv", "file,caption\np/a.png,red\n");
    fs::remove(folder_ / "other.tar");
    fs::remove(folder_ / "q.tar.gz");
    EXPECT_EQ(seen(section("image_text", here())).size(), 1u);
    file("captions.csv", "file,caption\n../p/a.png,red\n");
    EXPECT_THAT(complaint("image_text", here()), HasSubstr("missing: ../p/a.png"));
}

TEST_F(Pairs, ATableTakesItsPicturesFromTheArchiveBesideIt) {
    for (const auto& [folder, red] : {std::pair{"A", 200}, {"B", 10}}) {
        file(std::string(folder) + "/captions.csv", "file,caption\np/1.png,of " + std::string(folder) + "\n");
        file(std::string(folder) + "/p.tar", tar_of({{"p/1.png", one_colour_png(8, red, 0, 0)}}));
    }
    std::map<std::string, int> red;
    for (const Seen& row : seen(section("image_text", here()))) red[row.text] = row.red;
    EXPECT_EQ(red, (std::map<std::string, int>{{"of A", 200}, {"of B", 10}}));
}

TEST_F(Pairs, ANameThatAnArchiveHoldsTwiceIsTold) {
    file("captions.csv", "file,caption\np//1.png,one\n");
    file("p.tar", tar_of({{"p/1.png", one_colour_png(8, 200, 0, 0)}, {"./p/1.png", one_colour_png(8, 10, 0, 0)}}));
    ReadReport report;
    ASSERT_EQ(seen(section("image_text", here()), &report).size(), 1u);
    EXPECT_TRUE(std::any_of(report.passed.begin(), report.passed.end(),
                            [](const auto& one) { return one.why.find("holds twice") != std::string::npos; }));
}

TEST_F(Pairs, ARowThatDoesNotFitItsHeaderIsNoCaption) {
    write_pictures(".");
    const auto said = [&](const std::string& text) {
        file("captions.csv", text);
        return complaint("image_text", here());
    };
    EXPECT_THAT(said("file,caption\na.png,a red car, parked\n"),
                AllOf(HasSubstr("3 cells"), HasSubstr("2"), HasSubstr("double quotes"), HasSubstr("row 2")));
    EXPECT_THAT(said("file,caption\na.png\n"), AllOf(HasSubstr("1 cell"), HasSubstr("row 2")));
    EXPECT_THAT(said("file,caption,caption\na.png,one,two\n"), HasSubstr("Two columns are called \"caption\""));
    EXPECT_THAT(said("file,caption\na.png,\"a red car, parked\",\n"), HasSubstr("no error"));
    EXPECT_THAT(said("file;caption\na.png;a red car, parked\n"), HasSubstr("no error"))
        << "the header says what is between the cells";
    fs::remove(folder_ / "captions.csv");
    const auto of_json = [&](const std::string& text) {
        file("captions.jsonl", text);
        return complaint("image_text", here());
    };
    EXPECT_THAT(of_json(R"({"file": "a.png", "caption": ["one", "two"]})"), HasSubstr("is a list, not a text"));
    EXPECT_THAT(of_json(R"({"file": "a.png", "caption": "one"}
{"file": "a.png", "caption": {"en": "two"}})"),
                AllOf(HasSubstr("is an object"), HasSubstr("row 2")));
    EXPECT_THAT(of_json(R"({"file": null, "caption": "one"})"), HasSubstr("has no picture"));
}

TEST_F(Pairs, WhatIsWrongIsNamedWithFileAndRow) {
    write_pictures(".");
    const auto told = [&](const std::string& rows, Json settings = Json::object()) {
        file("captions.csv", rows);
        return complaint("image_text", here(settings));
    };
    EXPECT_THAT(told("file,caption\na.png,one\ngone.png,two\n"),
                AllOf(HasSubstr("missing: gone.png"), HasSubstr("row 3"), HasSubstr("captions.csv"),
                      HasSubstr("dataset.unreadable=skip")));
    EXPECT_EQ(told("file,caption\na.png,one\ngone.png,two\n", {{"unreadable", "skip"}}), "no error: [\"one\"]");
    file("text.png", "no picture at all");
    EXPECT_THAT(told("file,caption\na.png,one\ntext.png,two\n"), AllOf(HasSubstr("text.png"), HasSubstr("row 3")));
    EXPECT_EQ(told("file,caption\ntext.png,two\na.png,one\n", {{"unreadable", "skip"}}), "no error: [\"one\"]");
    EXPECT_THAT(told("file,caption\ntext.png,two\n", {{"unreadable", "skip"}}),
                HasSubstr("None of the pictures of these captions can be read"));
    EXPECT_THAT(told("path,caption\na.png,one\n"),
                AllOf(HasSubstr("no \"file\""), HasSubstr("\"path\", \"caption\""), HasSubstr("dataset.file")));
    EXPECT_THAT(told("file,caption,kind\na.png,one,\n", {{"label", "kind"}}),
                AllOf(HasSubstr("class of this row is missing"), HasSubstr("row 2")));
    EXPECT_THAT(told("file,caption\n"), HasSubstr("There is no caption in these files"));
    fs::remove(folder_ / "captions.csv");
    EXPECT_THAT(complaint("image_text", here()), HasSubstr("no table of captions"));
}

TEST_F(Pairs, PicturesWithoutLabelsOrCaptionsArePrepared) {
    write_pictures("in");
    std::string rows = "file,caption\n";
    for (int i = 0; i < 20; ++i) rows += i % 2 ? "a.png,red " + std::to_string(i) + "\n" : "b.png,blue\n";
    file("in/captions.csv", rows);
    PrepareRequest request = ask(section("image_text", {{"paths", {(folder_ / "in").string()}}, {"size", 8}}),
                                 {{"kind", "by_document"}, {"validation", 0.3}, {"test", 0.2}});
    request.tokenizer = {{"kind", "none"}};
    for (int time = 0; time < 2; ++time) {
        const PreparedData data = prepare_data(request).or_throw();
        EXPECT_EQ(data.from_cache, time == 1);
        EXPECT_TRUE(data.input.image && !data.input.tokens && !data.captions);
        std::int64_t all = 0;
        for (const Part part : all_parts) {
            const ExampleTable& examples = data.examples(part);
            EXPECT_EQ(examples.kind, LabelKind::none);
            EXPECT_TRUE(examples.classes.empty());
            EXPECT_EQ(examples.size(), data.units(part));
            all += examples.size();
            for (const Example& example : examples.examples) EXPECT_EQ(example.picture, -1);
        }
        EXPECT_EQ(all, 20);
    }
    request.captions = true;
    request.tokenizer = {{"kind", "bytes"}};
    const PreparedData data = prepare_data(request).or_throw();
    EXPECT_EQ(data.train_examples.kind, LabelKind::none);
    const Example& first = data.train_examples.examples.front();
    const HostBatch batch = data.rows(Part::train, 40)->rows({&first});
    EXPECT_THAT(text_of(data, batch, 0), testing::AnyOf(HasSubstr("red"), "blue"));
}

TEST_F(Pairs, ARowHoldsThePictureAndItsCaption) {
    for (int time = 0; time < 2; ++time) {
        const PreparedData data = prepare_data(shapes(true)).or_throw();
        EXPECT_EQ(data.from_cache, time == 1);
        ASSERT_TRUE(data.input.image && data.input.tokens && data.captions);
        EXPECT_EQ(data.input.tokens->vocabulary, data.tokenizer->vocabulary());
        EXPECT_STREQ(unit_of(data.input), "images");
        // What the drawing says of a document by its number.
        std::map<std::int64_t, std::pair<std::string, std::vector<std::uint8_t>>> drawn;
        find_kind(datasets(), "shapes")
            ->build(shapes(true).dataset)
            ->visit(
                [&](const Document& document) {
                    drawn[document.index] = {std::string(document.text),
                                             {document.picture->pixels.begin(), document.picture->pixels.end()}};
                    return true;
                },
                {}, {})
            .or_throw();
        for (const Part part : all_parts) {
            const ExampleTable& table = data.examples(part);
            ASSERT_GT(table.size(), 3);
            EXPECT_EQ(table.kind, LabelKind::one_class);
            EXPECT_EQ(data.units(part), table.size());
            std::vector<const Example*> chosen;
            for (const Example& example : table.examples) chosen.push_back(&example);
            std::reverse(chosen.begin(), chosen.end());
            const auto rows = data.rows(part, 100);
            const HostBatch batch = rows->rows(chosen);
            const std::uint8_t* pixels = batch.arrays.at(array::image).values<std::uint8_t>();
            for (std::int64_t row = 0; row < batch.rows; ++row) {
                const Example& example = *chosen[static_cast<std::size_t>(row)];
                const auto& [caption, picture] = drawn.at(example.row);
                EXPECT_EQ(text_of(data, batch, row), caption);
                EXPECT_TRUE(std::equal(picture.begin(), picture.end(), pixels + row * 3 * 16 * 16));
                EXPECT_EQ(batch.places[static_cast<std::size_t>(row)], example.picture);
                EXPECT_EQ(rows->units(example), 1);
            }
            const HostBatch cut = data.rows(part, 7)->rows(chosen);
            EXPECT_EQ(cut.length(), 7);
            EXPECT_EQ(text_of(data, cut, 0), drawn.at(chosen[0]->row).first.substr(0, 7));
        }
        const auto rows = data.rows(Part::train, 100);
        EXPECT_DOUBLE_EQ(example_source(*rows, data.train_examples, 1)->units_per_row(), 1);
    }
    const PreparedData plain = prepare_data(shapes(false)).or_throw();
    EXPECT_FALSE(plain.from_cache) << "pictures alone are other data than pictures with captions";
    EXPECT_TRUE(plain.input.image && !plain.input.tokens);
}

TEST_F(Pairs, ThePictureOfAnExampleIsKeptInItsFile) {
    ExampleTable table;
    table.kind = LabelKind::word_classes;
    table.classes = {"a"};
    for (const std::int64_t picture : {-1, 0, 7}) {
        Example example;
        example.picture = picture;
        example.classes = {0};
        example.word_starts = {0};
        table.examples.push_back(example);
    }
    for (const LabelKind kind :
         {LabelKind::none, LabelKind::one_class, LabelKind::number, LabelKind::class_set, LabelKind::word_classes}) {
        table.kind = kind;
        write_examples(folder_ / "x.examples", table).or_throw();
        const ExampleTable read = read_examples(folder_ / "x.examples").or_throw();
        ASSERT_EQ(read.size(), 3);
        EXPECT_EQ(read.kind, kind);
        for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(read.examples[i].picture, table.examples[i].picture);
    }
}

TEST_F(Pairs, APictureWithoutCaptionIsAnErrorWhereOneIsAskedFor) {
    std::string pictures{0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 5, 0, 0, 0, 4}, labels{0, 0, 8, 1, 0, 0, 0, 30};
    for (int i = 0; i < 30 * 20; ++i) pictures += static_cast<char>(i);
    for (int i = 0; i < 30; ++i) labels += static_cast<char>(i % 3);
    file("idx/train-images-idx3-ubyte", pictures);
    file("idx/train-labels-idx1-ubyte", labels);
    PrepareRequest request =
        ask(section("idx", {{"paths", {(folder_ / "idx").string()}}}), {{"kind", "by_document"}, {"validation", 0.3}});
    request.captions = true;
    const auto data = prepare_data(request);
    ASSERT_FALSE(data);
    EXPECT_THAT(to_text(data.error()), AllOf(HasSubstr("no caption"), HasSubstr("row 1"), HasSubstr("idx3-ubyte")));
}

TEST_F(Pairs, HeldOutCombinationsAreUnseenThoughTheirPartsAreSeen) {
    PrepareRequest request = shapes(true, {{"held_out", 0.25}});
    request.dataset["pictures"] = 1500;
    request.split = find_kind(splits(), "test_files")
                        ->complete({{"kind", "test_files"}, {"test", {"unseen"}}, {"validation", 0.1}});
    std::map<Part, std::set<std::pair<std::string, std::string>>> pairs;
    const PreparedData data = prepare_data(request).or_throw();
    std::map<std::int64_t, std::pair<std::string, std::string>> drawn;
    find_kind(datasets(), "shapes")
        ->build(request.dataset)
        ->visit(
            [&](const Document& document) {
                std::map<std::string, std::string> of{document.label->columns.begin(), document.label->columns.end()};
                drawn[document.index] = {of["shape"], of["colour"]};
                return true;
            },
            {}, {})
        .or_throw();
    for (const Part part : all_parts)
        for (const Example& example : data.examples(part).examples) pairs[part].insert(drawn.at(example.row));
    EXPECT_EQ(pairs[Part::test].size(), 9u) << "a quarter of 36";
    EXPECT_EQ(pairs[Part::train].size(), 27u);
    std::set<std::string> shapes, colours;
    for (const auto& [shape, colour] : pairs[Part::train]) {
        EXPECT_FALSE(pairs[Part::test].count({shape, colour})) << shape << " " << colour;
        shapes.insert(shape);
        colours.insert(colour);
    }
    EXPECT_EQ(shapes.size(), 6u);
    EXPECT_EQ(colours.size(), 6u);
}

}  // namespace
}  // namespace gw::test

#include "data/images/picture_copy.h"
#include "picture_file_bytes.h"
#include "reading.h"

namespace gw::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class CifarPictures : public Reading {
  protected:
    struct Row {
        std::string source, label, other;
        std::int64_t row;
        PictureCopy picture;
    };
    static std::vector<Row> read(const Json& settings, ReadReport* report = nullptr) {
        std::vector<Row> out;
        find_kind(datasets(), "cifar")
            ->build(section("cifar", settings))
            ->visit(
                [&](const Document& document) {
                    const auto& columns = document.label->columns;
                    out.push_back({std::string(document.source), document.label->classes.front(),
                                   columns.empty() ? "" : columns.front().first + "=" + columns.front().second,
                                   document.row, PictureCopy(*document.picture)});
                    return true;
                },
                {}, {}, report)
            .or_throw();
        return out;
    }
    /// A row with these labels, whose values are `first` in red, then `first` + 1 in green, `first` + 2 in blue.
    static std::string row(const std::string& labels, int first) {
        std::string out = labels;
        for (int channel = 0; channel < 3; ++channel) out += std::string(1024, static_cast<char>(first + channel));
        return out;
    }
    Json set(const Json& more = Json::object()) const {
        Json out = {{"paths", {(folder_ / "set").string()}}};
        out.update(more);
        return out;
    }
    std::string said(const Json& more = Json::object()) const { return complaint("cifar", set(more)); }
};

TEST_F(CifarPictures, ANameIsOfOneNumberAlone) {
    file("set/data_batch_1.bin", row("\x01", 10) + row("\x02", 20));
    for (const auto& [names, fault] :
         {std::pair{"a\na\nb\n", "Two classes are called \"a\""}, {"a\n\nb\n", "A class has no name"}}) {
        file("set/batches.meta.txt", names);
        EXPECT_THAT(said(), AllOf(HasSubstr(fault), HasSubstr("line 2"), HasSubstr("batches.meta.txt")));
    }
    file("set/batches.meta.txt", "a\nb\nc\n\n");
    EXPECT_THAT(said(), HasSubstr("no error")) << "empty lines at the end are nothing";
}

TEST_F(CifarPictures, TenClassesInBatches) {
    file("set/test_batch.bin", row("\x02", 50));
    file("set/data_batch_1.bin", row("\x09", 10) + row(std::string(1, '\0'), 20));
    file("set/data_batch_2.bin", row("\x02", 30));
    file("set/readme.html", "CIFAR-10");
    ReadReport report;
    const auto numbers = read(set(), &report);
    ASSERT_EQ(numbers.size(), 4U);
    EXPECT_EQ(numbers[0].source, "data_batch_1.bin");
    EXPECT_EQ(numbers[1].row, 2);
    EXPECT_EQ(numbers[2].source, "data_batch_2.bin");
    EXPECT_EQ(numbers[3].source, "test_batch.bin") << "those for a test come last";
    EXPECT_EQ(numbers[0].label, "9");
    EXPECT_EQ(numbers[0].picture.height, 32);
    EXPECT_EQ(numbers[0].picture.pixels[0], 10);
    EXPECT_EQ(numbers[0].picture.pixels[1024], 11);
    EXPECT_EQ(numbers[0].picture.pixels[3071], 12);
    EXPECT_EQ(report.format, "cifar-10");
    EXPECT_EQ(report.files, 3);
    EXPECT_EQ(report.rows, 4);
    ASSERT_EQ(report.passed.size(), 1U);
    const std::string names = "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";
    file("set/batches.meta.txt", names);
    EXPECT_EQ(read(set())[0].label, "truck");
    // A file of names is found beside one that is named alone.
    EXPECT_EQ(read({{"paths", {(folder_ / "set/test_batch.bin").string()}}}).front().label, "bird");
    const auto print = [&] {
        return find_kind(datasets(), "cifar")->build(section("cifar", set()))->fingerprint({}, {}).or_throw();
    };
    const std::string before = print();
    file("set/readme.html", "CIFAR-10, read me");
    EXPECT_EQ(print(), before);
    file("set/batches.meta.txt", "plane" + names.substr(8));
    EXPECT_NE(print(), before);
}

TEST_F(CifarPictures, AHundredClassesOrTwentyGroups) {
    file("set/train.bin", row("\x13\x63", 1) + row(std::string("\x00\x01", 2), 5));
    file("set/test.bin", row("\x01\x02", 9));
    const auto fine = read(set());
    ASSERT_EQ(fine.size(), 3U);
    EXPECT_EQ(fine[0].source, "train.bin");
    EXPECT_EQ(fine[0].label, "99");
    EXPECT_EQ(fine[0].other, "coarse=19");
    EXPECT_EQ(fine[0].picture.pixels[0], 1);
    EXPECT_EQ(fine[2].picture.pixels[3071], 11);
    file("set/coarse_label_names.txt", "mammals\nfish\n");
    const std::string broken = said({{"labels", "coarse"}});
    EXPECT_THAT(broken, AllOf(HasSubstr("label 19 has no name"), HasSubstr("coarse_label_names.txt has 2"),
                              HasSubstr("byte 0"), HasSubstr("train.bin")));
    fs::remove(folder_ / "set/coarse_label_names.txt");
    const auto coarse = read(set({{"labels", "coarse"}}));
    EXPECT_EQ(coarse[0].label, "19");
    EXPECT_EQ(coarse[0].other, "fine=99");
    EXPECT_EQ(coarse[1].label, "0");
}

TEST_F(CifarPictures, WhatDoesNotAddUpIsNamedWithItsByte) {
    file("set/data_batch_1.bin", row("\x01", 1) + "more");
    EXPECT_THAT(said(), AllOf(HasSubstr("ends within a row"), HasSubstr("no multiple of 3,073"),
                              HasSubstr("byte 3,073"), HasSubstr("data_batch_1.bin")));
    file("set/data_batch_1.bin", row("\x01", 1) + row("\x0A", 1));
    EXPECT_THAT(said(), AllOf(HasSubstr("label 10 is none of the 10 of CIFAR-10"), HasSubstr("byte 3,073")));
    file("set/data_batch_1.bin", row("\x01", 1));
    file("set/train.bin", row("\x01\x02", 1));
    EXPECT_THAT(said(), AllOf(HasSubstr("of another form"), HasSubstr("train.bin")));
    fs::remove_all(folder_ / "set");
    file("set/data_batch_1.bin", "");
    EXPECT_THAT(said(), AllOf(HasSubstr("no picture"), HasSubstr("data_batch_1.bin")));
    fs::remove(folder_ / "set/data_batch_1.bin");
    file("set/data_batch_1", "pickled");
    EXPECT_THAT(said(), AllOf(HasSubstr("no binary CIFAR file"), HasSubstr("data_batch_1.bin")));
}

}  // namespace
}  // namespace gw::test

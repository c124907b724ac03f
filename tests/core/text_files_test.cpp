#include <gtest/gtest.h>

#include "data/dataset.h"
#include "data/preview.h"
#include "scratch.h"

namespace gw {
namespace {

class TextFilesTest : public testing::Test {
  protected:
    fs::path file(const std::string& name, const std::string& bytes) {
        fs::create_directories((folder_ / name).parent_path());
        write_file_atomic(folder_ / name, bytes).or_throw();
        return folder_ / name;
    }
    static std::unique_ptr<Dataset> dataset(Json section) {
        section["kind"] = "text_files";
        const DatasetKind* kind = find_kind(datasets(), "text_files");
        const schema::Problems problems = kind->check(section, "dataset");
        EXPECT_TRUE(problems.empty()) << problems.front().message;
        return kind->build(kind->complete(section));
    }
    static Result<std::vector<std::string>> texts(const Json& section) {
        std::vector<std::string> out;
        const Status status = dataset(section)->visit(
            [&](const Document& document) {
                EXPECT_EQ(document.index, static_cast<std::int64_t>(out.size()));
                out.emplace_back(document.text);
                return true;
            },
            {}, {});
        if (!status) return status.error();
        return out;
    }
    /// The error as a person sees it.
    static std::string complaint(const Json& section) {
        const auto result = texts(section);
        return result ? "no error" : to_text(result.error());
    }
    Scratch folder_;
};

using testing::Test;
using Texts = std::vector<std::string>;

TEST_F(TextFilesTest, ReadsFilesFoldersAndPatterns) {
    file("a.txt", "one");
    file("sub/b.txt", "two");
    file("sub/c.md", "three");
    EXPECT_EQ(texts({{"paths", {(folder_ / "a.txt").string()}}}).or_throw(), Texts{"one"});
    EXPECT_EQ(texts({{"paths", {folder_.path().string()}}}).or_throw(), (Texts{"one", "two", "three"}));
    EXPECT_EQ(texts({{"paths", {(folder_ / "sub/*.md").string(), (folder_ / "a.txt").string()}}}).or_throw(),
              (Texts{"three", "one"}));
}

TEST_F(TextFilesTest, MendsLineEndsAndTheByteOrderMark) {
    const std::string path = file("a.txt", "\xef\xbb\xbfone\r\ntwo\rthree\n").string();
    EXPECT_EQ(texts({{"paths", {path}}}).or_throw(), Texts{"one\ntwo\nthree\n"});
}

TEST_F(TextFilesTest, CutsDocuments) {
    const std::string path = file("a.txt", "one\ntwo\n\n \nthree\n").string();
    EXPECT_EQ(texts({{"paths", {path}}, {"documents", "line"}}).or_throw(), (Texts{"one\n", "two\n", "three\n"}));
    EXPECT_EQ(texts({{"paths", {path}}, {"documents", "blank_line"}}).or_throw(), (Texts{"one\ntwo\n", "three\n"}));
}

TEST_F(TextFilesTest, ReadsJsonLines) {
    const std::string path = file("a.jsonl", "{\"text\": \"one\"}\n\n{\"text\": \"two\\n\", \"n\": 1}\n").string();
    EXPECT_EQ(texts({{"paths", {path}}, {"format", "jsonl"}}).or_throw(), (Texts{"one", "two\n"}));
    const std::string deep = file("b.jsonl", "{\"meta\": {\"body\": \"deep\"}}").string();
    EXPECT_EQ(texts({{"paths", {deep}}, {"format", "jsonl"}, {"json_field", "meta.body"}}).or_throw(), Texts{"deep"});
}

TEST_F(TextFilesTest, NamesWhatIsWrongAndWhere) {
    EXPECT_NE(complaint({{"paths", {(folder_ / "none.txt").string()}}}).find("none.txt"), std::string::npos);

    const std::string empty = file("empty.txt", "").string();
    EXPECT_NE(complaint({{"paths", {empty}}}).find("empty.txt"), std::string::npos);

    const std::string binary = complaint({{"paths", {file("binary.txt", std::string("ab\ncd\0ef", 8)).string()}}});
    EXPECT_NE(binary.find("binary"), std::string::npos);
    EXPECT_NE(binary.find("byte 5, line 2"), std::string::npos) << binary;

    const std::string latin = complaint({{"paths", {file("latin.txt", "caf\xe9 noir").string()}}});
    EXPECT_NE(latin.find("not UTF-8"), std::string::npos);
    EXPECT_NE(latin.find("0xE9"), std::string::npos);
    EXPECT_NE(latin.find("byte 3, line 1"), std::string::npos) << latin;
    EXPECT_NE(latin.find("latin.txt"), std::string::npos);

    const std::string utf16 = complaint({{"paths",
                                          {file("wide.txt", std::string("\xff\xfe"
                                                                        "a\0b\0",
                                                                        6))
                                               .string()}}});
    EXPECT_NE(utf16.find("UTF-16"), std::string::npos);

    const Json rows = {{"paths", {file("rows.jsonl", "{\"text\": \"fine\"}\n{\"text\": \n").string()}},
                       {"format", "jsonl"}};
    const std::string broken = complaint(rows);
    EXPECT_NE(broken.find("row 2"), std::string::npos) << broken;
    EXPECT_NE(broken.find("rows.jsonl"), std::string::npos);

    const Json lacks = {{"paths", {file("lacks.jsonl", "{\"title\": \"a\", \"body\": \"b\"}\n").string()}},
                        {"format", "jsonl"}};
    const std::string lacking = complaint(lacks);
    EXPECT_NE(lacking.find("title, body"), std::string::npos) << lacking;
    EXPECT_NE(lacking.find("json_field"), std::string::npos);
}

TEST_F(TextFilesTest, TheFingerprintFollowsContentAndNotPlace) {
    const std::string one = file("x/a.txt", "text").string(), two = file("y/a.txt", "text").string();
    const auto print = [](const Json& section) { return dataset(section)->fingerprint({}, {}).or_throw(); };
    const std::string first = print({{"paths", {one}}});
    EXPECT_EQ(first, print({{"paths", {two}}}));
    EXPECT_NE(first, print({{"paths", {one}}, {"documents", "line"}}));
    file("x/a.txt", "other");
    EXPECT_NE(first, print({{"paths", {one}}}));
}

TEST_F(TextFilesTest, PreviewsTheBeginning) {
    const std::string path = file("a.txt", "first line\nsecond\nthird\n").string();
    const Json section = {{"kind", "text_files"}, {"paths", {path}}, {"documents", "line"}};
    const DatasetPreview preview = preview_dataset(section, 2, 5, {}).or_throw();
    ASSERT_EQ(preview.documents.size(), 2u);
    EXPECT_TRUE(preview.more);
    EXPECT_EQ(preview.documents[0].text, "first");
    EXPECT_EQ(preview.documents[0].bytes, 11);
    EXPECT_EQ(preview.documents[0].source, "a.txt");
}

TEST_F(TextFilesTest, SettingsAreChecked) {
    const DatasetKind* kind = find_kind(datasets(), "text_files");
    EXPECT_FALSE(kind->check({{"kind", "text_files"}}, "dataset").empty());
    EXPECT_FALSE(kind->check({{"kind", "text_files"}, {"paths", {" "}}}, "dataset").empty());
}

}  // namespace
}  // namespace gw

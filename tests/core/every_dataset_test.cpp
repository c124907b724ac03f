#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/file_drawer.h"
#include "data/prepare.h"
#include "draw.h"
#include "samples/core/data/catalog.h"
#include "util/text.h"

// What every kind of dataset promises. Kinds of files are given a drawer of small files in every form; a new kind is
// covered the day it is listed.
namespace gw {
namespace {

constexpr std::int64_t few = 40;  // documents of the kinds that make their own

/// A document with all that it holds, as text that can be compared.
std::string told(const Document& document) {
    Json out = {{"text", document.text}, {"source", document.source}, {"index", document.index}, {"row", document.row}};
    if (const Label* label = document.label) {
        out["classes"] = label->classes;
        out["value"] = label->value;
        out["words"] = label->words;
        out["columns"] = label->columns;
    }
    if (const Picture* picture = document.picture) {
        out["size"] = {picture->channels, picture->height, picture->width};
        out["pixels"] = sha256({reinterpret_cast<const char*>(picture->pixels.data()), picture->pixels.size()});
    }
    if (document.series || document.table) out["values"] = text_of(document);
    return out.dump();
}

class EveryDataset : public testing::TestWithParam<std::string> {
  protected:
    const DatasetKind& kind() const { return *find_kind(test::every_dataset(), GetParam()); }
    /// The setting that names its files; empty for a kind that makes its own documents.
    std::string files_key() const {
        for (const schema::Row& row : kind().rows)
            if (row.info.holds == schema::Holds::paths) return std::string(row.info.key);
        return "";
    }
    std::unique_ptr<Dataset> open(const Json& settings) const { return kind().build(settings); }
    Result<std::vector<std::string>> documents(const Json& settings) const { return documents(*open(settings)); }
    static Result<std::vector<std::string>> documents(const Dataset& dataset) {
        std::vector<std::string> out;
        const Status status = dataset.visit(
            [&](const Document& document) {
                out.push_back(told(document));
                return true;
            },
            {}, {});
        if (!status) return status.error();
        return out;
    }
    static std::string fingerprint(const Dataset& dataset) { return dataset.fingerprint({}, {}).or_throw(); }
    Json of_files(const Json& settings, const fs::path& path) const {
        Json one = settings;
        if (!files_key().empty()) one[files_key()] = Json::array({path.string()});
        return one;
    }
    /// Everything that it can read of the drawer: settings, one choice changed at a time. Found out once for all tests.
    const std::vector<Json>& settings() const {
        static std::map<std::string, std::vector<Json>> known;
        std::vector<Json>& out = known[GetParam()];
        if (!out.empty()) return out;
        const Json first = test::small_settings(kind(), few);
        if (files_key().empty()) {
            out = test::variants(kind(), first);
        } else {
            for (const fs::path& folder : drawer().folders())
                for (const Json& one : test::variants(kind(), of_files(first, folder)))
                    if (documents(one)) out.push_back(one);
        }
        EXPECT_FALSE(out.empty()) << "nothing in tests/core/file_drawer.h is of its form: add a folder";
        return out;
    }
    /// The same for all tests: what they change are copies.
    static const test::FileDrawer& drawer() {
        static const test::FileDrawer files;
        return files;
    }
    /// One of them, of files that the test may change.
    Json of_own_files() const {
        Json one = settings().front();
        const fs::path from = one.at(files_key()).at(0).get<std::string>();
        fs::copy(from, scratch_ / "own", fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        return of_files(one, scratch_ / "own");
    }
    std::vector<fs::path> own_files() const {
        std::vector<fs::path> out;
        for (const auto& entry : fs::recursive_directory_iterator(scratch_ / "own"))
            if (entry.is_regular_file()) out.push_back(entry.path());
        std::sort(out.begin(), out.end());
        return out;
    }
    static void expect_useful(const Error& error, const Json& settings) {
        EXPECT_FALSE(error.message.empty()) << settings.dump();
        EXPECT_FALSE(error.hint.empty()) << settings.dump() << ": " << to_text(error);
        EXPECT_FALSE(error.where.empty()) << settings.dump() << ": " << to_text(error);
    }
    Scratch scratch_;
};

TEST_P(EveryDataset, TheSameDocumentsEveryTime) {
    for (const Json& one : settings()) {
        const auto dataset = open(one);
        const std::vector<std::string> first = documents(*dataset).or_throw();
        ASSERT_FALSE(first.empty()) << one.dump();
        EXPECT_EQ(documents(*dataset).or_throw(), first) << one.dump();
        EXPECT_EQ(documents(one).or_throw(), first) << "opened again: " << one.dump();
        EXPECT_EQ(fingerprint(*dataset), fingerprint(*open(one))) << one.dump();
        EXPECT_EQ(documents(kind().complete(one)).or_throw(), first) << "with every value written out: " << one.dump();
    }
}

TEST_P(EveryDataset, DocumentsAreWhatItOffers) {
    for (const Json& one : settings()) {
        const auto dataset = open(one);
        const std::vector<std::string> offers = kind().offers(one);
        const LabelKind labels = dataset->labels();
        EXPECT_EQ(test::has_word(offers, "image"), kind().pictures) << one.dump();
        EXPECT_EQ(test::has_word(offers, "windows of series"), kind().series) << one.dump();
        EXPECT_EQ(test::has_word(offers, "rows of a table"), kind().table) << one.dump();
        EXPECT_NE(test::has_word(offers, "text"), kind().pictures || kind().series || kind().table) << one.dump();
        EXPECT_EQ(test::has_word(offers, std::string("labels of the kind ") + label_kind_name(labels)),
                  labels != LabelKind::none)
            << one.dump();
        std::int64_t index = 0;
        const Status status = dataset->visit(
            [&](const Document& document) {
                EXPECT_EQ(document.index, index++) << one.dump();
                EXPECT_FALSE(document.source.empty());
                EXPECT_FALSE(first_bad_utf8(document.text)) << document.text;
                EXPECT_EQ(document.text.find('\r'), std::string_view::npos) << document.text;
                EXPECT_FALSE(document.text.starts_with("\xEF\xBB\xBF")) << document.text;
                EXPECT_EQ(document.picture != nullptr, kind().pictures) << one.dump();
                EXPECT_EQ(document.series != nullptr, kind().series) << one.dump();
                EXPECT_EQ(document.table != nullptr, kind().table) << one.dump();
                if (const Picture* picture = document.picture) {
                    EXPECT_EQ(static_cast<std::int64_t>(picture->pixels.size()),
                              picture->channels * picture->height * picture->width);
                } else if (document.series || document.table) {
                    EXPECT_FALSE(text_of(document).empty()) << one.dump();
                } else {
                    EXPECT_FALSE(document.text.empty()) << one.dump();
                }
                // Of a series only rows that a window ends with need one.
                if (!document.series || labels == LabelKind::none)
                    EXPECT_EQ(document.label != nullptr, labels != LabelKind::none) << one.dump();
                if (!document.label) return true;
                if (labels == LabelKind::one_class) {
                    EXPECT_EQ(document.label->classes.size(), 1U) << one.dump();
                }
                if (labels == LabelKind::word_classes) {
                    EXPECT_EQ(document.label->classes.size(), document.label->words.size()) << one.dump();
                }
                EXPECT_TRUE(std::isfinite(document.label->value));
                for (const std::string& name : document.label->classes) EXPECT_FALSE(name.empty()) << one.dump();
                return true;
            },
            {}, {});
        EXPECT_TRUE(status) << one.dump();
    }
}

/// What is prepared of it holds every document once, with labels that are classes of the whole.
TEST_P(EveryDataset, CanBePrepared) {
    for (const Json& one : settings()) {
        const auto all = static_cast<std::int64_t>(documents(one).or_throw().size());
        if (all < 20) continue;  // a part of it would be empty
        PrepareRequest request;
        request.dataset = kind().complete(one);
        request.dataset["kind"] = kind().card.id;
        if (!find_kind(datasets(), kind().card.id)) continue;  // a sample is not in the catalogue that is asked here
        request.split = {{"kind", kind().series ? "tail" : "by_document"}, {"validation", 0.3}, {"test", 0.2}};
        for (const TokenizerKind& tokenizer : tokenizers())
            if (const std::string needed = tokenizer.needs.empty() ? "" : tokenizer.needs.front();
                test::has_word(kind().offers(one), needed)) {
                request.tokenizer = test::small_settings(tokenizer, 400);
                break;
            }
        request.cache = scratch_ / "cache";
        const PreparedData data = prepare_data(request).or_throw();
        std::int64_t found = 0;
        for (const Part part : {Part::train, Part::validation, Part::test}) {
            const ExampleTable& table = data.examples(part);
            if (kind().series) {
                EXPECT_GT(table.size(), 0) << one.dump();
                continue;
            }
            if (kind().table) {
                found += table.size();
                continue;
            }
            found +=
                kind().pictures ? data.pictures[static_cast<std::size_t>(part)].size() : data.stream(part).documents();
            for (const Example& example : table.examples)
                for (const std::int32_t number : example.classes) {
                    EXPECT_GE(number, 0) << one.dump();
                    EXPECT_LT(number, static_cast<std::int32_t>(table.classes.size())) << one.dump();
                }
        }
        if (kind().series)
            EXPECT_EQ(data.values.rows(), all) << one.dump();
        else
            EXPECT_EQ(found, all) << one.dump();
    }
}

/// The same fingerprint means the same documents: a setting that gives others gives another.
TEST_P(EveryDataset, ASettingThatChangesDocumentsChangesTheFingerprint) {
    for (const Json& one : settings()) {
        const std::string print = fingerprint(*open(one));
        const std::vector<std::string> first = documents(one).or_throw();
        for (const schema::Row& row : kind().rows) {
            std::vector<Json> values = test::edges(row);
            if (row.type == schema::Type::integer)  // the upper end may be as many documents as nobody has time for
                values = {row.info.min, one.at(std::string(row.info.key)).get<std::int64_t>() + 1};
            for (const Json& value : values) {
                Json other = one;
                other[std::string(row.info.key)] = value.is_number_float() && row.type == schema::Type::integer
                                                       ? Json(static_cast<std::int64_t>(value.get<double>()))
                                                       : value;
                if (!kind().check(other, "dataset").empty()) continue;
                const auto changed = documents(other);
                if (!changed || changed.value() == first) continue;
                EXPECT_NE(fingerprint(*open(other)), print) << one.dump() << " against " << other.dump();
            }
        }
    }
}

TEST_P(EveryDataset, ContentMakesTheFingerprintAndAnotherFolderDoesNot) {
    if (files_key().empty()) GTEST_SKIP() << "it reads no files";
    const Json there = of_own_files(), here = settings().front();
    const std::string print = fingerprint(*open(here));
    EXPECT_EQ(fingerprint(*open(there)), print) << "the same files in another folder";
    for (const fs::path& file : own_files()) {
        const std::string before = read_file(file).or_throw();
        std::string after = before;
        after.back() = static_cast<char>(after.back() ^ 1);
        write_file_atomic(file, after).or_throw();
        EXPECT_NE(fingerprint(*open(there)), print) << "one bit of " << file;
        write_file_atomic(file, before).or_throw();
    }
    EXPECT_EQ(fingerprint(*open(there)), print);
}

TEST_P(EveryDataset, StopsWhenAskedAndTellsHowFarItIs) {
    for (const Json& one : settings()) {
        const auto dataset = open(one);
        const std::size_t all = documents(*dataset).or_throw().size();
        std::size_t given = 0;
        EXPECT_TRUE(dataset->visit([&](const Document&) { return ++given < 2; }, {}, {})) << one.dump();
        EXPECT_EQ(given, std::min<std::size_t>(all, 2)) << "a sink that wants no more is given no more";
        double before = 0;
        const Status told = dataset->visit([](const Document&) { return true; },
                                           [&](const std::string& phase, double fraction) {
                                               EXPECT_FALSE(phase.empty());
                                               EXPECT_LE(fraction, 1) << one.dump();
                                               if (fraction < 0) return;
                                               EXPECT_GE(fraction, before) << one.dump();
                                               before = fraction;
                                           },
                                           {});
        EXPECT_TRUE(told);
        std::stop_source stop;
        given = 0;
        const Status midway = dataset->visit(
            [&](const Document&) {
                stop.request_stop();
                return ++given < all + 1;
            },
            {}, stop.get_token());
        EXPECT_TRUE(midway ? given == all : midway.error().code == Error::Code::cancelled)
            << "less than everything without a word: " << one.dump();
        given = 0;
        const Status at_once = dataset->visit([&](const Document&) { return ++given > 0; }, {}, stop.get_token());
        ASSERT_FALSE(at_once) << one.dump();
        EXPECT_EQ(at_once.error().code, Error::Code::cancelled) << to_text(at_once.error());
        EXPECT_EQ(given, 0U) << one.dump();
    }
}

TEST_P(EveryDataset, WhatIsNotThereIsNamedWithARemedy) {
    if (files_key().empty()) GTEST_SKIP() << "it reads no files";
    const Json there = of_own_files();
    EXPECT_FALSE(kind().check(of_files(there, ""), "dataset").empty()) << "an empty path";
    Json none = there;
    none[files_key()] = Json::array();
    EXPECT_FALSE(kind().check(none, "dataset").empty()) << "no path";
    fs::create_directories(scratch_ / "empty");
    for (const char* name : {"missing.txt", "missing/*.txt", "empty"}) {
        const Json one = of_files(there, scratch_ / name);
        const auto read = documents(one);
        ASSERT_FALSE(read) << name;
        expect_useful(read.error(), one);
        const auto print = open(one)->fingerprint({}, {});
        ASSERT_FALSE(print) << name;
        expect_useful(print.error(), one);
    }
    for (const fs::path& file : own_files()) write_file_atomic(file, "").or_throw();
    const auto read = documents(there);
    ASSERT_FALSE(read) << "all files are empty";
    expect_useful(read.error(), there);
}

/// Files that break off or hold anything at all are errors or other documents, never a crash.
TEST_P(EveryDataset, DamagedFilesAreErrorsOrOtherDocuments) {
    if (files_key().empty()) GTEST_SKIP() << "it reads no files";
    const Json there = of_own_files();
    std::mt19937_64 rng(11);
    const std::vector<fs::path> files = own_files();
    const int trials = files.size() > 3 ? 15 : 60;  // many files of one form are damaged 60 times together at least
    for (const fs::path& file : files) {
        const std::string whole = read_file(file).or_throw();
        for (int trial = 0; trial < trials; ++trial) {
            std::string damaged = whole.substr(0, trial % 3 == 0 ? rng() % whole.size() : whole.size());
            for (int flips = trial % 3 == 1 ? 3 : 0; flips > 0; --flips)
                damaged[rng() % damaged.size()] = static_cast<char>(rng());
            if (trial % 3 == 2) damaged.insert(rng() % damaged.size(), 1, static_cast<char>(rng()));
            write_file_atomic(file, damaged).or_throw();
            const auto read = documents(there);
            if (!read) expect_useful(read.error(), there);
        }
        write_file_atomic(file, whole).or_throw();
    }
}

INSTANTIATE_TEST_SUITE_P(All, EveryDataset, testing::ValuesIn(test::ids_of(test::every_dataset())), test::id_name);

}  // namespace
}  // namespace gw

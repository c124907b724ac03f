#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "util/hash.h"
#include "util/spread.h"
#include "util/text.h"

namespace gw {
namespace {

using namespace std::string_literals;

TEST(Text, AcceptsExactlyTheWellFormedSequences) {
    for (const std::string& good : {""s, "plain ascii text"s, "\u00e9\u65e5\U0001F600"s, "\xED\x9F\xBF"s,
                                    "\xEE\x80\x80"s, "\xF4\x8F\xBF\xBF"s, "\0"s})
        EXPECT_FALSE(first_bad_utf8(good).has_value()) << good;
    // Overlong forms, surrogates, beyond U+10FFFF, lone and missing continuation bytes.
    for (const std::string& bad :
         {"\xC0\xAF"s, "\xC1\xBF"s, "\xE0\x9F\xBF"s, "\xED\xA0\x80"s, "\xF0\x8F\xBF\xBF"s, "\xF4\x90\x80\x80"s,
          "\xF5\x80\x80\x80"s, "\x80"s, "\xFF"s, "\xC3"s, "\xE2\x82"s, "\xF0\x9F\x98"s,
          "\xC3"
          "A"s})
        EXPECT_EQ(first_bad_utf8("0123456789" + bad), 10u);
}

TEST(Text, RoundTripsEveryCodePoint) {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, c);
        ASSERT_FALSE(first_bad_utf8(text)) << static_cast<unsigned>(c);
        std::size_t at = 0;
        ASSERT_EQ(next_code_point(text, at), c);
        ASSERT_EQ(at, text.size());
    }
}

TEST(Text, BoundariesNeverCutACharacter) {
    const std::string text = "a\u00e9\u65e5\U0001F600";
    const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (std::size_t at = 0; at < std::size(expected); ++at) EXPECT_EQ(utf8_boundary(text, at), expected[at]) << at;
}

TEST(Text, MeasuresEdits) {
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
    EXPECT_EQ(edit_distance("", "abc"), 3u);
    EXPECT_EQ(edit_distance("same", "same"), 0u);
}

TEST(Text, FindsLikelyMisspellings) {
    const std::vector<std::string> known{"width", "layers", "heads", "context", "cosine", "lr"};
    EXPECT_EQ(nearest("widht", known), "width");
    EXPECT_EQ(nearest("layer", known), "layers");
    EXPECT_EQ(nearest("cos", known), "cosine");
    EXPECT_EQ(nearest("ls", known), "lr");
    EXPECT_FALSE(nearest("momentum", known));
    EXPECT_FALSE(nearest("x", known));
    EXPECT_FALSE(nearest("", known));
}

TEST(Text, WritesNumbersForPeople) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1234567), "1,234,567");
    EXPECT_EQ(grouped(-1000, " "), "-1 000");
    EXPECT_EQ(byte_text(1023), "1023 B");
    EXPECT_EQ(byte_text(1536), "1.5 KiB");
    EXPECT_EQ(byte_text(1048575), "1.0 MiB");
    EXPECT_EQ(duration_text(8040), "2 h 14 min");
    EXPECT_EQ(duration_text(75), "1 min 15 s");
    EXPECT_EQ(duration_text(3.2), "3.2 s");
    EXPECT_EQ(duration_text(9.97), "10 s");
    EXPECT_EQ(duration_text(3599.7), "1 h");
    EXPECT_EQ(duration_text(90000), "1 d 1 h");
    EXPECT_EQ(duration_text(NAN), "unknown");
    EXPECT_EQ(significant(1.5), "1.500");
    EXPECT_EQ(significant(9.99996), "10.00");
    EXPECT_EQ(significant(1234.56), "1235");
    EXPECT_EQ(significant(0.0003), "0.0003000");
    EXPECT_EQ(significant(3e-7, 2), "3.0e-07");
    EXPECT_EQ(significant(0), "0.000");
    EXPECT_EQ(significant(INFINITY), "inf");
}

TEST(Text, SplitsAndTrims) {
    EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
    EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
    EXPECT_EQ(trim(" \t a b\r\n"), "a b");
    EXPECT_EQ(trim(" \n"), "");
}

TEST(Text, TellsTheTime) {
    const std::string now = now_utc();
    ASSERT_EQ(now.size(), 20u);
    EXPECT_EQ(now[10], 'T');
    EXPECT_EQ(now.back(), 'Z');
}

TEST(Hash, MatchesPublishedVectors) {
    // FIPS 180-4 examples.
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Sha256 streamed;
    streamed.add("a");
    streamed.add("bc");
    EXPECT_EQ(streamed.finish(), sha256("abc"));
}

TEST(Hash, MakesVersionFourIdentifiers) {
    const std::string id = make_uuid();
    ASSERT_EQ(id.size(), 36u);
    EXPECT_EQ(id[14], '4');
    EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
    EXPECT_NE(id, make_uuid());
    EXPECT_NE(hash64("a"), hash64("b"));
}

TEST(Text, MalformedBytesBecomeTheReplacementCharacter) {
    EXPECT_EQ(well_formed_utf8("plain 日本"), "plain 日本");
    EXPECT_EQ(well_formed_utf8("a\xff"
                               "b\xe6\x97"),
              "a\uFFFDb\uFFFD\uFFFD");
    EXPECT_FALSE(first_bad_utf8(well_formed_utf8("\xf0\x28\x8c\x28\xc3")));
}

TEST(Text, SmallLettersAreThoseOfAscii) {
    EXPECT_EQ(lower_case("AdamW \xC3\x84\xE6\x97\xA5"), "adamw \xC3\x84\xE6\x97\xA5");
}

TEST(Text, ExactNumbersReadBackTheSame) {
    for (const double x : {0.1, 1.0 / 3, 1e-300, -2.5e17, 3.0})
        EXPECT_EQ(std::strtod(exact_number(x).c_str(), nullptr), x) << exact_number(x);
    EXPECT_EQ(exact_number(0.1), "0.1");
    EXPECT_EQ(exact_number(std::nan("")), "nan");
    EXPECT_EQ(exact_number(HUGE_VAL), "inf");
}

TEST(Text, TimesAreUtc) {
    EXPECT_EQ(utc_text(1731812709), "2024-11-17T03:05:09Z");
    EXPECT_EQ(now_utc().size(), utc_text(0).size());
}

TEST(Text, ASpreadTellsItsDeviationWhereItHasOne) {
    EXPECT_EQ(spread_text(spread_of({})), "-");
    EXPECT_EQ(spread_text(spread_of({0.5})), "0.5000");
    EXPECT_EQ(spread_text(spread_of({1, 3}), 2), "2.0 \xC2\xB1 1.4");
}

TEST(Text, ShortCountsHaveThreeDigits) {
    EXPECT_EQ(short_count(0), "0");
    EXPECT_EQ(short_count(999), "999");
    EXPECT_EQ(short_count(999.6), "1.00 K");
    EXPECT_EQ(short_count(10654321), "10.7 M");
    EXPECT_EQ(short_count(-1.5e9), "-1.50 B");
    EXPECT_EQ(short_count(123e12, "_"), "123_T");
    EXPECT_EQ(short_count(INFINITY), "inf");
    EXPECT_LT(short_count(1e300).size(), 20U) << short_count(1e300);
}

}  // namespace
}  // namespace gw

#include "data/text/tokenise.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "scratch.h"
#include "util/rng.h"

namespace gw {
namespace {

/// A byte a token, in a time that differs from text to text, so that loads are done in another order than they came.
class UnevenBytes final : public Tokenizer {
  public:
    std::string kind() const override { return "uneven"; }
    Token vocabulary() const override { return 258; }
    Token separator() const override { return 256; }
    Token mask() const override { return 257; }
    Status encode(std::string_view text, std::vector<Token>& out) const override {
        if (text.find('!') != std::string_view::npos)
            return Error{Error::Code::bad_data, "This text cannot be encoded", "Take it out", {}};
        const auto waits = mix64(text.size(), static_cast<unsigned char>(text.empty() ? 0 : text.front())) % 3;
        ++calls;
        std::this_thread::sleep_for(std::chrono::milliseconds(waits));
        for (const char c : text) out.push_back(static_cast<unsigned char>(c));
        return {};
    }
    std::string decode(std::span<const Token> ids) const override { return std::string(ids.begin(), ids.end()); }
    std::string piece(Token id) const override { return std::to_string(id); }
    bool starts_word(Token, Token) const override { return true; }
    Json state() const override { return {{"kind", "uneven"}}; }
    mutable std::atomic<int> calls = 0;  ///< begun
};

struct Piece {
    Part part;
    std::string text;
};

/// Some pieces of many sizes, one of them longer than several loads, and one without a line end.
std::vector<Piece> some_pieces() {
    Rng rng(4);
    std::vector<Piece> out;
    for (int i = 0; i < 60; ++i) {
        const std::uint64_t lines = i == 7 ? 40000 : rng.below(i % 10 == 3 ? 6000 : 40);
        std::string text;
        for (std::uint64_t line = 0; line < lines; ++line)
            text += std::string(1 + rng.below(60), static_cast<char>('a' + rng.below(26))) + "\n";
        out.push_back({all_parts[rng.below(3)], std::move(text)});
    }
    out.push_back({Part::train, std::string(700 << 10, 'x')});
    return out;
}

std::vector<Token> all_of(const fs::path& folder, Part part) {
    const TokenStream stream = ShardReader::open(folder / (std::string(part_name(part)) + ".tokens"), 258).or_throw();
    std::vector<Token> ids(static_cast<std::size_t>(stream.size()));
    stream.copy(0, stream.size(), ids.data());
    return ids;
}

TEST(TokeniserTest, WritesTheSameForAnyNumberOfThreads) {
    const UnevenBytes tokenizer;
    const std::vector<Piece> pieces = some_pieces();
    std::vector<Token> wanted[3];
    for (const Piece& piece : pieces) {
        std::vector<Token>& ids = wanted[static_cast<std::size_t>(piece.part)];
        for (const char c : piece.text) ids.push_back(static_cast<unsigned char>(c));
        ids.push_back(tokenizer.separator());
    }
    for (const std::size_t threads : {1U, 2U, 7U}) {
        const Scratch folder;
        Tokeniser tokeniser = Tokeniser::create(folder.path(), tokenizer, threads).or_throw();
        for (const Piece& piece : pieces) tokeniser.add(piece.part, piece.text).or_throw();
        tokeniser.finish().or_throw();
        for (const Part part : all_parts)
            EXPECT_TRUE(all_of(folder.path(), part) == wanted[static_cast<std::size_t>(part)])
                << part_name(part) << ", " << threads << " threads";
    }
}

TEST(TokeniserTest, HoldsNoMoreThanAFewLoads) {
    constexpr std::size_t threads = 2, load = 256 << 10;
    const Scratch folder;
    const UnevenBytes tokenizer;
    Tokeniser tokeniser = Tokeniser::create(folder.path(), tokenizer, threads).or_throw();
    std::uint64_t put_in = 0, come_out = 0;
    tokeniser.on_encoded([&](std::uint64_t bytes) { come_out = bytes; });
    const std::string text(40 << 10, 'z');
    for (int i = 0; i < 200; ++i) {
        tokeniser.add(Part::train, text).or_throw();
        put_in += text.size();
        EXPECT_LE(put_in - come_out, (2 * threads + 1) * (load + text.size()));
    }
    tokeniser.finish().or_throw();
    EXPECT_EQ(come_out, put_in);
}

TEST(TokeniserTest, TellsWhyATextCannotBeEncoded) {
    const Scratch folder;
    const UnevenBytes tokenizer;
    Tokeniser tokeniser = Tokeniser::create(folder.path(), tokenizer, 2).or_throw();
    tokeniser.add(Part::train, "good").or_throw();
    tokeniser.add(Part::train, "bad!").or_throw();
    const Status status = tokeniser.finish();
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "This text cannot be encoded");
}

TEST(TokeniserTest, EncodesNothingAnyMoreOnceItIsGivenUp) {
    const Scratch folder;
    const UnevenBytes tokenizer;
    {
        Tokeniser tokeniser = Tokeniser::create(folder.path(), tokenizer, 3).or_throw();
        for (int i = 0; i < 5; ++i) tokeniser.add(Part::train, std::string(300 << 10, 'q')).or_throw();
    }
    const int calls = tokenizer.calls;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(tokenizer.calls, calls);
    EXPECT_LE(calls, 5);
}

}  // namespace
}  // namespace gw

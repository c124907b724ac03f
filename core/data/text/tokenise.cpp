#include "data/text/tokenise.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace gw {

namespace {

/// The first space from `from` on that stands behind something else, or the end.
std::size_t space_behind_word(std::string_view text, std::size_t from) {
    for (std::size_t at = text.find(' ', from); at != std::string_view::npos; at = text.find(' ', at + 1))
        if (text[at - 1] != ' ') return at;
    return text.size();
}

}  // namespace

Tokeniser::Tokeniser(const Tokenizer& tokenizer, std::vector<ShardWriter> writers, std::size_t threads)
    : tokenizer_(&tokenizer),
      writers_(std::move(writers)),
      lane_(std::make_unique<EncodingLane>(
          tokenizer, threads > 0 ? threads : std::max(1u, std::thread::hardware_concurrency()))) {}

Result<Tokeniser> Tokeniser::create(const fs::path& folder, const Tokenizer& tokenizer, std::size_t threads) {
    std::vector<ShardWriter> writers;
    for (const Part part : all_parts) {
        auto writer = ShardWriter::create(folder / (std::string(part_name(part)) + ".tokens"), tokenizer.vocabulary());
        if (!writer) return writer.error();
        writers.push_back(std::move(writer).value());
    }
    return Tokeniser(tokenizer, std::move(writers), threads);
}

Status Tokeniser::add(Part part, std::string_view text) {
    constexpr std::size_t long_text = 256 << 10;
    writers_[static_cast<std::size_t>(part)].count(static_cast<std::int64_t>(text.size()), 1);
    for (;;) {
        std::size_t cut = text.size();
        if (text.size() > long_text) {
            if (tokenizer_->cuts_at_line_ends())
                if (const std::size_t at = text.find('\n', long_text); at != std::string_view::npos) cut = at + 1;
            if (tokenizer_->cuts_before_spaces()) cut = std::min(cut, space_behind_word(text, long_text));
        }
        if (Status status = wait_with(std::string(text.substr(0, cut)), {part, cut == text.size()}); !status)
            return status;
        if (cut == text.size()) return {};
        text.remove_prefix(cut);
    }
}

Status Tokeniser::add(Part part, std::string_view text, const Document& document, std::int64_t picture) {
    collected_.add(part, document).example.picture = picture;
    if (!document.label || document.label->words.empty()) return add(part, text);
    const Label& label = *document.label;
    // Word by word, so that it is known where each begins: the words of an encoded text cannot be told from its tokens.
    writers_[static_cast<std::size_t>(part)].count(static_cast<std::int64_t>(text.size()), 1);
    for (std::size_t i = 0; i < label.words.size(); ++i)
        if (Status status = wait_with((i ? " " : "") + label.words[i], {part, i + 1 == label.words.size(), true});
            !status)
            return status;
    return {};
}

Status Tokeniser::wait_with(std::string text, Place place) {
    // Large enough that handing it over costs nothing beside encoding it, small enough to be shared out evenly.
    constexpr std::size_t load = 256 << 10;
    waiting_.bytes += text.size();
    waiting_.places.push_back(place);
    texts_.push_back(std::move(text));
    return waiting_.bytes < load ? Status() : send();
}

Status Tokeniser::send() {
    if (texts_.empty()) return {};
    lane_->put(std::exchange(texts_, {}));
    sent_.push_back(std::exchange(waiting_, {}));
    while (lane_->full())
        if (Status status = write_oldest(); !status) return status;
    return {};
}

Status Tokeniser::write_oldest() {
    auto encoded = lane_->take();
    const Load load = std::move(sent_.front());
    sent_.pop_front();
    if (!encoded) return encoded.error();
    for (std::size_t i = 0; i < load.places.size(); ++i) {
        std::vector<Token>& ids = encoded.value()[i];
        const Place& place = load.places[i];
        const auto part = static_cast<std::size_t>(place.part);
        auto& labelled = collected_.of(place.part);
        if (placed_[part] < labelled.size()) {
            Example& example = labelled[placed_[part]].example;
            if (example.length == 0 && example.word_starts.empty()) example.start = written_[part];
            if (place.begins_word) example.word_starts.push_back(written_[part] - example.start);
            example.length += static_cast<std::int64_t>(ids.size());
            placed_[part] += place.closes_document;
        }
        if (place.closes_document) ids.push_back(tokenizer_->separator());
        written_[part] += static_cast<std::int64_t>(ids.size());
        if (Status status = writers_[part].add(ids); !status) return status;
    }
    encoded_bytes_ += load.bytes;
    if (told_) told_(encoded_bytes_);
    return {};
}

Status Tokeniser::finish() {
    if (Status status = send(); !status) return status;
    while (!lane_->empty())
        if (Status status = write_oldest(); !status) return status;
    if (told_) told_(encoded_bytes_);
    for (ShardWriter& writer : writers_)
        if (Status status = writer.finish(); !status) return status;
    return {};
}

}  // namespace gw

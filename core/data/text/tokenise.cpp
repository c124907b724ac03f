#include "data/text/tokenise.h"

#include <algorithm>
#include <thread>

namespace gw {

Tokeniser::Tokeniser(const Tokenizer& tokenizer, std::vector<ShardWriter> writers)
    : tokenizer_(&tokenizer),
      writers_(std::move(writers)),
      threads_(std::max(1u, std::thread::hardware_concurrency())) {}

Result<Tokeniser> Tokeniser::create(const fs::path& folder, const Tokenizer& tokenizer) {
    std::vector<ShardWriter> writers;
    for (const Part part : all_parts) {
        auto writer = ShardWriter::create(folder / (std::string(part_name(part)) + ".tokens"), tokenizer.vocabulary());
        if (!writer) return writer.error();
        writers.push_back(std::move(writer).value());
    }
    return Tokeniser(tokenizer, std::move(writers));
}

Status Tokeniser::add(Part part, std::string_view text) {
    constexpr std::size_t long_text = 256 << 10, batch = 1 << 20;
    writers_[static_cast<std::size_t>(part)].count(static_cast<std::int64_t>(text.size()), 1);
    for (;;) {
        std::size_t cut = text.size();
        if (tokenizer_->cuts_at_line_ends() && text.size() > long_text)
            if (const std::size_t line_end = text.find('\n', long_text); line_end != std::string_view::npos)
                cut = line_end + 1;
        waiting_.push_back({part, std::string(text.substr(0, cut)), cut == text.size()});
        waiting_bytes_ += cut;
        if (waiting_bytes_ >= batch * threads_)
            if (Status status = encode_waiting(); !status) return status;
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
    for (std::size_t i = 0; i < label.words.size(); ++i) {
        waiting_.push_back({part, (i ? " " : "") + label.words[i], i + 1 == label.words.size(), true});
        waiting_bytes_ += label.words[i].size() + 1;
    }
    return {};
}

Status Tokeniser::encode_waiting() {
    const std::vector<Unit> units = std::move(waiting_);
    const std::size_t share = waiting_bytes_ / threads_ + 1;
    encoded_bytes_ += waiting_bytes_;
    waiting_.clear();
    waiting_bytes_ = 0;
    struct Job {
        std::vector<std::string_view> texts;
        std::vector<std::vector<Token>> ids;
        Status status;
    };
    std::vector<Job> jobs(1);
    std::size_t bytes = 0;
    for (const Unit& unit : units) {
        if (bytes >= share) {
            jobs.emplace_back();
            bytes = 0;
        }
        jobs.back().texts.push_back(unit.text);
        bytes += unit.text.size();
    }
    {
        std::vector<std::jthread> threads;
        for (Job& job : jobs)
            threads.emplace_back([this, &job] {
                try {
                    job.status = tokenizer_->encode_each(job.texts, job.ids);
                } catch (const std::bad_alloc&) {
                    job.status = Error{Error::Code::out_of_memory,
                                       "There is not enough memory to encode the text",
                                       "Close other programs",
                                       {}};
                }
            });
    }
    std::size_t at = 0;
    for (Job& job : jobs) {
        if (!job.status) return job.status;
        for (std::vector<Token>& ids : job.ids) {
            const Unit& unit = units[at++];
            const auto part = static_cast<std::size_t>(unit.part);
            auto& labelled = collected_.of(unit.part);
            if (placed_[part] < labelled.size()) {
                Example& example = labelled[placed_[part]].example;
                if (example.length == 0 && example.word_starts.empty()) example.start = written_[part];
                if (unit.begins_word) example.word_starts.push_back(written_[part] - example.start);
                example.length += static_cast<std::int64_t>(ids.size());
                placed_[part] += unit.closes_document;
            }
            if (unit.closes_document) ids.push_back(tokenizer_->separator());
            written_[part] += static_cast<std::int64_t>(ids.size());
            if (Status status = writers_[part].add(ids); !status) return status;
        }
    }
    if (told_) told_(encoded_bytes_);
    return {};
}

Status Tokeniser::finish() {
    if (Status status = encode_waiting(); !status) return status;
    for (ShardWriter& writer : writers_)
        if (Status status = writer.finish(); !status) return status;
    return {};
}

}  // namespace gw

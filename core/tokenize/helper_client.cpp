#include "tokenize/helper_client.h"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <mutex>
#include <thread>

#include "schema/parse_json.h"
#include "tokenize/helper_protocol.h"
#include "util/base64.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::size_t longest_sentence = 4000;  // SentencePiece passes over sentences beyond 4,192 bytes

Error no_answer() {
    return {Error::Code::helper_lost,
            "The tokenizer helper gave an answer that cannot be read",
            "Install or build Groundwork again: its programs must be of one version",
            {}};
}

Error stopped() {
    return {Error::Code::cancelled, "Stopped while training the tokenizer", "", {}};
}

/// Appends `document` as sentences: lines, and long lines in parts.
void add_sentences(std::string& out, std::string_view document) {
    while (!document.empty()) {
        const std::size_t end = std::min(document.find('\n'), document.size());
        std::string_view line = document.substr(0, end);
        document.remove_prefix(std::min(end + 1, document.size()));
        while (!line.empty()) {
            std::size_t cut = line.size();
            if (cut > longest_sentence) {
                cut = utf8_boundary(line, longest_sentence);
                if (const std::size_t space = line.substr(0, cut).rfind(' ');
                    space != std::string_view::npos && space > cut / 2)
                    cut = space;
            }
            helper::put_frame(out, line.substr(0, cut));
            line.remove_prefix(cut);
        }
    }
}

/// SentencePiece's words for what a person can mend, in our words.
Error training_error(const std::string& said, const Json& settings) {
    auto number_after = [&](std::string_view mark) -> std::string {
        const std::size_t at = said.find(mark);
        if (at == std::string::npos) return "";
        std::size_t begin = at + mark.size(), end = begin;
        while (end < said.size() && said[end] >= '0' && said[end] <= '9') ++end;
        return said.substr(begin, end - begin);
    };
    const std::string wanted = settings.value("vocab_size", "");
    if (const std::string most = number_after("set it to a value <= "); !most.empty())
        return {Error::Code::bad_data,
                "The text is too small for a vocabulary of " + wanted + " pieces: at most " + most +
                    " can be learnt from it",
                "Set tokenizer.vocabulary to " + most + " or less, or add text",
                {"field tokenizer.vocabulary"}};
    if (const std::string least = number_after(wanted + " vs "); !least.empty())
        return {Error::Code::bad_data,
                "A vocabulary of " + wanted + " pieces is too small: the characters of the text alone need " + least,
                "Set tokenizer.vocabulary above " + least + ", or lower tokenizer.character_coverage",
                {"field tokenizer.vocabulary"}};
    if (said.find("memory") != std::string::npos || said.find("bad_alloc") != std::string::npos)
        return {Error::Code::out_of_memory,
                "The tokenizer helper ran out of memory",
                "Lower tokenizer.sample_sentences, or raise tokenizer.memory_limit_mb",
                {"section tokenizer"}};
    return {Error::Code::bad_data,
            "SentencePiece could not learn from this text: " + said,
            "Change the settings of the tokenizer",
            {"section tokenizer"}};
}

}  // namespace

fs::path helper_program() {
    if (const char* chosen = std::getenv("GROUNDWORK_TOKENIZER")) return chosen;
    const fs::path here = program_folder();
    std::error_code ignored;
    for (const char* place : {".", "../../bin", "../bin"})
        if (fs::path file = (here / place / "groundwork-tokenizer").lexically_normal(); fs::exists(file, ignored))
            return file;
    return here / "groundwork-tokenizer";
}

Result<std::string> train_in_helper(const Json& settings, const TokenizerInputs& inputs, std::uint64_t memory_limit) {
    Result<Subprocess> started = Subprocess::start({helper_program().string(), "train"}, {memory_limit});
    if (!started) return started.error();
    Subprocess& process = started.value();
    auto report = [&](const std::string& phase) {
        if (inputs.progress) inputs.progress(phase, -1);
    };
    report("reading text for the tokenizer");
    std::string buffer;
    helper::put_frame(buffer, settings.dump());
    Status sent;
    constexpr std::size_t batch = 1 << 20;
    auto flush = [&] {
        sent = process.write(buffer);
        buffer.clear();
        return static_cast<bool>(sent);
    };
    Status read = inputs.text([&](std::string_view document) {
        if (inputs.stop.stop_requested()) return false;
        add_sentences(buffer, document);
        return buffer.size() < batch || flush();
    });
    if (!read) return read.error();
    if (inputs.stop.stop_requested()) return stopped();
    helper::put_frame(buffer, "");
    if (!sent || !flush()) return sent.error();

    for (;;) {
        Result<std::optional<std::string>> line = process.read_line(inputs.stop);
        if (!line) return line.error().code == Error::Code::cancelled ? stopped() : line.error();
        if (!line.value()) {  // it ended without a word: read() says how
            Error lost = process.read(1).error();
            lost.hint =
                "It may have been killed for want of memory: lower tokenizer.sample_sentences, or raise "
                "tokenizer.memory_limit_mb";
            return lost;
        }
        const std::string& text = *line.value();
        if (text.starts_with("progress ")) report(Phrase{say::training_tokenizer, {text.substr(9)}}.text());
        if (text.starts_with("error ")) return training_error(text.substr(6), settings);
        if (text.starts_with("model ")) {
            const auto model = from_base64(std::string_view(text).substr(6));
            if (!model || model->empty()) return no_answer();
            return *model;
        }
    }
}

std::optional<PieceTable> piece_table(const Json& facts) try {
    constexpr std::size_t most_pieces = 1 << 24;
    PieceTable table;
    table.types = facts.at("types").get<std::vector<int>>();
    table.prefix = facts.at("prefix").get<bool>();
    const Json& pieces = facts.at("pieces");
    if (!pieces.is_array() || pieces.empty() || pieces.size() > most_pieces || pieces.size() != table.types.size())
        return std::nullopt;
    auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto piece = from_base64(pieces[i].get_ref<const std::string&>());
        const int type = table.types[i];
        if (!piece || type < PieceTable::normal || type > PieceTable::byte) return std::nullopt;
        if (type == PieceTable::byte && !(piece->size() == 6 && piece->starts_with("<0x") && is_hex((*piece)[3]) &&
                                          is_hex((*piece)[4]) && piece->back() == '>'))
            return std::nullopt;
        table.pieces.push_back(*piece);
    }
    return table;
} catch (const Json::exception&) {
    return std::nullopt;
}

struct EncoderPool::Impl {
    std::string model;
    std::mutex mutex;
    std::condition_variable returned;
    std::deque<Subprocess> idle;
    std::size_t alive = 0;
    const std::size_t most = std::max(1u, std::thread::hardware_concurrency());

    /// A frame that the helper sends.
    static Result<std::string> read_frame(Subprocess& process) {
        Result<std::string> size = process.read(4);
        if (!size) return size;
        const std::uint32_t count = helper::get_number(size.value());
        if (count > helper::longest_frame) return no_answer();
        return process.read(count);
    }
    /// A new helper, and what it says of the model.
    Result<std::pair<Subprocess, Json>> start() const {
        Result<Subprocess> process = Subprocess::start({helper_program().string(), "serve"}, {});
        if (!process) return process.error();
        std::string frame;
        helper::put_frame(frame, model);
        if (Status sent = process.value().write(frame); !sent) return sent.error();
        Result<std::string> answer = read_frame(process.value());
        if (!answer) return answer.error();
        Json facts = json_or_null(answer.value());
        if (!facts.is_object()) return no_answer();
        if (facts.contains("error") && facts["error"].is_string())
            return Error{Error::Code::bad_data,
                         "This is no SentencePiece model: " + facts["error"].get<std::string>(),
                         "Choose a .model file that SentencePiece has written",
                         {"field tokenizer.model"}};
        return std::pair(std::move(process).value(), std::move(facts));
    }
    Result<Subprocess> borrow() {
        std::unique_lock lock(mutex);
        returned.wait(lock, [&] { return !idle.empty() || alive < most; });
        if (!idle.empty()) {
            Subprocess process = std::move(idle.front());
            idle.pop_front();
            return process;
        }
        ++alive;
        lock.unlock();
        auto started = start();
        if (started) return std::move(started).value().first;
        drop();
        return started.error();
    }
    void give_back(Subprocess process) {
        const std::scoped_lock lock(mutex);
        idle.push_back(std::move(process));
        returned.notify_one();
    }
    void drop() {
        const std::scoped_lock lock(mutex);
        --alive;
        returned.notify_one();
    }
};

EncoderPool::EncoderPool(std::string model) : impl_(std::make_unique<Impl>()) {
    impl_->model = std::move(model);
}
EncoderPool::~EncoderPool() = default;

Result<PieceTable> EncoderPool::table() {
    auto started = impl_->start();
    if (!started) return started.error();
    const Json& facts = started.value().second;
    auto table = piece_table(facts);
    if (!table) return no_answer();
    {
        const std::scoped_lock lock(impl_->mutex);
        ++impl_->alive;
    }
    impl_->give_back(std::move(started.value().first));
    return *std::move(table);
}

Result<std::vector<std::vector<Token>>> EncoderPool::encode(std::span<const std::string_view> texts) {
    std::vector<std::vector<Token>> out;
    while (!texts.empty()) {
        std::size_t count = 0, bytes = 0;
        while (count < texts.size() && bytes + texts[count].size() <= helper::longest_text)
            bytes += texts[count++].size();
        if (count == 0)
            return Error{Error::Code::bad_data,
                         "A text is too long to be cut into pieces at once: " + byte_text(texts.front().size()) +
                             ", and at most " + byte_text(helper::longest_text) + " can be",
                         "Divide it into documents or lines, or choose the tokenizer bytes or characters",
                         {}};
        auto some = encode_some(texts.first(count));
        if (!some) return some;
        std::move(some.value().begin(), some.value().end(), std::back_inserter(out));
        texts = texts.subspan(count);
    }
    return out;
}

Result<std::vector<std::vector<Token>>> EncoderPool::encode_some(std::span<const std::string_view> texts) {
    std::string inner, frame;
    for (const std::string_view text : texts) helper::put_frame(inner, text);
    helper::put_frame(frame, inner);
    Result<Subprocess> process = impl_->borrow();
    if (!process) return process.error();
    Status sent = process.value().write(frame);
    Result<std::string> answer = sent ? Impl::read_frame(process.value()) : Result<std::string>(sent.error());
    if (!answer) {
        impl_->drop();
        return answer.error();
    }
    impl_->give_back(std::move(process).value());

    std::vector<std::vector<Token>> out;
    std::string_view left = answer.value(), ids;
    while (out.size() < texts.size() && helper::take_frame(left, ids)) {
        std::vector<Token>& list = out.emplace_back(ids.size() / 4);
        for (std::size_t i = 0; i < list.size(); ++i)
            list[i] = static_cast<Token>(helper::get_number(ids.substr(4 * i, 4)));
    }
    if (out.size() != texts.size()) return no_answer();
    return out;
}

}  // namespace gw

#include <sentencepiece_processor.h>
#include <sentencepiece_trainer.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>
#include <unordered_map>

#include "tokenizer/frames.h"
#include "util/base64.h"

namespace gw::helper {

namespace {

/// Sentences from standard input, up to the empty frame.
class Sentences final : public sentencepiece::SentenceIterator {
  public:
    Sentences() { Next(); }
    bool done() const override { return done_; }
    void Next() override {
        auto frame = read_frame();
        if (!frame)
            std::_Exit(1);  // the client ended before its last sentence: nobody waits for a model of half of them
        done_ = frame->empty();
        if (!done_) value_ = std::move(*frame);
    }
    const std::string& value() const override { return value_; }
    sentencepiece::util::Status status() const override { return {}; }

  private:
    std::string value_;
    bool done_ = false;
};

/// While it lives, SentencePiece's log goes to the client as lines of progress. The log is all that tells how far the
/// trainer is.
class LogAsProgress {
  public:
    LogAsProgress() {
        if (::pipe(ends_) != 0) throw std::runtime_error("Cannot make a pipe for the trainer's log");
        real_ = ::dup(STDERR_FILENO);
        ::dup2(ends_[1], STDERR_FILENO);
        ::close(ends_[1]);
        reader_ = std::thread([this] { read(); });
    }
    ~LogAsProgress() {
        ::dup2(real_, STDERR_FILENO);  // closes the last writing end, so that the reader ends
        ::close(real_);
        reader_.join();
        ::close(ends_[0]);
    }

  private:
    void read() {
        std::string line;
        std::array<char, 4096> buffer;
        for (ssize_t count; (count = ::read(ends_[0], buffer.data(), buffer.size())) > 0;)
            for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(count))) {
                if (c != '\n') {
                    if (line.size() < longest_line) line += c;  // sentences may be logged whole
                    continue;
                }
                tell(line);
                line.clear();
            }
    }
    /// "trainer_interface.cc(407) LOG(INFO) Loaded all 4358 sentences" -> the words after the bracket; settings are
    /// passed over.
    static void tell(const std::string& line) {
        const std::size_t mark = line.find("LOG(INFO) ");
        if (mark == std::string::npos) return;
        std::string words = line.substr(mark + 10);
        while (!words.empty() && line.size() == longest_line && (words.back() & 0x80)) words.pop_back();  // cut within
        offer("progress " + words + "\n");
    }
    static constexpr std::size_t longest_line = 240;
    int ends_[2] = {-1, -1}, real_ = -1;
    std::thread reader_;
};

std::string one_line(std::string text) {
    for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
    return text;
}

}  // namespace

int train() {
    const auto settings = read_frame();
    if (!settings) return 1;
    std::unordered_map<std::string, std::string> options;
    const nlohmann::json parsed = nlohmann::json::parse(*settings);
    for (const auto& [key, value] : parsed.items()) options[key] = value.get<std::string>();
    constexpr unsigned seed = 1;  // of the sample of sentences: the same text gives the same model
    sentencepiece::SetRandomGeneratorSeed(seed);
    std::string model, problem;
    {
        const LogAsProgress log;
        try {
            Sentences sentences;
            const auto status = sentencepiece::SentencePieceTrainer::Train(options, &sentences, &model);
            if (!status.ok()) problem = status.ToString();
        } catch (const std::bad_alloc&) {
            problem = "out of memory";
        } catch (const std::exception& caught) {
            problem = caught.what();
        }
    }
    write_out(problem.empty() ? "model " + to_base64(model) + "\n" : "error " + one_line(problem) + "\n");
    return problem.empty() ? 0 : 1;
}

}  // namespace gw::helper

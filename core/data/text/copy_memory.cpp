#include <string>
#include <vector>

#include "data/catalog.h"
#include "data/seed_setting.h"
#include "util/hash.h"
#include "util/progress_texts.h"
#include "util/rng.h"

namespace gw {

namespace {

struct CopyMemoryConfig {
    std::int64_t texts = 20000, symbols = 8, length = 10, delay = 30, seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&CopyMemoryConfig::delay>({.key = "delay",
                                                 .label = "Delay",
                                                 .help =
                                                     "Words from the last symbol to the sign that asks for them, which "
                                                     "is the last of them.",
                                                 .unit = "words",
                                                 .min = 1,
                                                 .max = 10000,
                                                 .scale = schema::Scale::log}),
        schema::field<&CopyMemoryConfig::length>({.key = "length",
                                                  .label = "Symbols to keep",
                                                  .help = "They stand at the beginning, and are asked for at the end.",
                                                  .unit = "words",
                                                  .min = 1,
                                                  .max = 1000}),
        schema::field<&CopyMemoryConfig::symbols>(
            {.key = "symbols", .label = "Kinds of symbols", .help = "Letters from a on.", .min = 2, .max = 26}),
        schema::field<&CopyMemoryConfig::texts>({.key = "texts",
                                                 .label = "Texts",
                                                 .help = "How many are made.",
                                                 .min = 20,
                                                 .max = 10000000,
                                                 .scale = schema::Scale::log}),
        schema::field<&CopyMemoryConfig::seed>(seed_setting("The same one makes the same texts.")),
    };
};

/// The copying problem of Hochreiter and Schmidhuber 1997 as Arjovsky, Shah and Bengio 2016 (arXiv:1511.06464, section
/// 4.1) have it: symbols, a delay of blanks, a sign, and as many blanks as there were symbols, at which they are asked
/// for. Each word has the class that is to be said there. Who keeps nothing has the loss length ln(symbols) / words.
class CopyMemory final : public Dataset {
  public:
    explicit CopyMemory(const CopyMemoryConfig& config) : config_(config) {}

    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        const Json settings = {config_.texts, config_.symbols, config_.length, config_.delay, config_.seed};
        return sha256("copy_memory 1\n" + settings.dump());
    }
    LabelKind labels() const override { return LabelKind::word_classes; }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        static const std::string blank = ".", sign = ":", nothing = "-";
        for (std::int64_t i = 0; i < config_.texts; ++i) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while writing texts", "", {}};
            constexpr std::int64_t told = 1024;
            if (progress && i % told == 0)
                progress(say::reading_text, static_cast<double>(i) / static_cast<double>(config_.texts));
            Rng rng(mix64(static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(i)));
            std::vector<std::string> kept;
            for (std::int64_t at = 0; at < config_.length; ++at)
                kept.emplace_back(1, static_cast<char>('a' + rng.below(static_cast<std::uint64_t>(config_.symbols))));
            Label label;
            const auto add = [&](const std::string& word, const std::string& said) {
                label.words.push_back(word);
                label.classes.push_back(said);
            };
            for (const std::string& symbol : kept) add(symbol, nothing);
            for (std::int64_t at = 1; at < config_.delay; ++at) add(blank, nothing);
            add(sign, nothing);
            for (const std::string& symbol : kept) add(blank, symbol);
            std::string text;
            for (const std::string& word : label.words) text += (text.empty() ? "" : " ") + word;
            if (!sink({text, "copy_memory", i, &label})) break;
            ++report.rows;
        }
        return {};
    }

    CopyMemoryConfig config_;
};

}  // namespace

DatasetKind copy_memory_kind() {
    auto kind = kind_of<DatasetKind, CopyMemoryConfig>(
        {.id = "copy_memory",
         .title = "Copy memory",
         .summary = "Made-up texts whose first symbols are asked for after a long delay: shows how far a recurrent "
                    "network remembers.",
         .source = "Arjovsky, Shah and Bengio 2016, arXiv:1511.06464, section 4.1"},
        [](const CopyMemoryConfig& config) -> std::unique_ptr<Dataset> {
            return std::make_unique<CopyMemory>(config);
        });
    kind.offers = [](const Json&) { return std::vector<std::string>{"text", "labels of the kind word"}; };
    return kind;
}

}  // namespace gw

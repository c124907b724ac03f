#include <algorithm>
#include <mutex>

#include "tokenize/catalog.h"
#include "tokenize/helper_client.h"
#include "tokenize/helper_protocol.h"
#include "util/base64.h"
#include "util/text.h"

namespace gw {

namespace {

struct SentencePieceConfig {
    std::string model, algorithm = "unigram";
    std::int64_t vocabulary = 4000, sample_sentences = 1000000, memory_limit_mb = 8192;
    double character_coverage = 0.9995;
    bool byte_fallback = true;

    static constexpr auto fields = std::tuple{
        schema::field<&SentencePieceConfig::model>(
            {.key = "model",
             .label = "Model file",
             .help = "A .model file that exists already; empty = learn one from the training text.",
             .holds = schema::Holds::path}),
        schema::field<&SentencePieceConfig::algorithm>(
            {.key = "algorithm",
             .label = "Algorithm",
             .help = "Unigram language model (Kudo 2018) or byte-pair encoding (Sennrich et al. 2016).",
             .choices = "unigram=Unigram|bpe=Byte pairs (BPE)",
             .shown_when = "model="}),
        schema::field<&SentencePieceConfig::vocabulary>(
            {.key = "vocabulary",
             .label = "Vocabulary",
             .help = "Pieces to learn; the separator and the mask come on top.",
             .unit = "pieces",
             .min = 16,
             .max = 1000000,
             .scale = schema::Scale::log,
             .shown_when = "model="}),
        schema::field<&SentencePieceConfig::character_coverage>(
            {.key = "character_coverage",
             .label = "Character coverage",
             .help = "Share of the text's characters that get a piece of their own; 0.9995 suits Japanese and Chinese, "
                     "1 small alphabets.",
             .min = 0.9,
             .max = 1.0,
             .audience = schema::Audience::expert,
             .shown_when = "model="}),
        schema::field<&SentencePieceConfig::byte_fallback>(
            {.key = "byte_fallback",
             .label = "Byte fallback",
             .help = "Writes characters without a piece as bytes, so that no text is lost; costs 256 pieces.",
             .shown_when = "model="}),
        schema::field<&SentencePieceConfig::sample_sentences>(
            {.key = "sample_sentences",
             .label = "Sample",
             .help = "Lines to learn from, drawn at random when there are more; 0 = all.",
             .unit = "lines",
             .min = 0,
             .max = 1e9,
             .scale = schema::Scale::log,
             .audience = schema::Audience::expert,
             .shown_when = "model="}),
        schema::field<&SentencePieceConfig::memory_limit_mb>(
            {.key = "memory_limit_mb",
             .label = "Memory limit",
             .help = "The helper that learns the pieces stops when it needs more.",
             .unit = "MiB",
             .min = 256,
             .max = 1e7,
             .scale = schema::Scale::log,
             .audience = schema::Audience::expert,
             .shown_when = "model="}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (model.empty() && byte_fallback && vocabulary < 300)
            out.push_back(
                {at + ".vocabulary", "must be 300 or more with byte_fallback, which takes 256 of the pieces; it is " +
                                         std::to_string(vocabulary)});
    }
};

using helper::space_mark;

/// Pieces by SentencePiece's ids, then the separator and the mask. Encodes through the helper, decodes by itself.
class SentencePiece final : public Tokenizer {
  public:
    SentencePiece(std::string model, PieceTable table, std::shared_ptr<EncoderPool> pool)
        : model_(std::move(model)), table_(std::move(table)), pool_(std::move(pool)) {}
    std::string kind() const override { return "sentencepiece"; }
    static constexpr Token specials = 2;
    Token vocabulary() const override { return size() + specials; }
    Token separator() const override { return size(); }
    Token mask() const override { return size() + 1; }
    /// True where no piece holds a line end together with anything else. A model that puts a space before every text
    /// can be cut where its pieces hold spaces at their beginning alone and a line end is a space to it.
    /// Where it leaves line ends as they are, spaces may still do.
    bool cuts_at_line_ends() const override {
        const auto spans_lines = [](const std::string& piece) {
            return piece.size() > 1 && piece.find('\n') != std::string::npos;
        };
        if (std::any_of(table_.pieces.begin(), table_.pieces.end(), spans_lines)) return false;
        return !table_.prefix || asked().lines;
    }
    bool cuts_before_spaces() const override { return table_.prefix && asked().spaces; }

    Status encode(std::string_view text, std::vector<Token>& out) const override {
        std::vector<std::vector<Token>> lists;
        if (Status status = encode_each({&text, 1}, lists); !status) return status;
        out.insert(out.end(), lists.front().begin(), lists.front().end());
        return {};
    }
    Status encode_each(std::span<const std::string_view> texts, std::vector<std::vector<Token>>& out) const override {
        auto lists = pool_->encode(texts);
        if (!lists) return lists.error();
        for (auto& list : lists.value()) {
            if (std::any_of(list.begin(), list.end(), [this](Token id) { return id < 0 || id >= size(); }))
                return Error{Error::Code::bad_data,
                             "The SentencePiece model of this tokenizer is another than its table of pieces",
                             "Use another checkpoint, or the .model file itself",
                             {}};
            out.push_back(std::move(list));
        }
        return {};
    }
    std::string decode(std::span<const Token> ids) const override {
        std::string out;
        bool at_start = table_.prefix;
        for (const Token id : ids) {
            if (id == separator()) {
                out += "\n\n";
                at_start = table_.prefix;
                continue;
            }
            std::string text = id == mask() ? "[MASK]" : text_of(id);
            if (at_start && text.starts_with(' ')) text.erase(0, 1);
            at_start = at_start && text.empty();
            out += text;
        }
        return out;
    }
    std::string piece(Token id) const override {
        if (id == separator()) return "<separator>";
        if (id == mask()) return "<mask>";
        if (id < 0 || id >= size()) return "<invalid>";
        const std::string& piece = table_.pieces[static_cast<std::size_t>(id)];
        return piece == "\n" ? "\\n" : piece == "\t" ? "\\t" : piece;
    }
    bool starts_word(Token previous, Token id) const override {
        if (previous < 0 || previous >= size() || id < 0 || id >= size()) return true;
        if (table_.pieces[static_cast<std::size_t>(id)].starts_with(space_mark)) return true;
        const std::string before = text_of(previous);
        return before.ends_with('\n') || before.ends_with('\t') || before.ends_with(' ');
    }
    bool is_fallback(Token id) const override {
        if (id < 0 || id >= size()) return false;
        const int type = table_.types[static_cast<std::size_t>(id)];
        return type == PieceTable::byte || type == PieceTable::unknown;
    }
    Json state() const override {
        Json pieces = Json::array();
        for (const std::string& piece : table_.pieces) pieces.push_back(to_base64(piece));
        return {{"kind", "sentencepiece"},
                {"model", to_base64(model_)},
                {"pieces", pieces},
                {"types", table_.types},
                {"prefix", table_.prefix}};
    }

  private:
    Token size() const { return static_cast<Token>(table_.pieces.size()); }
    /// Where a model that puts a space before every text can be cut, as it shows itself.
    struct Cuts {
        bool lines = false, spaces = false;
    };
    const Cuts& asked() const {
        std::call_once(asked_, [this] {
            const auto spans_words = [](const std::string& piece) {
                return piece.find(space_mark, 1) != std::string::npos || piece.find(' ', 1) != std::string::npos;
            };
            if (std::any_of(table_.pieces.begin(), table_.pieces.end(), spans_words)) return;
            cuts_ = {.lines = is_sum_of({"a\n", "b c\n", "\n", "  d\n"}),
                     .spaces = is_sum_of({"a\nb", " c", "  d\n\n", " \ne,\t", " f"})};
        });
        return cuts_;
    }
    /// Whether these parts encode to what they encode to together.
    bool is_sum_of(std::initializer_list<std::string_view> parts) const {
        std::string whole;
        for (const std::string_view part : parts) whole += part;
        std::vector<std::string_view> texts{whole};
        texts.insert(texts.end(), parts.begin(), parts.end());
        std::vector<std::vector<Token>> lists;
        if (!encode_each(texts, lists)) return false;
        std::vector<Token> joined;
        for (std::size_t i = 1; i < lists.size(); ++i) joined.insert(joined.end(), lists[i].begin(), lists[i].end());
        return joined == lists.front();
    }
    std::string text_of(Token id) const {
        if (id < 0 || id >= size()) return "";
        const std::string& piece = table_.pieces[static_cast<std::size_t>(id)];
        switch (table_.types[static_cast<std::size_t>(id)]) {
            case PieceTable::unknown:
                return "\xef\xbf\xbd";  // U+FFFD
            case PieceTable::control:
                return "";
            case PieceTable::byte:
                return std::string(1, static_cast<char>(std::stoi(piece.substr(3, 2), nullptr, 16)));  // "<0xE3>"
            default:
                break;
        }
        std::string out;
        for (std::size_t at = 0; at < piece.size();) {
            const bool space = piece.compare(at, space_mark.size(), space_mark) == 0;
            out += space ? ' ' : piece[at];
            at += space ? space_mark.size() : 1;
        }
        return out;
    }
    std::string model_;
    PieceTable table_;
    std::shared_ptr<EncoderPool> pool_;
    mutable std::once_flag asked_;
    mutable Cuts cuts_;
};

Result<std::unique_ptr<Tokenizer>> from_model(std::string model) {
    auto pool = std::make_shared<EncoderPool>(model);
    Result<PieceTable> table = pool->table();
    if (!table) return table.error();
    return std::unique_ptr<Tokenizer>(new SentencePiece(std::move(model), std::move(table).value(), std::move(pool)));
}

Result<std::unique_ptr<Tokenizer>> load_or_learn(const SentencePieceConfig& config, const TokenizerInputs& inputs) {
    if (!config.model.empty()) {
        constexpr std::uintmax_t largest = std::uintmax_t{helper::longest_frame};
        std::error_code ignored;
        if (const auto bytes = fs::file_size(config.model, ignored); !ignored && bytes > largest)
            return Error{Error::Code::bad_data,
                         "This is no SentencePiece model: it has " + byte_text(bytes),
                         "Choose a .model file that SentencePiece has written",
                         {"file " + config.model, "field tokenizer.model"}};
        Result<std::string> model = read_file(config.model);
        if (!model) return Error(model.error()).at("field tokenizer.model");
        auto loaded = from_model(std::move(model).value());
        if (!loaded) return Error(loaded.error()).at("file " + config.model);
        return loaded;
    }
    // Nothing is normalised and no space is added or taken away: decoding gives back the very text.
    const Json settings = {{"model_type", config.algorithm},
                           {"vocab_size", std::to_string(config.vocabulary)},
                           {"character_coverage", Json(config.character_coverage).dump()},
                           {"byte_fallback", config.byte_fallback ? "true" : "false"},
                           {"input_sentence_size", std::to_string(config.sample_sentences)},
                           {"shuffle_input_sentence", "true"},
                           {"normalization_rule_name", "identity"},
                           {"add_dummy_prefix", "false"},
                           {"remove_extra_whitespaces", "false"},
                           {"user_defined_symbols", "\n,\t"},
                           {"bos_id", "-1"},
                           {"eos_id", "-1"},
                           {"pad_id", "-1"},
                           {"unk_id", "0"},
                           {"num_threads", "2"}};  // fixed: sums of floats depend on how they are shared out
    Result<std::string> model =
        train_in_helper(settings, inputs, static_cast<std::uint64_t>(config.memory_limit_mb) << 20);
    if (!model) return model.error();
    return from_model(std::move(model).value());
}

Result<std::unique_ptr<Tokenizer>> from_table(const Json& state) {
    auto model = from_base64(state.at("model").get<std::string>());
    if (!model)
        return Error{Error::Code::bad_data,
                     "The SentencePiece model in this tokenizer is damaged",
                     "Use another checkpoint",
                     {}};
    auto table = piece_table(state);
    if (!table)
        return Error{
            Error::Code::bad_data, "The piece table of this tokenizer is damaged", "Use another checkpoint", {}};
    auto pool = std::make_shared<EncoderPool>(*model);
    return std::unique_ptr<Tokenizer>(new SentencePiece(std::move(*model), *std::move(table), std::move(pool)));
}

}  // namespace

TokenizerKind sentencepiece_kind() {
    auto kind = kind_of<TokenizerKind, SentencePieceConfig>(
        {.id = "sentencepiece",
         .title = "SentencePiece",
         .summary =
             "Pieces of words, learnt from the training text or loaded from a model: any language, short sequences.",
         .source = "Kudo and Richardson 2018, https://arxiv.org/abs/1808.06226"},
        load_or_learn);
    kind.needs = {"text"};
    kind.offers = [](const Json&) { return std::vector<std::string>{"tokens"}; };
    kind.expects = [](const Json& settings) {
        return ExpectedVocabulary{
            settings.value("vocabulary", SentencePieceConfig{}.vocabulary) + SentencePiece::specials, false};
    };
    kind.from_state = from_table;
    kind.foreign = {".model", [id = kind.card.id](const std::string& path) {
                        return Json{{"kind", id}, {"model", path}};
                    }};
    kind.usually_trained = true;
    return kind;
}

}  // namespace gw

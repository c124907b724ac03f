#include "compare/run_filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "compare/spec_table.h"
#include "schema/former_kinds.h"
#include "util/text.h"

namespace gw {

namespace {

enum class Op { has, equal, not_equal, less, at_most, more, at_least };

struct Piece {
    std::size_t at = 0, length = 0;
    bool negated = false;
    std::string key;  ///< empty for a bare word
    Op op = Op::has;
    std::vector<std::string> values;
    bool open_quote = false;
};

constexpr std::array<std::pair<const char*, Op>, 8> operators{{{"!=", Op::not_equal},
                                                               {"<=", Op::at_most},
                                                               {">=", Op::at_least},
                                                               {"==", Op::equal},
                                                               {":", Op::has},
                                                               {"=", Op::equal},
                                                               {"<", Op::less},
                                                               {">", Op::more}}};

/// The pieces between blanks; quotes keep blanks and commas.
std::vector<Piece> pieces_of(const std::string& text) {
    std::vector<Piece> out;
    std::size_t at = 0;
    auto blank = [&](std::size_t i) { return text[i] == ' ' || text[i] == '\t'; };
    while (at < text.size()) {
        if (blank(at)) {
            ++at;
            continue;
        }
        Piece piece;
        piece.at = at;
        if (text[at] == '-' && at + 1 < text.size() && !blank(at + 1)) {
            piece.negated = true;
            ++at;
        }
        std::string word;
        bool quoted = false, any_quote = false, has_op = false;
        auto end_value = [&] {
            if (has_op)
                piece.values.push_back(word);
            else
                piece.values = {word};
            word.clear();
        };
        for (; at < text.size() && (quoted || !blank(at)); ++at) {
            if (text[at] == '"') {
                quoted = !quoted;
                any_quote = true;
                continue;
            }
            if (!quoted && !has_op && !any_quote) {
                const auto op = std::find_if(operators.begin(), operators.end(), [&](const auto& o) {
                    return text.compare(at, std::char_traits<char>::length(o.first), o.first) == 0;
                });
                if (op != operators.end() && !word.empty()) {
                    piece.key = lower_case(word);
                    piece.op = op->second;
                    word.clear();
                    has_op = true;
                    at += std::char_traits<char>::length(op->first) - 1;
                    continue;
                }
            }
            if (!quoted && has_op && text[at] == ',') {
                end_value();
                continue;
            }
            word += text[at];
        }
        end_value();
        piece.open_quote = quoted;
        piece.length = at - piece.at;
        out.push_back(std::move(piece));
    }
    return out;
}

std::optional<double> fact(const RunRecord& run, const char* key) {
    const auto it = run.facts.find(key);
    return it != run.facts.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
}

using TextOf = std::vector<std::string> (*)(const RunRecord&);
using NumberOf = std::optional<double> (*)(const RunRecord&);

struct KnownKey {
    const char *name, *help;
    TextOf text = nullptr;
    NumberOf number = nullptr;
    const char* section = nullptr;  ///< of the spec, where a value may be the id of a kind
};

const std::vector<KnownKey>& known_keys() {
    using R = const RunRecord&;
    using T = std::vector<std::string>;
    using N = std::optional<double>;
    static const std::vector<KnownKey> keys{
        {"name", GW_TEXT("name of the run"), [](R r) -> T { return {r.name}; }},
        {"tag", GW_TEXT("one of its tags"), [](R r) -> T { return r.tags; }},
        {"status", GW_TEXT("finished, running, stopped, failed, interrupted, queued"),
         [](R r) -> T { return {r.status}; }},
        {"id", GW_TEXT("beginning of its id"), [](R r) -> T { return {r.id}; }},
        {"notes", GW_TEXT("words of its notes"), [](R r) -> T { return {r.notes}; }},
        {"arch", GW_TEXT("kind of the backbone"), [](R r) -> T { return {kind_of(r, "backbone")}; }, nullptr,
         "backbone"},
        {"objective", GW_TEXT("kind of the objective"), [](R r) -> T { return {kind_of(r, "objective")}; }, nullptr,
         "objective"},
        {"data", GW_TEXT("kind of the dataset, or a path in it"),
         [](R r) -> T { return {r.spec.value("dataset", Json()).dump()}; }, nullptr, "dataset"},
        {"tokenizer", GW_TEXT("kind of the tokenizer"), [](R r) -> T { return {kind_of(r, "tokenizer")}; }, nullptr,
         "tokenizer"},
        {"optimizer", GW_TEXT("kind of the optimizer"), [](R r) -> T { return {kind_of(r, "optimizer")}; }, nullptr,
         "optimizer"},
        {"device", GW_TEXT("where it was trained"), [](R r) -> T { return {r.facts.value("device", std::string())}; }},
        {"created", GW_TEXT("day or time, such as 2026-01-31"), [](R r) -> T { return {r.created}; }},
        {"score", GW_TEXT("best value of what the run is judged by"), nullptr, [](R r) -> N { return r.best_score; }},
        {"val", GW_TEXT("best validation loss"), nullptr, [](R r) -> N { return r.best_validation_loss; }},
        {"last", GW_TEXT("last validation loss"), nullptr, [](R r) -> N { return r.validation_loss; }},
        {"loss", GW_TEXT("last training loss"), nullptr, [](R r) -> N { return r.train_loss; }},
        {"ppl", GW_TEXT("perplexity of the validation part"), nullptr, [](R r) -> N { return r.perplexity; }},
        {"bpb", GW_TEXT("bits per byte of the validation part"), nullptr, [](R r) -> N { return r.bits_per_byte; }},
        {"params", GW_TEXT("number of parameters, such as 10M"), nullptr,
         [](R r) -> N { return fact(r, "parameters"); }},
        {"steps", GW_TEXT("steps done"), nullptr, [](R r) -> N { return static_cast<double>(r.steps); }},
        {"tokens", GW_TEXT("tokens trained on, such as 5M"), nullptr,
         [](R r) -> N { return static_cast<double>(r.tokens); }},
        {"time", GW_TEXT("training time, such as 90s, 10m or 2h"), nullptr, [](R r) -> N { return r.seconds; }},
        {"speed", GW_TEXT("tokens a second"), nullptr, [](R r) -> N { return r.tokens_per_second; }},
    };
    return keys;
}

/// "10M", "2h", "1e-3"; nothing when it is no number.
std::optional<double> number_of(const std::string& text, bool is_time) {
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc()) return std::nullopt;
    const std::string unit(end, text.data() + text.size());
    if (unit.empty()) return value;
    static const std::map<std::string, double> counts{{"k", 1e3}, {"K", 1e3}, {"M", 1e6},
                                                      {"B", 1e9}, {"G", 1e9}, {"T", 1e12}};
    static const std::map<std::string, double> times{{"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86400}};
    const auto& units = is_time ? times : counts;
    const auto found = units.find(unit);
    return found == units.end() ? std::nullopt : std::optional(value * found->second);
}

bool holds(double value, Op op, double wanted) {
    switch (op) {
        case Op::less:
            return value < wanted;
        case Op::at_most:
            return value <= wanted;
        case Op::more:
            return value > wanted;
        case Op::at_least:
            return value >= wanted;
        case Op::not_equal:
            return value != wanted;
        default:
            return std::abs(value - wanted) <= 1e-9 * std::max(std::abs(value), std::abs(wanted));
    }
}

bool contains(const std::string& text, const std::string& word) {
    return lower_case(text).find(word) != std::string::npos;
}

bool text_holds(const std::vector<std::string>& texts, Op op, const std::string& value, const char* key) {
    const std::string wanted = lower_case(value);
    for (const std::string& raw : texts) {
        const std::string text = lower_case(raw);
        if (op == Op::has && std::string_view(key) == "id" ? text.starts_with(wanted)
                                                           : op == Op::has && text.find(wanted) != std::string::npos)
            return true;
        if ((op == Op::equal || op == Op::not_equal) && text == wanted) return true;
        // Times are compared as far as they were written: created<=2026-01-31 holds all that day.
        const std::string start = text.substr(0, wanted.size());
        if ((op == Op::less && start < wanted) || (op == Op::at_most && start <= wanted) ||
            (op == Op::more && start > wanted) || (op == Op::at_least && start >= wanted))
            return true;
    }
    return false;
}

/// The settings that `key` means: those with this path, or with this last word.
std::vector<Json> settings_of(const RunRecord& run, const std::string& key) {
    std::vector<Json> out;
    for (const SpecRow& row : spec_table({run})) {
        const std::string path = lower_case(row.path);
        if (path == key) return {row.values.front()};
        if (path.size() > key.size() && path.ends_with(key) && path[path.size() - key.size() - 1] == '.')
            out.push_back(row.values.front());
    }
    return out;
}

bool setting_holds(const Json& setting, Op op, const std::string& value) {
    if (setting.is_number())
        if (const auto wanted = number_of(value, false)) return holds(setting.get<double>(), op, *wanted);
    const std::string text = setting_text(setting);
    return text_holds({text}, op == Op::has && setting.is_boolean() ? Op::equal : op, value, "");
}

}  // namespace

const std::vector<RunFilter::Key>& RunFilter::keys() {
    static const std::vector<Key> keys = [] {
        std::vector<Key> out;
        for (const KnownKey& key : known_keys()) out.push_back({key.name, key.help});
        return out;
    }();
    return keys;
}

RunFilter RunFilter::parse(const std::string& text, std::vector<FilterProblem>& problems) {
    RunFilter filter;
    for (Piece& piece : pieces_of(text)) {
        auto refuse = [&](Phrase reason) { problems.push_back({piece.at, piece.length, std::move(reason)}); };
        if (piece.open_quote) {
            refuse({GW_TEXT("This quotation mark is never closed"), {}});
            continue;
        }
        Term term;
        if (piece.key.empty()) {
            term = [word = lower_case(piece.values.front())](const RunRecord& run) {
                if (contains(run.name, word) || contains(run.status, word) || contains(run.notes, word)) return true;
                for (const char* section : {"objective", "backbone", "dataset", "tokenizer", "optimizer"})
                    if (contains(kind_of(run, section), kind_of_today(section, word))) return true;
                return std::any_of(run.tags.begin(), run.tags.end(),
                                   [&](const std::string& tag) { return contains(tag, word); });
            };
        } else {
            std::erase(piece.values, "");
            if (piece.values.empty()) {
                refuse({GW_TEXT("There is no value behind %1"), {piece.key}});
                continue;
            }
            const auto& keys = known_keys();
            const auto known =
                std::find_if(keys.begin(), keys.end(), [&](const KnownKey& key) { return piece.key == key.name; });
            // A filter may be older than the names of kinds that it asks for.
            std::string section = known != keys.end() && known->section ? known->section : "";
            if (constexpr std::string_view kind = ".kind"; known == keys.end() && piece.key.ends_with(kind))
                section = piece.key.substr(0, piece.key.size() - kind.size());
            if (!section.empty())
                for (std::string& value : piece.values) value = kind_of_today(section, lower_case(value));
            if (known != keys.end() && known->number) {
                std::vector<double> wanted;
                for (const std::string& value : piece.values)
                    if (const auto number = number_of(value, piece.key == "time")) wanted.push_back(*number);
                if (wanted.size() != piece.values.size()) {
                    refuse({GW_TEXT("%1 is compared with a number, such as 3.2 or 10M"), {piece.key}});
                    continue;
                }
                term = [number = known->number, op = piece.op, wanted](const RunRecord& run) {
                    const auto value = number(run);
                    return value &&
                           std::any_of(wanted.begin(), wanted.end(), [&](double w) { return holds(*value, op, w); });
                };
                if (piece.op == Op::not_equal)
                    term = [number = known->number, wanted](const RunRecord& run) {
                        const auto value = number(run);
                        return !value || std::none_of(wanted.begin(), wanted.end(),
                                                      [&](double w) { return holds(*value, Op::equal, w); });
                    };
            } else if (known != keys.end()) {
                term = [key = *known, op = piece.op, values = piece.values](const RunRecord& run) {
                    const bool any = std::any_of(values.begin(), values.end(), [&](const std::string& value) {
                        return text_holds(key.text(run), op, value, key.name);
                    });
                    return op == Op::not_equal ? !any : any;
                };
            } else if (piece.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") != std::string::npos) {
                refuse({GW_TEXT("%1 is no name of a condition"), {piece.key}});
                continue;
            } else {
                static const std::vector<std::string> usual = [] {
                    std::vector<std::string> names;
                    for (const KnownKey& key : known_keys()) names.emplace_back(key.name);
                    return names;
                }();
                // A setting of any kind may be named; a misspelling of a usual name is more likely than a setting one
                // letter away from it.
                if (const auto near = nearest(piece.key, usual);
                    near && piece.key.find('.') == std::string::npos &&
                    edit_distance(piece.key, *near) <= (piece.key.size() > 5   ? 2U
                                                        : piece.key.size() > 3 ? 1U
                                                                               : 0U)) {
                    refuse({GW_TEXT("%1 is no name of a condition; did you mean %2?"), {piece.key, *near}});
                    continue;
                }
                term = [key = piece.key, op = piece.op, values = piece.values](const RunRecord& run) {
                    bool any = false;
                    for (const Json& setting : settings_of(run, key))
                        any = any || std::any_of(values.begin(), values.end(), [&](const std::string& value) {
                                  return setting_holds(setting, op == Op::not_equal ? Op::equal : op, value);
                              });
                    return op == Op::not_equal ? !any : any;
                };
            }
        }
        if (piece.negated) term = [term](const RunRecord& run) { return !term(run); };
        filter.terms_.push_back(std::move(term));
    }
    return filter;
}

bool RunFilter::accepts(const RunRecord& run) const {
    return std::all_of(terms_.begin(), terms_.end(), [&](const Term& term) { return term(run); });
}

}  // namespace gw

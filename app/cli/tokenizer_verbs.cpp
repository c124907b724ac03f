#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "data/dataset.h"
#include "schema/parse_json.h"
#include "spec/reading.h"
#include "study/inference.h"
#include "tokenize/report.h"
#include "util/text.h"

namespace gw::cli {

namespace {

std::string usually_trained() {
    for (const TokenizerKind& kind : tokenizers())
        if (kind.usually_trained) return kind.card.id;
    return tokenizers().front().card.id;
}

struct TokenizerOptions {
    std::string tokenizer, kind = usually_trained(), out, text;
    std::vector<std::string> data, set;
    bool pieces = false, json = false, replace = false;
};

/// The texts of --data, document by document, read as `own` (a section of a spec; none: plain text) with the settings
/// of --set over it.
TextSource text_of(const std::vector<std::string>& paths, const Json& own, const std::vector<Setting>& settings,
                   const ProgressFn& progress) {
    const Json section = dataset_like(own, paths, settings).or_throw();
    std::shared_ptr<Dataset> dataset = find_kind(datasets(), section.at("kind"))->build(section);
    return [dataset, progress](const std::function<bool(std::string_view)>& sink) {
        return dataset->visit([&](const Document& document) { return sink(document.text); }, progress, {});
    };
}

/// Builds the tokenizer of a spec's section from text (empty where the kind learns nothing).
std::unique_ptr<Tokenizer> build(const Json& section, const TextSource& text, const ProgressFn& progress) {
    const TokenizerKind* kind = find_kind(tokenizers(), section.value("kind", ""));
    const schema::Problems problems = kind->check(section, "tokenizer");
    if (!problems.empty())
        throw Failure(Error{Error::Code::bad_spec, problems.front().path + ": " + problems.front().message, "", {}});
    const TokenizerInputs inputs{text, progress, {}};
    return kind->build(kind->complete(section), inputs).or_throw();
}

/// Whether this kind is for data without text.
bool cuts_no_text(const std::string& id) {
    const TokenizerKind* kind = find_kind(tokenizers(), id);
    return kind && std::find(kind->needs.begin(), kind->needs.end(), "text") == kind->needs.end();
}

void train(const TokenizerOptions& o) {
    std::vector<Setting> own{{"tokenizer.kind", o.kind}}, reading;
    for (const auto& [path, value] : assignments(o.set)) {
        if (path.starts_with("dataset."))
            reading.emplace_back(path, value);
        else
            own.emplace_back(path.starts_with("tokenizer.") ? path : "tokenizer." + path, value);
    }
    const Json spec = set_all_in_spec(default_spec(), own).or_throw();
    may_write_file(o.out, o.replace ? Existing::replace : Existing::refuse).or_throw();
    if (!find_sheet("tokenizer", spec.at("tokenizer").at("kind")))
        spec_status(spec).or_throw();  // names those there are
    if (cuts_no_text(spec.at("tokenizer").value("kind", "")))
        throw Failure(Error{Error::Code::bad_spec,
                            "A tokenizer of the kind \"" + o.kind + "\" cuts no text: there is nothing to make",
                            "The usual kind is " + usually_trained(),
                            {"option --kind"}});
    ProgressLine progress;
    const auto tokenizer =
        build(spec.at("tokenizer"), text_of(o.data, Json::object(), reading, progress.shown()), progress.shown());
    progress.end();
    write_named_file(o.out, schema::json_line(tokenizer->state()) + "\n",
                     o.replace ? Existing::replace : Existing::refuse)
        .or_throw();
    std::cout << tokenizer->kind() << " tokenizer with " << grouped(tokenizer->vocabulary()) << " tokens written to "
              << o.out << "\n";
}

/// A tokenizer, and the dataset section of the run that it was made for, if any.
struct Loaded {
    std::unique_ptr<Tokenizer> tokenizer;
    Json dataset = Json::object();
};

Json dataset_of(const fs::path& checkpoint) {
    const auto text = read_file(checkpoint / "spec.json");
    const Json spec = text ? json_or_null(text.value()) : Json();
    return spec.is_object() && spec.contains("dataset") && spec_status(spec) ? complete_spec(spec).at("dataset")
                                                                             : Json::object();
}

/// From a run, a checkpoint's folder, a tokenizer file or a SentencePiece model.
Loaded load(const Cli& cli, const std::string& chosen) {
    std::error_code ignored;
    fs::path file = chosen;
    Json dataset = Json::object();
    const bool is_file = fs::is_regular_file(file, ignored);
    for (const TokenizerKind& kind : tokenizers())
        if (is_file && kind.foreign && file.extension() == kind.foreign->ending)
            return {build(kind.foreign->section(fs::absolute(file).string()), {}, {}), std::move(dataset)};
    if (!is_file) {
        const fs::path checkpoint = chosen_model(cli.look_workspace(), {chosen}).checkpoint;
        file = checkpoint / "tokenizer.json";
        dataset = dataset_of(checkpoint);
    }
    const std::string text = read_file(file, Pipes::read).or_throw();
    const Json state = json_or_null(text);
    if (!state.is_object())
        throw Failure(Error{Error::Code::bad_data,
                            "This is no tokenizer: a JSON object was expected",
                            "Make one with `groundwork-cli tokenizer train`",
                            {"file " + file.string()}});
    auto tokenizer = tokenizer_from_state(state).or_throw();
    if (cuts_no_text(tokenizer->kind()))
        throw Failure(Error{Error::Code::bad_spec,
                            "This model was not made for text: it has no tokenizer",
                            "Choose a run that was trained on text",
                            {"tokenizer " + chosen}});
    return {std::move(tokenizer), std::move(dataset)};
}

void encode(const Cli& cli, const TokenizerOptions& o) {
    const auto tokenizer = load(cli, o.tokenizer).tokenizer;
    const bool from_input = o.text == "-";
    std::string text = plain_text(from_input ? read_input() : o.text).or_throw();
    if (from_input && text.ends_with('\n')) text.pop_back();
    std::vector<Token> ids;
    tokenizer->encode(text, ids).or_throw();
    std::string line;
    for (const Token id : ids)
        line += (line.empty() ? "" : " ") + (o.pieces ? tokenizer->piece(id) : std::to_string(id));
    std::cout << line << "\n";
}

void report(const Cli& cli, const TokenizerOptions& o) {
    const Loaded it = load(cli, o.tokenizer);
    ProgressLine progress;
    auto measured = report_tokenizer(*it.tokenizer, text_of(o.data, it.dataset, assignments(o.set), progress.shown()));
    progress.end();
    const TokenizerReport r = std::move(measured).or_throw();
    if (o.json) return print_json(report_json(r));
    std::cout << report_text(r);
}

}  // namespace

void add_tokenizer_verbs(Cli& cli) {
    auto o = std::make_shared<TokenizerOptions>();
    CLI::App& group = cli.verb("tokenizer", "Train, try and measure tokenizers");
    group.require_subcommand(1);
    auto sub = [&](const std::string& name, const std::string& help) -> CLI::App& {
        CLI::App* verb = group.add_subcommand(name, help);
        verb->fallthrough();
        return *verb;
    };
    auto add_data = [&](CLI::App& verb) {
        add_repeated(verb, "--data", o->data, "Text file, folder or pattern (repeatable)")
            ->required()
            ->type_name("PATH");
    };
    auto add_tokenizer = [&](CLI::App& verb) {
        verb.add_option("--tokenizer", o->tokenizer, "Tokenizer file, SentencePiece .model, checkpoint folder or run")
            ->required()
            ->type_name("TOKENIZER");
    };

    CLI::App& train_verb = sub("train", "Make a tokenizer from text");
    add_data(train_verb);
    train_verb.add_option("--kind", o->kind, "Kind of tokenizer")->capture_default_str()->type_name("KIND");
    add_repeated(
        train_verb, "--set", o->set,
        "Change one setting, such as vocabulary=2000, or how --data is read, such as dataset.format=jsonl (repeatable)")
        ->type_name("key=value");
    train_verb.add_option("--out", o->out, "File to write")->required()->type_name("FILE");
    add_replace(train_verb, o->replace);
    train_verb.callback([o] { train(*o); });

    CLI::App& encode_verb = sub("encode", "Print the tokens of a text");
    add_tokenizer(encode_verb);
    encode_verb
        .add_option("text", o->text,
                    "The text; - reads standard input as training reads a file, without the last line end")
        ->required()
        ->type_name("TEXT");
    encode_verb.add_flag("--pieces", o->pieces, "As pieces instead of ids");
    encode_verb.callback([&cli, o] { encode(cli, *o); });

    CLI::App& report_verb = sub("report", "Measure how well a tokenizer fits a text");
    add_tokenizer(report_verb);
    add_data(report_verb);
    add_repeated(report_verb, "--set", o->set, "Read --data in another way, such as dataset.format=jsonl (repeatable)")
        ->type_name("path=value");
    report_verb.add_flag("--json", o->json, "Print one JSON object");
    report_verb.callback([&cli, o] { report(cli, *o); });
}

}  // namespace gw::cli

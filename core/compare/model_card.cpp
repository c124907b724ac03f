#include "compare/model_card.h"

#include <algorithm>

#include "compare/cost.h"
#include "compare/diagnosis.h"
#include "compare/spec_table.h"
#include "schema/metric.h"
#include "util/text.h"

namespace gw {

namespace {

/// One line that Markdown takes for nothing but text.
std::string markdown_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::string_view("\\`*_{}[]<>#|").find(c) != std::string_view::npos) out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

std::string card_row(const std::string& name, const std::string& value) {
    return value.empty() ? "" : "| " + markdown_text(name) + " | " + markdown_text(value) + " |\n";
}

constexpr const char* table_head = "| | |\n| --- | --- |\n";

std::int64_t fact_count(const RunRecord& run, const char* fact) {
    const auto found = run.facts.find(fact);
    return found != run.facts.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string known_count(std::int64_t n) {
    return n > 0 ? grouped(n) : "";
}

std::string text_fact(const RunRecord& run, const char* fact) {
    const auto found = run.facts.find(fact);
    return found != run.facts.end() && found->is_string() ? found->get<std::string>() : "";
}

/// "layers 4, width 128": the settings of a section, without what its silence means anyway.
std::string section_text(const RunRecord& run, const char* section) {
    const auto found = run.spec.find(section);
    if (found == run.spec.end() || !found->is_object()) return "";
    std::string out;
    for (const auto& [key, value] : found->items()) {
        if (key == "kind" || value.is_object() || value.is_array()) continue;
        out += (out.empty() ? "" : ", ") + key + " " + setting_text(value);
    }
    return out;
}

std::string data_rows(const RunRecord& run) {
    std::string out;
    const auto dataset = run.spec.find("dataset");
    if (dataset != run.spec.end() && dataset->is_object())
        for (const auto& [key, value] : dataset->items())
            if (key != "kind") out += card_row(key, setting_text(value));
    out += card_row("sha256 of the data", text_fact(run, "dataset_hash"));
    for (const char* part : {"train", "validation"})
        out += card_row(std::string(part) + ", " + unit_of(run),
                        known_count(fact_count(run, (std::string(part) + "_tokens").c_str())));
    for (const char* part : {"train", "validation", "test"})
        out += card_row(std::string(part) + ", examples",
                        known_count(fact_count(run, (std::string(part) + "_examples").c_str())));
    if (const auto classes = run.facts.find("classes"); classes != run.facts.end() && classes->is_array()) {
        constexpr std::size_t most = 20;
        std::string names;
        for (std::size_t i = 0; i < std::min(most, classes->size()); ++i)
            names += (i ? ", " : "") + setting_text((*classes)[i]);
        if (classes->size() > most) names += " and " + std::to_string(classes->size() - most) + " more";
        out += card_row("classes", names);
    }
    return out;
}

/// Copies of held-out rows among those that were trained on.
std::string leaks_text(const RunRecord& run) {
    const auto leaks = run.facts.find("leaks");
    if (leaks == run.facts.end() || !leaks->is_object() || !leaks->contains("pairs")) return "";
    std::string out;
    for (const Json& pair : (*leaks)["pairs"]) {
        const std::int64_t copies = pair.value("exact", std::int64_t{0}) + pair.value("near", std::int64_t{0});
        if (copies > 0)
            out += "- " + grouped(copies) + " of " + grouped(pair.value("checked", std::int64_t{0})) + " rows of the " +
                   pair.value("held_out", std::string()) + " part stand in the " + pair.value("within", std::string()) +
                   " part too, exactly or nearly.\n";
    }
    return out;
}

Result<std::string> figure_rows(const Store& store, const RunRecord& run, bool& has_test) {
    const auto metrics = store.metrics(run.id);
    if (!metrics) return metrics.error();
    constexpr std::size_t few = 64;
    std::string out;
    for (const std::string& name : metrics.value()) {
        const bool test = name.starts_with("test/");
        if (!test && !name.starts_with("validation/")) continue;
        const auto curve = store.curve(run.id, name, {.at_most = few});
        if (!curve) return curve.error();
        if (curve.value().empty()) continue;
        has_test = has_test || test;
        const std::string bare = name.substr(name.find('/') + 1);
        const Metric* metric = find_metric(bare);
        out += "| " + markdown_text(metric ? metric->title : bare) +
               (bare == main_metric_of(run) ? " (judged by)" : "") + " | " + (test ? "test" : "validation") + " | " +
               significant(curve.value().back().last) + " |\n";
    }
    return out;
}

std::string to_fill_in(const std::string& what) {
    return "*To be filled in: " + what + "*\n";
}

}  // namespace

Result<std::string> model_card(const Store& store, const RunRecord& run) {
    const auto rates = cost_rates(store);
    if (!rates) return rates.error();
    bool has_test = false;
    const auto figures = figure_rows(store, run, has_test);
    if (!figures) return figures.error();

    std::string out = "# " + markdown_text(run.name) + "\n\n";
    if (!run.notes.empty()) out += run.notes + "\n\n";
    out += std::string("## Model\n\n") + table_head + card_row("objective", kind_of(run, "objective")) +
           card_row("backbone", kind_of(run, "backbone")) + card_row("its settings", section_text(run, "backbone")) +
           card_row("parameters", known_count(fact_count(run, "parameters"))) +
           card_row("of which were trained", known_count(fact_count(run, "trainable_parameters"))) +
           card_row("tokenizer", kind_of(run, "tokenizer")) +
           card_row("vocabulary", known_count(fact_count(run, "vocabulary"))) +
           card_row("status of the run", run.status + (run.cause.empty() ? "" : ": " + run.cause));
    out += "\n## Intended use\n\n" + to_fill_in("what it is for, and what it is not for.");
    out += std::string("\n## Data\n\n") + table_head + card_row("dataset", kind_of(run, "dataset")) + data_rows(run) +
           card_row("split", kind_of(run, "split") + " (" + section_text(run, "split") + ")");
    out += "\n" + to_fill_in("where the data are from, their licence, and whose words or faces are in them.");
    out += std::string("\n## Training\n\n") + table_head + card_row("steps", grouped(run.steps)) +
           card_row(unit_of(run), grouped(run.tokens)) + card_row("time", duration_text(run.seconds)) +
           card_row("optimizer", kind_of(run, "optimizer") + " (" + section_text(run, "optimizer") + ")") +
           card_row("schedule", kind_of(run, "schedule") + " (" + section_text(run, "schedule") + ")") +
           card_row("training", section_text(run, "training")) + card_row("device", text_fact(run, "device")) +
           card_row("precision", text_fact(run, "precision"));
    out += "\n## Figures\n\n";
    out += figures.value().empty() ? "None were recorded.\n"
                                   : "| Figure | Part | Last value |\n| --- | --- | ---: |\n" + figures.value();
    out += "\n## Limits\n\n" + leaks_text(run);
    if (!has_test)
        out +=
            "- No test part was scored: the validation part, by which checkpoints may have been chosen, flatters the "
            "model.\n";
    out += "- These are figures of one run: another seed gives others.\n";
    for (const Finding& finding : diagnose(store, run))
        if (finding.tone == Finding::Tone::warning) out += "- " + markdown_text(finding.what.text()) + "\n";
    out += to_fill_in("what else it does badly, and for whom.");
    const std::string cost = cost_text(cost_of(store, run, rates.value()), rates.value());
    out += "\n## Cost\n\n" + (cost.empty() ? "Nothing measured the energy of this run.\n" : markdown_text(cost) + "\n");
    out += std::string("\n## Origin\n\n") + table_head + card_row("run", run.id) + card_row("created", run.created);
    RunRecord child = run;
    constexpr int most_ancestors = 100;
    for (int i = 0; i < most_ancestors && !child.parent.empty(); ++i) {
        auto parent = store.run(child.parent);
        if (!parent) {
            out += card_row("begun from", child.parent + ", which is no longer in the history");
            break;
        }
        child = std::move(parent).value();
        out += card_row("begun from", child.name + " (" + child.id + ")");
    }
    out += card_row("Groundwork", text_fact(run, "program_version")) +
           card_row("LibTorch", text_fact(run, "libtorch_version"));
    return out;
}

}  // namespace gw

#include <algorithm>
#include <iostream>
#include <memory>

#include "artifact/weight_facts.h"
#include "cli/follow.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "cli/table.h"
#include "study/singular_values.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct WeightOptions {
    ModelOption model;
    std::string against, tensor;
    int depth = 0;
    bool json = false;
};

std::string shape_text(const std::vector<std::int64_t>& shape) {
    std::string out;
    for (const std::int64_t length : shape) out += (out.empty() ? "" : " x ") + std::to_string(length);
    return out.empty() ? "1" : out;
}

constexpr int shown_digits = 3;

std::string figure(double value) {
    return significant(value, shown_digits);
}

std::string change_text(const std::optional<TensorChange>& change) {
    constexpr double percent = 100;
    if (!change) return "new";
    return change->norm == 0 ? "none" : figure(change->share * percent) + " %";
}

/// Leaves, or modules where the depth cut them off.
void add_rows(Table& table, const WeightNode& node, const std::string& path, bool compared) {
    const std::string name = path.empty() ? node.name : path + "." + node.name;
    for (const WeightNode& child : node.children) add_rows(table, child, name, compared);
    if (!node.children.empty()) return;
    const TensorFacts* tensor = node.tensor;
    std::vector<std::string> cells{name,
                                   tensor ? shape_text(tensor->shape) : "",
                                   grouped(node.values),
                                   figure(node.norm),
                                   tensor ? figure(tensor->deviation) : "",
                                   tensor ? figure(tensor->low) : "",
                                   tensor ? figure(tensor->high) : "",
                                   node.rows > 0 ? grouped(node.dead_rows) + " of " + grouped(node.rows) : ""};
    if (compared) cells.push_back(change_text(node.change));
    table.add(std::move(cells));
}

Json tensor_json(const TensorFacts& tensor) {
    Json out = {{"name", tensor.full_name()},
                {"dtype", tensor.dtype},
                {"shape", tensor.shape},
                {"values", tensor.values},
                {"norm", or_null(tensor.norm)},
                {"mean", or_null(tensor.mean)},
                {"deviation", or_null(tensor.deviation)},
                {"low", or_null(tensor.low)},
                {"high", or_null(tensor.high)},
                {"zeros", tensor.zeros},
                {"not_finite", tensor.not_finite},
                {"rows", tensor.rows},
                {"dead_rows", tensor.dead_rows},
                {"histogram", tensor.histogram}};
    if (tensor.change)
        out["change"] = {{"norm", or_null(tensor.change->norm)},
                         {"share", or_null(tensor.change->share)},
                         {"cosine", or_null(tensor.change->cosine)}};
    return out;
}

void print_list(const char* what, const std::vector<std::string>& names) {
    constexpr std::size_t most = 8;
    if (names.empty()) return;
    std::cout << what << ": ";
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) std::cout << (i ? ", " : "") << names[i];
    if (names.size() > most) std::cout << " and " << names.size() - most << " more";
    std::cout << "\n";
}

void print_facts(const WeightFacts& facts, const WeightOptions& o) {
    const bool compared = !o.against.empty();
    std::vector<Table::Column> columns{{"WEIGHT"}, {"SHAPE"}};
    for (const char* title : {"VALUES", "NORM", "DEVIATION", "MIN", "MAX", "DEAD ROWS"})
        columns.push_back({title, Table::Align::right});
    if (compared) columns.push_back({"CHANGE", Table::Align::right});
    Table table(std::move(columns));
    const WeightNode root = weight_tree(facts, o.depth);
    for (const WeightNode& node : root.children) add_rows(table, node, "", compared);
    std::cout << table.text() << "All: " << grouped(root.values) << " values in "
              << grouped(static_cast<std::int64_t>(facts.tensors.size())) << " weights, norm " << figure(root.norm);
    if (compared && root.change) std::cout << ", changed by " << change_text(root.change);
    std::cout << "\n";
    for (const TensorFacts& tensor : facts.tensors)
        if (tensor.not_finite > 0)
            std::cout << tensor.full_name() << ": " << grouped(tensor.not_finite)
                      << " values are not finite; take an older checkpoint\n";
    print_list("Not in the other checkpoint", facts.only_here);
    print_list("Only in the other checkpoint", facts.only_there);
    print_list("Of another shape there", facts.other_shape);
}

void print_tensor(const TensorFacts& tensor, const Result<SingularValues>& singular) {
    constexpr std::int64_t widest = 50;
    std::cout << tensor.full_name() << "  " << shape_text(tensor.shape) << "  " << tensor.dtype << "\nnorm "
              << figure(tensor.norm) << ", mean " << figure(tensor.mean) << ", deviation " << figure(tensor.deviation)
              << ", zeros " << grouped(tensor.zeros) << " of " << grouped(tensor.values) << "\n";
    if (tensor.change)
        std::cout << "changed by " << change_text(tensor.change) << ", cosine to before "
                  << figure(tensor.change->cosine) << "\n";
    const auto bins = static_cast<double>(tensor.histogram.size());
    const std::int64_t most =
        tensor.histogram.empty() ? 0 : *std::max_element(tensor.histogram.begin(), tensor.histogram.end());
    Table table({{"FROM", Table::Align::right}, {"VALUES", Table::Align::right}, {""}});
    for (std::size_t i = 0; i < tensor.histogram.size(); ++i)
        table.add({figure(tensor.low + (tensor.high - tensor.low) * static_cast<double>(i) / bins),
                   grouped(tensor.histogram[i]),
                   std::string(static_cast<std::size_t>(tensor.histogram[i] * widest / std::max<std::int64_t>(1, most)),
                               '#')});
    std::cout << table.text();
    if (!singular) return void(std::cout << singular.error().message << "\n");
    const SingularValues& s = singular.value();
    std::cout << "singular values: largest " << figure(s.values.front()) << ", middle "
              << figure(s.values[s.values.size() / 2]) << ", smallest " << figure(s.values.back()) << "; stable rank "
              << figure(s.stable_rank) << ", effective rank " << figure(s.effective_rank) << " of " << s.values.size()
              << "\n";
}

void show_weights(const Cli& cli, const WeightOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.model);
    const StopAtInterrupt interrupt;
    ProgressLine progress;
    WeightFactsRequest request{model.checkpoint};
    if (!o.tensor.empty()) request.bins = 20;  // lines of a terminal
    std::optional<ChosenModel> before;
    if (!o.against.empty()) {
        before = choose_model(workspace, o.against).or_throw();
        request.against = before->checkpoint;
    }
    request.progress = progress.shown();
    request.stop = interrupt.token();
    if (!o.tensor.empty()) read_tensor(model.checkpoint, o.tensor).or_throw();  // a wrong name is told at once
    auto read = read_weight_facts(request);
    progress.end();
    const WeightFacts facts = std::move(read).or_throw();
    const auto chosen = std::find_if(facts.tensors.begin(), facts.tensors.end(),
                                     [&](const TensorFacts& t) { return t.full_name() == o.tensor; });
    std::optional<Result<SingularValues>> singular;
    if (chosen != facts.tensors.end()) singular = singular_values(model.checkpoint, o.tensor);
    if (o.json) {
        Json out = model_json(model);
        out["against"] = before ? model_json(*before) : Json();
        out["tensors"] = Json::array();
        for (const TensorFacts& tensor : facts.tensors)
            if (!singular || tensor.full_name() == o.tensor) out["tensors"].push_back(tensor_json(tensor));
        if (singular && *singular)
            out["singular_values"] = {{"values", singular->value().values},
                                      {"stable_rank", or_null(singular->value().stable_rank)},
                                      {"effective_rank", or_null(singular->value().effective_rank)}};
        if (before) {
            out["only_here"] = facts.only_here;
            out["only_there"] = facts.only_there;
            out["other_shape"] = facts.other_shape;
        }
        return print_json(out);
    }
    if (singular)
        print_tensor(*chosen, *singular);
    else
        print_facts(facts, o);
    std::cerr << "Of the weights of " << model_text(model)
              << (before ? ", against those of " + model_text(*before) : "") << "\n";
}

}  // namespace

void add_weight_verbs(Cli& cli) {
    auto o = std::make_shared<WeightOptions>();
    CLI::App& verb = cli.verb("weights",
                              "See what a checkpoint's weights are: shapes, norms, ranges, dead rows, histograms, and "
                              "how far they have moved from another checkpoint's");
    add_model_option(verb, o->model);
    verb.add_option("--against", o->against, "Tell what has changed since this checkpoint, or run")
        ->type_name("CHECKPOINT");
    whole_number(verb.add_option("--depth", o->depth, "Sum up modules so many dots deep; else every weight is listed"))
        ->check(CLI::Range(1, 100));
    verb.add_option("--weight", o->tensor,
                    "Look at this one weight: its histogram and singular values, such as head.output.weight")
        ->type_name("NAME");
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.footer(
        "A row is dead where its norm is no more than a thousandth of the middle row's. CHANGE is the norm of the\n"
        "difference as a share of the norm before.");
    verb.callback([&cli, o] { show_weights(cli, *o); });
}

}  // namespace gw::cli

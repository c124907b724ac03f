#include "study/baselines/measure.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "adapt/checkpoint_model.h"
#include "eval/task_metrics.h"
#include "spec/reading.h"
#include "study/baselines/plain_data.h"
#include "study/opencv_error.h"

namespace gw {

namespace {

/// What is told of a method: a table of all metrics would hide the comparison.
std::vector<std::string> told_metrics(LabelKind kind) {
    return kind == LabelKind::number ? std::vector<std::string>{"rmse", "mae", "r2"}
                                     : std::vector<std::string>{"accuracy"};
}

/// Rows of which a method says a class or a number each.
Predictions predictions_of(const ExampleTable& judged) {
    Predictions out;
    out.kind = judged.kind;
    out.classes = judged.classes;
    out.outputs = judged.kind == LabelKind::number ? 1 : static_cast<std::int64_t>(judged.classes.size());
    for (const Example& example : judged.examples) {
        out.truth.push_back(example.classes);
        out.values.push_back(example.value);
        out.documents.push_back(example.row);
    }
    return out;
}

std::map<std::string, double> figures_of(const Predictions& said) {
    const auto all = task_metrics(said);
    std::map<std::string, double> out;
    for (const std::string& name : told_metrics(said.kind))
        if (const auto it = all.find(name); it != all.end()) out.insert(*it);
    return out;
}

/// What a method says, and nothing where it was stopped.
bool ask(const Baseline& method, const PlainData& plain, const BaselineWatch& watch, Predictions& said) {
    said.scores.clear();
    if (plain.of_numbers) {
        for (const double number : method.guess_number(plain, watch)) said.scores.push_back(static_cast<float>(number));
    } else {
        for (const std::int32_t guess : method.guess(plain, watch))
            for (std::int64_t c = 0; c < said.outputs; ++c) said.scores.push_back(c == guess ? 1.0F : 0.0F);
    }
    return !said.scores.empty();
}

/// What the run itself said of these rows, where it kept that.
std::optional<std::map<std::string, double>> network_figures(const fs::path& run_folder, const std::string& part,
                                                             const ExampleTable& judged) {
    std::error_code ignored;
    const fs::path file = run_folder / ("predictions-" + part + ".jsonl");
    if (run_folder.empty() || !fs::exists(file, ignored)) return std::nullopt;
    const auto read = read_predictions(file);
    if (!read || read.value().kind != judged.kind) return std::nullopt;
    std::set<std::int64_t> wanted;
    for (const Example& example : judged.examples) wanted.insert(example.row);
    std::vector<bool> keep;
    for (const std::int64_t document : read.value().documents) keep.push_back(wanted.count(document) > 0);
    if (std::count(keep.begin(), keep.end(), true) != judged.size()) return std::nullopt;
    return figures_of(read.value().only(keep));
}

Result<BaselineReport> measured(const BaselineRequest& request) {
    auto loaded = CheckpointModel::load(request.checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    // A model may have been told labels that it does not learn.
    const LabelKind asked = it.model.objective->labels();
    if (asked != LabelKind::one_class && asked != LabelKind::number)
        return Error{
            Error::Code::bad_spec,
            "Classic methods are compared on data with one class or one number an example, and this model learnt "
            "other labels or none",
            "Choose a run that learnt a class or a number each",
            {"checkpoint " + request.checkpoint.string()}};
    const auto prepared = prepare_data(it.data_of(it.facts.spec, request.cache, request.progress, request.stop));
    if (!prepared) return prepared.error();
    const PreparedData& data = prepared.value();
    if (!is_data_of(it.facts.state, data)) return dataset_changed("Put the old files back, or train again");
    const Part part = request.part == "test" ? Part::test : Part::validation;
    if (data.examples(part).size() == 0)
        return Error{Error::Code::bad_data,
                     "The " + request.part + " part of the data is empty",
                     "Choose the other part",
                     {"section split"}};
    const ExampleTable learnt = data.train_examples.drawn(request.rows, 1),
                       judged = data.examples(part).drawn(request.rows, 2);
    const PlainData plain = plain_data(data, learnt, part, judged);

    BaselineReport report;
    report.part = request.part;
    report.learnt = learnt.size();
    report.learnt_of = data.train_examples.size();
    report.judged = judged.size();
    report.metrics = told_metrics(judged.kind);
    report.network = network_figures(request.run_folder, request.part, judged);
    Predictions said = predictions_of(judged);
    std::vector<const Baseline*> fitting;
    for (const Baseline& method : baselines())
        if (method.suits(plain)) fitting.push_back(&method);
    for (std::size_t i = 0; i < fitting.size(); ++i) {
        const auto start = std::chrono::steady_clock::now();
        const BaselineWatch watch{[&](double share) {
                                      if (request.progress)
                                          request.progress(
                                              fitting[i]->card.title,
                                              (static_cast<double>(i) + share) / static_cast<double>(fitting.size()));
                                  },
                                  request.stop};
        watch.at(0);
        const bool told = ask(*fitting[i], plain, watch, said);
        if (!told || request.stop.stop_requested())
            return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
        report.scores.push_back({fitting[i]->card.id, fitting[i]->card.title, figures_of(said),
                                 std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()});
    }
    return report;
}

}  // namespace

Result<BaselineReport> measure_baselines(const BaselineRequest& request) {
    return caught_of_opencv([&] { return measured(request); });
}

}  // namespace gw

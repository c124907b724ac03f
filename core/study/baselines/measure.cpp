#include "study/baselines/measure.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "adapt/checkpoint_model.h"
#include "eval/predictions.h"
#include "spec/reading.h"
#include "study/baselines/plain_data.h"
#include "study/opencv_error.h"

namespace gw {

namespace {

double share_right(const std::vector<std::int32_t>& said, const std::vector<std::int32_t>& truth) {
    std::int64_t right = 0;
    for (std::size_t i = 0; i < said.size(); ++i) right += said[i] == truth[i];
    return static_cast<double>(right) / static_cast<double>(truth.size());
}

/// What the run itself said of these rows, where it kept that.
std::optional<double> network_accuracy(const fs::path& run_folder, const std::string& part,
                                       const ExampleTable& judged) {
    std::error_code ignored;
    const fs::path file = run_folder / ("predictions-" + part + ".jsonl");
    if (run_folder.empty() || !fs::exists(file, ignored)) return std::nullopt;
    const auto read = read_predictions(file);
    if (!read || read.value().kind != LabelKind::one_class) return std::nullopt;
    const Predictions& said = read.value();
    std::set<std::int64_t> wanted;
    for (const Example& example : judged.examples) wanted.insert(example.row);
    std::int64_t right = 0, found = 0;
    for (std::int64_t row = 0; row < said.rows(); ++row) {
        const auto i = static_cast<std::size_t>(row);
        if (wanted.count(said.documents[i]) == 0) continue;
        ++found;
        right += said.guess(row) == said.truth[i].front();
    }
    if (found != judged.size()) return std::nullopt;
    return static_cast<double>(right) / static_cast<double>(found);
}

Result<BaselineReport> measured(const BaselineRequest& request) {
    auto loaded = CheckpointModel::load(request.checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    if (it.model.labels.kind != LabelKind::one_class)
        return Error{
            Error::Code::bad_spec,
            "Classic methods are compared on data with one class an example, and this model learnt other labels "
            "or none",
            "Choose a run that learnt a class each",
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
    report.network = network_accuracy(request.run_folder, request.part, judged);
    std::vector<const Baseline*> fitting;
    for (const Baseline& method : baselines())
        if (method.fits(plain)) fitting.push_back(&method);
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
        const std::vector<std::int32_t> said = fitting[i]->guess(plain, watch);
        if (request.stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
        report.scores.push_back({fitting[i]->card.id, fitting[i]->card.title, share_right(said, plain.judged.classes),
                                 std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()});
    }
    return report;
}

}  // namespace

Result<BaselineReport> measure_baselines(const BaselineRequest& request) {
    return caught_of_opencv([&] { return measured(request); });
}

}  // namespace gw

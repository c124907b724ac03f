#include "train/examine/probing.h"

#include <torch/types.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "adapt/checkpoint_model.h"
#include "eval/judge.h"
#include "eval/probes.h"
#include "eval/task_metrics.h"
#include "spec/run_spec.h"
#include "train/message/event_texts.h"
#include "train/tasks/task_check.h"
#include "util/text.h"

namespace gw {

namespace {

std::string metric_of(LabelKind kind) {
    return kind == LabelKind::number ? "r2" : "accuracy";
}

double quality(const Predictions& predictions) {
    const auto metrics = task_metrics(predictions);
    const auto it = metrics.find(metric_of(predictions.kind));
    return it == metrics.end() ? 0.0 : it->second;
}

FeatureSet features(const Model& model, const ExampleRows& rows, const ExampleTable& table,
                    const std::function<void(double)>& progress, const std::stop_token& stop) {
    const auto examples = spread(table, 0);
    FeatureSet set{features_of(*model.backbone, rows, examples, "mean", model.pass(false), model.compute.device,
                               model.units_at_once, progress, stop),
                   {},
                   {},
                   {}};
    for (const Example* example : examples) {
        set.classes.push_back(example->classes.empty() ? 0 : example->classes.front());
        set.values.push_back(example->value);
        set.documents.push_back(example->row);
    }
    return set;
}

std::string shown(double value) {
    return significant(value, 3);
}

void judge(ProbeReport& report) {
    // Two standard errors of the difference between two shares of the same size; of R2 a rough guess of the same form.
    const double p = std::clamp(report.trained.linear, 0.01, 0.99),
                 n = static_cast<double>(std::max<std::int64_t>(1, report.judged_examples));
    report.noise = 2 * std::sqrt(2 * p * (1 - p) / n);
    const double best = std::max(report.trained.linear, report.trained.knn),
                 other = std::max({report.untrained.linear, report.untrained.knn, report.baseline});
    const std::string& metric = report.trained.metric;
    const std::string figures = metric + " " + shown(best) + " from the checkpoint's frozen features, " + shown(other) +
                                " without its training";
    if (best > other + report.noise) {
        report.verdict = ProbeReport::Verdict::helps;
        report.words = "Worth beginning from: " + figures + ".";
    } else if (best < other - report.noise) {
        report.verdict = ProbeReport::Verdict::harms;
        report.words = "Negative transfer is likely: " + figures + ". Begin from scratch or from another checkpoint.";
    } else {
        report.verdict = ProbeReport::Verdict::little;
        report.words = "No clear gain: " + figures + ", which is within the noise (± " + shown(report.noise) +
                       "). Training all weights may still help.";
    }
}

}  // namespace

Result<FeatureProbe> FeatureProbe::make(const Json& tokenizer_state, const InputFacts& input, const Json& dataset,
                                        const Json& split, std::int64_t examples, const fs::path& cache,
                                        const ProgressFn& progress, std::stop_token stop) {
    PrepareRequest ask{dataset, split, Json::object(), tokenizer_state, false, cache, progress, stop};
    ask.input = input;
    Result<PreparedData> data = prepare_data(ask);
    if (!data) return data.error();
    FeatureProbe probe;
    probe.data_ = std::move(data).value();
    const LabelKind kind = probe.data_.train_examples.kind;
    if (kind != LabelKind::one_class && kind != LabelKind::number)
        return Error{Error::Code::bad_spec, say::cannot_probe, "Choose such data", {"field dataset.labels"}};
    probe.train_ = probe.data_.train_examples.drawn(examples, 1);
    probe.judged_ = probe.data_.validation_examples.drawn(examples, 2);
    if (probe.judged_.size() == 0)
        return Error{Error::Code::bad_data, say::no_probe_examples, "Set split.validation higher", {"section split"}};
    const LabelFacts facts = probe.train_.facts();
    if (auto sound = check_task(probe.data_, probe.data_.train_examples.facts(), 1 << 30); !sound) return sound.error();
    if (kind == LabelKind::one_class) {
        const auto common = static_cast<std::int32_t>(std::max_element(facts.counts.begin(), facts.counts.end()) -
                                                      facts.counts.begin());
        const auto hits = std::count_if(probe.judged_.examples.begin(), probe.judged_.examples.end(),
                                        [&](const Example& e) { return e.classes.front() == common; });
        probe.baseline_ = static_cast<double>(hits) / static_cast<double>(probe.judged_.size());
    }
    return probe;
}

std::optional<ProbeScores> FeatureProbe::score(const Model& model, const std::function<void(double)>& progress,
                                               std::stop_token stop) const {
    const std::int64_t context = model.backbone->facts().context;
    auto part = [&](double from, double to) {
        return [=](double done) {
            if (progress) progress(from + (to - from) * done);
        };
    };
    const FeatureSet train = features(model, *data_.rows(Part::train, context), train_, part(0, 0.6), stop);
    if (!train.features_ND.defined()) return std::nullopt;
    const FeatureSet judged = features(model, *data_.rows(Part::validation, context), judged_, part(0.6, 0.9), stop);
    if (!judged.features_ND.defined()) return std::nullopt;
    const LabelKind kind = train_.kind;
    ProbeScores scores{metric_of(kind), quality(knn_probe(train, judged, kind, train_.classes)),
                       quality(linear_probe(train, judged, kind, train_.classes)),
                       log_maximum_evidence(train, kind, static_cast<std::int64_t>(train_.classes.size()))};
    return scores;
}

Result<ProbeReport> probe_checkpoint(const ProbeRequest& request) {
    const auto start = std::chrono::steady_clock::now();
    auto loaded = CheckpointModel::load(request.checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    auto probe = FeatureProbe::make(it.facts.tokenizer, it.model.input, request.dataset, request.split,
                                    request.examples, request.cache, request.progress, request.stop);
    if (!probe) return probe.error();
    auto told = [&](double from) {
        return [&, from](double done) {
            if (request.progress) request.progress("reading features", from + done / 2);
        };
    };
    const Model untrained =
        build_model(it.facts.spec, it.model.input, *it.tokenizer, it.model.compute, it.model.labels);
    const auto trained_scores = probe.value().score(it.model, told(0), request.stop);
    const auto untrained_scores =
        trained_scores ? probe.value().score(untrained, told(0.5), request.stop) : std::nullopt;
    if (!untrained_scores) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
    ProbeReport report{*trained_scores,
                       *untrained_scores,
                       probe.value().baseline(),
                       0,
                       probe.value().train_examples(),
                       probe.value().judged_examples(),
                       0,
                       {},
                       {}};
    judge(report);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

}  // namespace gw

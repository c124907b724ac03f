#include "train/examine/examiner.h"

#include <set>

#include "data/text/tokenise.h"
#include "train/message/event_texts.h"

namespace gw {

Examiner::Examiner(const TrainRequest& request, PreparedRun& ready, RunPort& port, World& world)
    : request_(request),
      ready_(ready),
      port_(port),
      world_(world),
      training_(settings_of<TrainingSettings>(request.spec, "training")),
      evaluation_(settings_of<EvaluationSettings>(request.spec, "evaluation")),
      sampling_(settings_of<SamplingSettings>(request.spec, "sampling")),
      probing_(settings_of<ProbingSettings>(request.spec, "probing")) {}

void Examiner::prepare() {
    if (probing_.every <= 0) return;
    port_.report(Progress{"preparing data", -1, "labelled texts of the probe"});
    probe_ = FeatureProbe::make(ready_.data.tokenizer->state(), ready_.data.input,
                                probing_.dataset(request_.spec.at("dataset")),
                                probing_.split(request_.spec.at("split"), request_.spec.at("dataset")),
                                probing_.examples, request_.cache, {}, port_.stop_token())
                 .or_throw();
}

ScoreOptions Examiner::options(std::int64_t tokens) const {
    return {tokens, evaluation_.overlap, training_.micro_batch, &world_};
}

void Examiner::report(std::vector<Point> points) {
    port_.report(MetricRow{at_.step, seconds_, at_.tokens, std::move(points)});
}

Score Examiner::score(Part part, std::int64_t tokens, const std::function<bool()>& goes_on) {
    const auto begun = RunClock::Clock::now();
    std::stop_source ended;
    Score found = score_part(
        ready_.model, *ready_.model.objective, ready_.data, part, options(tokens),
        [&](double done) {
            port_.report(Progress{"evaluating", done, ""});
            if (goes_on && !goes_on()) ended.request_stop();
        },
        goes_on ? ended.get_token() : port_.stop_token());
    found.seconds = RunClock::since(begun);
    return found;
}

void Examiner::report_scores(const Score& found, const std::string& part) {
    std::vector<Point> points;
    for (const auto& [name, value] : found.metrics) points.push_back({intern(part + "/" + name), value});
    if (ready_.data.floor_nats_per_byte && ready_.model.objective->is_language_model())
        points.push_back({intern(part + "/nats_per_byte"), found.nats_per_byte});
    report(std::move(points));
}

void Examiner::report_answers(const Score& found, Part part) {
    const std::vector<std::int64_t>& documents = found.predictions.documents;
    const std::set<std::int64_t> items(documents.begin(), documents.end());
    if (!items.empty())
        report({{intern(std::string(part_name(part)) + "/milliseconds_per_item"),
                 1000 * found.seconds * static_cast<double>(world_.size()) / static_cast<double>(items.size())}});
    if (found.predictions.rows() == 0 || !world_.writes()) return;
    if (const Status written = write_predictions(predictions_file(request_.run_folder, part), found.predictions);
        !written)
        port_.report(
            Event{at_.step, "warning", Phrase{say::predictions_not_written, {to_text(written.error())}}.text()});
}

bool Examiner::forgetting() {
    if (!ready_.forgetting) return true;
    const Score found = ready_.forgetting->score(
        ready_.model, options(evaluation_.tokens),
        [this](double done) {
            port_.report(Progress{"evaluating", done, ""});
        },
        port_.stop_token());
    if (found.scored == 0) return !interrupted();
    std::vector<Point> points{{intern("parent/loss"), found.loss}};
    for (const char* name : {"accuracy", "perplexity", "bits_per_byte"})
        if (const auto it = found.metrics.find(name); it != found.metrics.end())
            points.push_back({intern(std::string("parent/") + name), it->second});
    report(std::move(points));
    return true;
}

bool Examiner::probe() {
    if (!probe_) return true;
    const auto found = probe_->score(
        ready_.model,
        [this](double done) {
            port_.report(Progress{"probing", done, ""});
        },
        port_.stop_token());
    if (!found) return !interrupted();
    report({{intern("probe/knn_" + found->metric), found->knn},
            {intern("probe/linear_" + found->metric), found->linear},
            {intern("probe/log_evidence"), found->log_evidence}});
    return true;
}

bool Examiner::sample() {
    const auto seed = static_cast<std::uint64_t>(training_.seed);
    std::vector<SampleText> texts =
        write_samples(ready_.model, ready_.data, sampling_, seed, at_.step, port_.stop_token());
    if (interrupted()) return false;  // the last may be cut short
    for (SampleText& text : texts) port_.report(std::move(text));
    return true;
}

}  // namespace gw

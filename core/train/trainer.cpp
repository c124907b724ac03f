#include "train/trainer.h"

#include <torch/torch.h>

#include <chrono>
#include <cmath>
#include <set>

#include "artifact/checkpoint.h"
#include "data/tokenise.h"
#include "train/checkpoint_keeper.h"
#include "train/early_stop.h"
#include "train/layer_watch.h"
#include "train/power_meter.h"
#include "train/prepared_run.h"
#include "train/probing.h"
#include "train/sampler.h"
#include "train/scoring.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

using Clock = std::chrono::steady_clock;
double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One stretch of a run. Members are made in the order of the phases: data, model, state, then the loop.
class Trainer {
  public:
    Trainer(const TrainRequest& request, RunPort& port)
        : request_(request),
          port_(port),
          training_(settings_of<TrainingSettings>(request.spec, "training")),
          evaluation_(settings_of<EvaluationSettings>(request.spec, "evaluation")),
          saving_(settings_of<SavingSettings>(request.spec, "saving")),
          sampling_(settings_of<SamplingSettings>(request.spec, "sampling")),
          monitoring_(settings_of<MonitoringSettings>(request.spec, "monitoring")),
          probing_(settings_of<ProbingSettings>(request.spec, "probing")),
          seed_(static_cast<std::uint64_t>(training_.seed)),
          keeper_(checkpoints_folder(), saving_, port),
          early_stop_(evaluation_.patience, evaluation_.least_gain) {}

    Outcome run() {
        prepare();
        const bool stopped = loop();
        flush();
        if (!stopped) finish();
        return {stopped ? Outcome::End::stopped : Outcome::End::finished, {}};
    }

  private:
    // ---- before the first step

    void prepare() {
        clean_checkpoint_leftovers(checkpoints_folder());
        ready_.prepare(request_, port_);
        watch_.emplace(model_, monitoring_.layers_every, monitoring_.histograms_every);
        if (ready_.resumed) restore(*ready_.resumed);
        make_probe();
        port_.report(ready_.facts(request_.spec));
    }

    void restore(const CheckpointFacts& facts) {
        load_weights(request_.resume_from, model_).or_throw();
        load_optimizer(request_.resume_from, model_, *ready_.optimizer).or_throw();
        step_ = facts.state.at("step").get<std::int64_t>();
        seconds_before_ = facts.state.value("seconds", 0.0);
        ready_.optimizer->set_updates(facts.state.at("optimizer_updates").get<std::int64_t>());
        keeper_.restore(facts.state);
        knobs_ = knobs_of(facts.state.value("knobs", Json()));
        const Json stopping = facts.state.value("early_stop", Json::object());
        early_stop_.restore(stopping.contains("best") && stopping["best"].is_number() ? std::optional(stopping["best"].get<double>()) : std::nullopt,
                            stopping.value("waited", std::int64_t{0}));
        port_.report(Event{step_, "resume", "Resumed from step " + grouped(step_)});
    }

    void make_probe() {
        if (probing_.every <= 0) return;
        progress("preparing data", -1, "labelled texts of the probe");
        probe_ = FeatureProbe::make(ready_.data.tokenizer->state(), probing_.dataset(), probing_.split(), probing_.examples, request_.cache, {}, port_.stop_token()).or_throw();
    }

    // ---- the loop

    /// True when an order or `stop_at` ended it before the budget did.
    bool loop() {
        started_ = Clock::now();
        report_beginning();
        progress("training", fraction());
        started_ = Clock::now();
        while (!ready_.budget.spent(step_, seconds())) {
            if (obey()) return true;
            one_step();
            const bool last = ready_.budget.spent(step_, seconds());
            const std::int64_t evaluation_every = knobs_.evaluation_every.value_or(evaluation_.every), saving_every = knobs_.saving_every.value_or(saving_.every);
            const bool due_evaluation = evaluation_every > 0 && step_ % evaluation_every == 0;
            if (last) break;
            if (request_.stop_at > 0 && step_ >= request_.stop_at) {
                flush();
                save();
                return true;
            }
            if (saving_every > 0 && step_ % saving_every == 0) {
                flush();
                save();
            }
            if (due_evaluation && !evaluate_and_keep(evaluation_.tokens)) return true;
            if (stops_early_) break;
            if (probing_.every > 0 && step_ % probing_.every == 0) probe_features();
            if (sampling_.every > 0 && step_ % sampling_.every == 0) sample();
        }
        return false;
    }

    /// Asks for orders and carries them out; true when the run must end. Time spent paused is no training time.
    bool obey() {
        const Clock::time_point asked = Clock::now();
        const Orders orders = port_.between_steps();
        idle_ += since(asked);
        if (orders.knobs) turn(*orders.knobs);
        if (orders.save || (orders.stop && orders.save_on_stop)) {
            flush();
            if (step_ > 0) save();
        }
        if (orders.stop) return true;
        if (orders.sample) sample();
        return false;
    }

    void turn(const Knobs& knobs) {
        flush();
        for (const std::string& change : changes(knobs_, knobs)) port_.report(Event{step_, "knob", change});
        knobs_ = knobs;
    }

    void one_step() {
        const Clock::time_point start = Clock::now();
        const double lr = knobs_.rate_scale * ready_.peak_lr * ready_.schedule->factor(static_cast<double>(step_), ready_.budget.expected_steps(step_, seconds()));
        std::vector<FedBatch> batches;
        std::int64_t counted = 0;
        for (std::int64_t micro = 0; micro < training_.accumulation; ++micro) {
            const std::int64_t first = (step_ * training_.accumulation + micro) * training_.micro_batch;
            const std::uint64_t seed = mix64(seed_, static_cast<std::uint64_t>(step_), static_cast<std::uint64_t>(micro));
            batches.push_back(model_.objective->feed(ready_.source->batch(first, training_.micro_batch), seed));
            counted += batches.back().counted;
        }
        // Dropout draws from LibTorch's generator; naming its stream by the step leaves nothing to save.
        torch::manual_seed(mix64(seed_, static_cast<std::uint64_t>(step_)));
        ready_.adaptation.apply(*model_.bank, step_);
        model_.bank->zero_gradients();
        Pass pass = model_.pass(/*training=*/true);
        const std::int64_t next = step_ + 1;
        const bool looks = watch_->wants_layers(next) || watch_->wants_histograms(next);
        torch::Tensor loss;
        for (const FedBatch& on_cpu : batches) {
            pass.observe = {};
            if (watch_->wants_histograms(next) && &on_cpu == &batches.back()) watch_->observe(pass);
            const FedBatch batch = on_cpu.to(ready_.compute.device);
            const Pass through = batch.through(pass);
            const LossParts parts = model_.objective->loss(model_.backbone->features(batch.ids_BT, through), batch, through);
            const torch::Tensor share = parts.loss_sum / static_cast<double>(std::max<std::int64_t>(counted, 1));
            share.backward();
            loss = loss.defined() ? loss + share.detach() : share.detach();
        }
        const torch::NoGradGuard no_grad;
        const torch::Tensor norm = model_.bank->gradient_norm();
        const torch::Tensor finite = torch::isfinite(norm).logical_and(torch::isfinite(loss));
        const double clip = knobs_.clip.value_or(training_.clip);
        const torch::Tensor scale = clip > 0 ? (clip / (norm + 1e-6)).clamp_max(1.0) : torch::ones_like(norm);
        if (looks) watch_->before_update(next);
        ready_.optimizer->step({lr, scale, finite});
        ++step_;
        if (looks) report_layers();
        note_speed(since(start));
        pending_.push_back({step_, seconds(), lr, rate_, torch::stack({loss, norm})});
        const std::size_t ring = ready_.compute.device.is_cpu() ? 1 : 16;  // a GPU is asked for its numbers once in so many steps
        if (pending_.size() >= ring) flush();
    }

    /// Copies the ring of losses and norms from the device, reports them, and ends the run at the first that is not finite.
    void flush() {
        if (pending_.empty()) return;
        std::vector<torch::Tensor> values;
        for (const Pending& pending : pending_) values.push_back(pending.loss_and_norm);
        const torch::Tensor table = torch::stack(values).to(torch::kCPU, torch::kFloat64).contiguous();
        const double memory = memory_in_use(ready_.compute.device);
        const double* value = table.data_ptr<double>();
        std::vector<Pending> rows;
        rows.swap(pending_);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const double loss = value[2 * i], norm = value[2 * i + 1];
            static const auto loss_name = intern("train/loss"), norm_name = intern("train/grad_norm"), lr_name = intern("train/lr"),
                              rate_name = intern("train/tokens_per_second"), memory_name = intern("train/memory_bytes");
            port_.report(MetricRow{rows[i].step, rows[i].seconds, rows[i].step * tokens_per_step(),
                                   {{loss_name, loss}, {norm_name, norm}, {lr_name, rows[i].lr}, {rate_name, rows[i].rate}, {memory_name, memory}}});
            guard_against_divergence(rows[i].step, loss, norm, rows[i].lr);
        }
        report_power();
    }

    void report_layers() {
        if (auto points = watch_->after_update(); !points.empty()) port_.report(MetricRow{step_, seconds(), tokens(), std::move(points)});
        for (Histogram& histogram : watch_->histograms()) port_.report(std::move(histogram));
    }

    /// Power and energy, now and then: reading the counters takes far less than a millisecond.
    void report_power() {
        constexpr double interval = 2;  // seconds
        if (!monitoring_.energy || (power_read_ != Clock::time_point{} && since(power_read_) < interval)) return;
        power_read_ = Clock::now();
        const PowerMeter::Reading now = power_.read();
        if (!now.measured) return;
        MetricRow row{step_, seconds(), tokens(), {}};
        constexpr double joules_in_kwh = 3.6e6;
        row.points.push_back({intern("system/energy_kwh"), now.joules / joules_in_kwh});
        if (now.processor_watts) row.points.push_back({intern("system/processor_watts"), *now.processor_watts});
        if (now.gpu_watts) row.points.push_back({intern("system/gpu_watts"), *now.gpu_watts});
        if (now.gpu_load) row.points.push_back({intern("system/gpu_load"), *now.gpu_load});
        port_.report(std::move(row));
    }

    void guard_against_divergence(std::int64_t step, double loss, double norm, double lr) {
        auto diverged = [&](const std::string& what) {
            return Failure({Error::Code::diverged, what + " at step " + grouped(step),
                            "Lower optimizer.lr (it was " + significant(lr, 3) + " at that step), lengthen schedule.warmup, or set training.clip; " +
                                "checkpoints from before are whole", {"training"}});
        };
        if (!std::isfinite(loss)) throw diverged("The loss became infinite or not a number");
        if (!std::isfinite(norm)) throw diverged("The gradient became infinite or not a number");
        if (first_loss_ == 0) first_loss_ = loss;
        constexpr double memory_of_mean = 0.95, far_above_the_start = 2.0;
        constexpr int steps_before_judging = 20;
        mean_loss_ = judged_ == 0 ? loss : memory_of_mean * mean_loss_ + (1 - memory_of_mean) * loss;
        if (++judged_ > steps_before_judging && first_loss_ > 0.1 && mean_loss_ > far_above_the_start * first_loss_)
            throw diverged("The loss has risen to " + significant(mean_loss_, 3) + ", more than twice its first value,");
    }

    // ---- saving, evaluating, sampling

    void save() {
        progress("saving", -1);
        keeper_.save(step_, tokens(), writer());
        progress("training", fraction());
    }

    CheckpointKeeper::Write writer() {
        return [this](const fs::path& folder) { return save_checkpoint(folder, model_, *ready_.optimizer, {request_.spec, state(), ready_.data.tokenizer->state()}); };
    }

    Json state() const {
        Json state = {{"step", step_},
                      {"tokens", tokens()},
                      {"tokens_before", ready_.tokens_before},
                      {"seconds", seconds()},
                      {"optimizer_updates", ready_.optimizer->updates()},
                      {"schedule", {{"expected_steps", ready_.budget.expected_steps(step_, seconds())}}},
                      {"generators", {{"seed", training_.seed}, {"named_by", "step"}}},
                      {"sampler", {{"next_sample", step_ * training_.accumulation * training_.micro_batch}}},
                      {"dataset_hash", ready_.data.dataset_hash},
                      {"tokenizer_hash", ready_.data.tokenizer_hash},
                      {"knobs", to_json(knobs_)},
                      {"early_stop", {{"best", early_stop_.best() ? Json(*early_stop_.best()) : Json()}, {"waited", early_stop_.waited()}}}};
        if (ready_.labels.kind != LabelKind::none) state["labels"] = to_json(ready_.labels);
        keeper_.remember(state);
        return state;
    }

    ScoreOptions score_options(std::int64_t tokens) const { return {tokens, evaluation_.overlap, 2 * training_.micro_batch}; }

    /// Of which `scored` is 0 when a stop came in between.
    Score score(Part part, std::int64_t tokens) {
        flush();
        progress("evaluating", 0);
        const Clock::time_point begun = Clock::now();
        Score found = score_part(model_, *model_.objective, ready_.data, part, score_options(tokens), [this](double done) { progress("evaluating", done); }, port_.stop_token());
        found.seconds = since(begun);
        progress("training", fraction());
        return found;
    }

    /// What an answer costs in time, of labelled parts.
    void report_latency(const Score& found, const std::string& part) {
        const std::vector<std::int64_t>& documents = found.predictions.documents;
        const std::set<std::int64_t> items(documents.begin(), documents.end());
        if (items.empty()) return;
        const double milliseconds = 1000 * found.seconds / static_cast<double>(items.size());
        port_.report(MetricRow{step_, seconds(), tokens(), {{intern(part + "/milliseconds_per_item"), milliseconds}}});
    }

    void report_scores(const Score& found, const std::string& part) {
        MetricRow row{step_, seconds(), tokens(), {}};
        for (const auto& [name, value] : found.metrics) row.points.push_back({intern(part + "/" + name), value});
        if (ready_.data.floor_nats_per_byte && model_.objective->is_language_model()) row.points.push_back({intern(part + "/nats_per_byte"), found.nats_per_byte});
        port_.report(std::move(row));
    }

    /// How well the checkpoint's own task still goes.
    void report_forgetting() {
        if (!ready_.forgetting) return;
        flush();
        progress("evaluating", 0);
        const Score found = ready_.forgetting->score(model_, score_options(evaluation_.tokens), [this](double done) { progress("evaluating", done); }, port_.stop_token());
        progress("training", fraction());
        if (found.scored == 0) return;
        MetricRow row{step_, seconds(), tokens(), {{intern("parent/loss"), found.loss}}};
        for (const char* name : {"accuracy", "perplexity", "bits_per_byte"})
            if (const auto it = found.metrics.find(name); it != found.metrics.end()) row.points.push_back({intern(std::string("parent/") + name), it->second});
        port_.report(std::move(row));
    }

    /// What the features say of labelled texts as they are now.
    void probe_features() {
        if (!probe_) return;
        flush();
        progress("probing", 0);
        const auto found = probe_->score(model_, [this](double done) { progress("probing", done); }, port_.stop_token());
        progress("training", fraction());
        if (!found) return;
        port_.report(MetricRow{step_, seconds(), tokens(), {{intern("probe/knn_" + found->metric), found->knn}, {intern("probe/linear_" + found->metric), found->linear},
                                                            {intern("probe/log_evidence"), found->log_evidence}}});
    }

    /// Where a run that begins from a checkpoint stands before its first step.
    void report_beginning() {
        if (step_ > 0 || !checkpoint_start(request_.spec)) return;
        report_forgetting();
        if (model_.objective->labels() != LabelKind::none) return;
        if (const Score found = score(Part::validation, evaluation_.tokens); found.scored > 0) report_scores(found, "validation");
    }

    /// Scores the validation part and keeps the checkpoint if it is the best so far. False when a stop came in between.
    bool evaluate_and_keep(std::int64_t tokens_to_score) {
        const Score found = score(Part::validation, tokens_to_score);
        if (found.scored == 0) return !obey();
        report_scores(found, "validation");
        keeper_.keep_if_best(found.loss, step_, tokens(), writer());
        report_forgetting();
        if (early_stop_.note(found.loss)) {
            stops_early_ = true;
            port_.report(Event{step_, "early_stop", "Stopped early: " + grouped(early_stop_.waited()) + " evaluations in a row without a validation loss below " +
                                                        significant(early_stop_.best().value_or(found.loss), 4)});
        }
        return true;
    }

    /// Goes back to the best checkpoint's weights, if they are kept.
    void restore_best() {
        const std::string& best = keeper_.best_path();
        if (!stops_early_ || !evaluation_.restore_best || best.empty() || best == keeper_.folder_of(step_).string()) return;
        if (Status loaded = load_weights(best, model_); !loaded) {
            port_.report(Event{step_, "warning", "The best weights could not be restored: " + to_text(loaded.error())});
            return;
        }
        port_.report(Event{step_, "early_stop", "Back to the weights of " + fs::path(best).filename().string()});
    }

    void sample() {
        flush();
        progress("sampling");
        for (SampleText& text : write_samples(model_, ready_.data, sampling_, seed_, step_, port_.stop_token())) port_.report(std::move(text));
        progress("training", fraction());
    }

    /// The end of the budget: save, evaluate, sample.
    void finish() {
        save();
        if (keeper_.error()) throw Failure(*keeper_.error());
        restore_best();
        const bool part = evaluation_.tokens > 0 && evaluation_.tokens < ready_.data.validation.size();
        Score found = score(Part::validation, evaluation_.tokens);
        if (found.scored > 0 && !stops_early_) keeper_.keep_if_best(found.loss, step_, tokens(), writer());
        if (found.scored > 0 && part && evaluation_.whole_at_end) found = score(Part::validation, 0);
        if (found.scored > 0) report_scores(found, "validation");
        report_latency(found, "validation");
        keep_predictions(found, Part::validation);
        if (ready_.data.test_examples.size() > 0) {
            const Score test = score(Part::test, 0);
            if (test.scored > 0) report_scores(test, "test");
            report_latency(test, "test");
            keep_predictions(test, Part::test);
        }
        report_forgetting();
        probe_features();
        sample();
        progress("finished", 1);
    }

    /// What the model said of every labelled row stays with the run, for curves, slices and comparisons.
    void keep_predictions(const Score& found, Part part) {
        if (found.predictions.rows() == 0) return;
        const Status written = write_predictions(predictions_file(request_.run_folder, part), found.predictions);
        if (!written) port_.report(Event{step_, "warning", "The predictions were not written: " + to_text(written.error())});
    }

    // ---- small things

    fs::path checkpoints_folder() const { return request_.run_folder / "checkpoints"; }
    std::int64_t tokens() const { return step_ * tokens_per_step(); }
    void progress(const std::string& phase, double fraction = -1, const std::string& detail = "") { port_.report(Progress{phase, fraction, detail}); }
    double fraction() const { return ready_.budget.fraction(step_, seconds()); }
    double seconds() const { return seconds_before_ + (started_ == Clock::time_point{} ? 0.0 : since(started_) - idle_); }
    std::int64_t tokens_per_step() const { return ready_.budget.tokens_per_step(); }

    /// Tokens a second over the last steps; the first of a stretch warm caches up and are forgotten soon.
    void note_speed(double step_seconds) {
        constexpr double memory = 0.9;
        const double now = static_cast<double>(tokens_per_step()) / std::max(step_seconds, 1e-9);
        rate_ = rate_ == 0 ? now : 1.0 / (memory / rate_ + (1 - memory) / now);
    }

    struct Pending {
        std::int64_t step;
        double seconds, lr, rate;
        torch::Tensor loss_and_norm;
    };
    const TrainRequest& request_;
    RunPort& port_;
    const TrainingSettings training_;
    const EvaluationSettings evaluation_;
    const SavingSettings saving_;
    const SamplingSettings sampling_;
    const MonitoringSettings monitoring_;
    const ProbingSettings probing_;
    const std::uint64_t seed_;
    PreparedRun ready_;
    Model& model_ = ready_.model;
    std::optional<LayerWatch> watch_;
    CheckpointKeeper keeper_;
    std::optional<FeatureProbe> probe_;
    Knobs knobs_;
    EarlyStop early_stop_;
    bool stops_early_ = false;
    PowerMeter power_;
    Clock::time_point power_read_{};
    double rate_ = 0, first_loss_ = 0, mean_loss_ = 0, seconds_before_ = 0, idle_ = 0;
    std::int64_t step_ = 0;
    int judged_ = 0;
    Clock::time_point started_{};
    std::vector<Pending> pending_;
};

}  // namespace

fs::path predictions_file(const fs::path& run_folder, Part part) { return run_folder / ("predictions-" + std::string(part_name(part)) + ".jsonl"); }

Outcome train(const TrainRequest& request, RunPort& port) {
    auto failed = [](Error error) { return Outcome{Outcome::End::failed, std::move(error)}; };
    try {
        return Trainer(request, port).run();
    } catch (const Failure& failure) {
        if (failure.error().code == Error::Code::cancelled) return {Outcome::End::stopped, {}};
        return failed(failure.error());
    } catch (const c10::Error& problem) {
        const std::string text = problem.what_without_backtrace();
        if (text.find("memory") != std::string::npos)
            return failed({Error::Code::out_of_memory, "Ran out of memory: " + text.substr(0, 200),
                           "Lower training.micro_batch and raise training.accumulation by as much", {"training"}});
        return failed({Error::Code::internal, "LibTorch could not go on: " + text.substr(0, 400), "The log of the run has the details", {"training"}});
    } catch (const std::bad_alloc&) {
        return failed({Error::Code::out_of_memory, "Ran out of memory", "Lower training.micro_batch and raise training.accumulation by as much", {"training"}});
    }
}

}  // namespace gw

#include "train/trainer.h"

#include <torch/torch.h>
#include <torch/version.h>

#include <chrono>
#include <cmath>

#include "artifact/checkpoint.h"
#include "artifact/retention.h"
#include "data/batch_source.h"
#include "data/prepare.h"
#include "eval/evaluate.h"
#include "optim/schedule.h"
#include "model/backbone.h"
#include "train/budget.h"
#include "train/early_stop.h"
#include "train/layer_watch.h"
#include "train/model_state.h"
#include "train/power_meter.h"
#include "train/sampler.h"
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
          seed_(static_cast<std::uint64_t>(training_.seed)),
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
        compute_ = resolve_compute(training_).or_throw();
        std::optional<CheckpointFacts> resumed;
        if (!request_.resume_from.empty()) resumed = read_checkpoint_facts(request_.resume_from).or_throw();
        clean_checkpoint_leftovers(checkpoints_folder());
        prepare_data_streams(resumed);
        build();
        if (resumed) restore(*resumed);
        report_facts();
    }

    void prepare_data_streams(const std::optional<CheckpointFacts>& resumed) {
        progress("preparing data");
        PrepareRequest ask{request_.spec.at("dataset"), request_.spec.at("split"), request_.spec.at("tokenizer"), std::nullopt, false, request_.cache, {}, port_.stop_token()};
        if (resumed) ask.tokenizer_state = resumed->tokenizer;
        ask.progress = [this](const std::string& phase, double fraction) { progress("preparing data", fraction, phase); };
        data_ = gw::prepare_data(ask).or_throw();
        if (resumed && resumed->state.value("dataset_hash", "") != data_.dataset_hash)
            throw Failure({Error::Code::bad_data, "The dataset is not the one that this run was trained on: its content has changed since",
                           "Put the old files back, or start a new run on the new data", {"checkpoint " + request_.resume_from.string()}});
        if (data_.leaks.validation_leaked > 0)
            port_.report(Event{0, "leak",
                               std::to_string(data_.leaks.validation_leaked) + " of " + std::to_string(data_.leaks.validation_checked) +
                                   " validation texts stand word for word in the training part, for example: " + data_.leaks.example});
    }

    void build() {
        progress("building model");
        model_ = build_model(request_.spec, *data_.tokenizer, compute_);
        const Json& optimizer = request_.spec.at("optimizer");
        const Json& schedule = request_.spec.at("schedule");
        optimizer_ = find_kind(optimizers(), optimizer.at("kind"))->build(optimizer, *model_.bank);
        schedule_ = find_kind(schedules(), schedule.at("kind"))->build(schedule);
        peak_lr_ = optimizer.at("lr").get<double>();

        const std::int64_t context = model_.backbone->facts().context, length = model_.objective->window_length(context);
        if (data_.train.size() < length)
            throw Failure({Error::Code::bad_data,
                           "The training text has " + grouped(data_.train.size()) + " tokens, fewer than one window of " + grouped(length),
                           "Add text, keep less for validation, or lower backbone.context", {"section dataset"}});
        watch_.emplace(model_, monitoring_.layers_every, monitoring_.histograms_every);
        source_.emplace(data_.train, length, model_.objective->window_stride(context), seed_);
        budget_ = Budget(training_, context * training_.micro_batch * training_.accumulation, source_->windows_per_epoch());
    }

    void restore(const CheckpointFacts& facts) {
        load_weights(request_.resume_from, model_).or_throw();
        load_optimizer(request_.resume_from, model_, *optimizer_).or_throw();
        step_ = facts.state.at("step").get<std::int64_t>();
        seconds_before_ = facts.state.value("seconds", 0.0);
        optimizer_->set_updates(facts.state.at("optimizer_updates").get<std::int64_t>());
        best_.loss = facts.state.contains("best_loss") && facts.state["best_loss"].is_number() ? std::optional(facts.state["best_loss"].get<double>())
                                                                                                 : std::nullopt;
        best_.path = facts.state.value("best_checkpoint", "");
        knobs_ = knobs_of(facts.state.value("knobs", Json()));
        const Json stopping = facts.state.value("early_stop", Json::object());
        early_stop_.restore(stopping.contains("best") && stopping["best"].is_number() ? std::optional(stopping["best"].get<double>()) : std::nullopt,
                            stopping.value("waited", std::int64_t{0}));
        saved_step_ = step_;
        port_.report(Event{step_, "resume", "Resumed from step " + grouped(step_)});
    }

    void report_facts() {
        RunFacts facts;
        facts.parameters = model_.bank->parameters();
        for (const auto& entry : model_.bank->entries())
            if (entry.name.rfind("backbone.", 0) == 0) facts.backbone_parameters += entry.size;
        facts.vocabulary = data_.tokenizer->vocabulary();
        facts.total_steps = budget_.steps().value_or(0);
        facts.tokens_per_step = tokens_per_step();
        facts.train_tokens = data_.train.size();
        facts.validation_tokens = data_.validation.size();
        facts.validation_bytes = data_.validation.bytes();
        facts.device = compute_.device_name();
        facts.precision = compute_.precision_name();
        facts.dataset_hash = data_.dataset_hash;
        facts.tokenizer_hash = data_.tokenizer_hash;
        facts.libtorch_version = TORCH_VERSION;
        facts.threads = compute_.threads;
        const Json& backbone = request_.spec.at("backbone");
        const BackboneSize size = find_kind(backbones(), backbone.at("kind"))->size(backbone, facts.vocabulary);
        // Kaplan et al. 2020 (arXiv:2001.08361), table 1, forward and backward: 6 N for the products, 12 L d T for the attention.
        facts.flops_per_token = 6.0 * static_cast<double>(size.parameters) + 12.0 * static_cast<double>(size.layers * size.width * size.context);
        facts.clip = training_.clip;
        facts.floor_nats_per_byte = data_.floor_nats_per_byte;
        if (data_.validation_floor_nats_per_byte && model_.objective->is_language_model())
            facts.floor_loss = *data_.validation_floor_nats_per_byte * static_cast<double>(data_.validation.bytes()) / static_cast<double>(data_.validation.size());
        port_.report(facts);
    }

    // ---- the loop

    /// True when an order or `stop_at` ended it before the budget did.
    bool loop() {
        progress("training", fraction());
        started_ = Clock::now();
        while (!budget_.spent(step_, seconds())) {
            if (obey()) return true;
            one_step();
            const bool last = budget_.spent(step_, seconds());
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
        const double lr = knobs_.rate_scale * peak_lr_ * schedule_->factor(static_cast<double>(step_), budget_.expected_steps(step_, seconds()));
        std::vector<FedBatch> batches;
        std::int64_t counted = 0;
        for (std::int64_t micro = 0; micro < training_.accumulation; ++micro) {
            const std::int64_t first = (step_ * training_.accumulation + micro) * training_.micro_batch;
            const std::uint64_t seed = mix64(seed_, static_cast<std::uint64_t>(step_), static_cast<std::uint64_t>(micro));
            batches.push_back(model_.objective->feed(source_->batch(first, training_.micro_batch), seed));
            counted += batches.back().counted;
        }
        // Dropout draws from LibTorch's generator; naming its stream by the step leaves nothing to save.
        torch::manual_seed(mix64(seed_, static_cast<std::uint64_t>(step_)));
        model_.bank->zero_gradients();
        Pass pass = model_.pass(/*training=*/true);
        const std::int64_t next = step_ + 1;
        const bool looks = watch_->wants_layers(next) || watch_->wants_histograms(next);
        torch::Tensor loss;
        for (const FedBatch& on_cpu : batches) {
            pass.observe = {};
            if (watch_->wants_histograms(next) && &on_cpu == &batches.back()) watch_->observe(pass);
            const FedBatch batch = on_cpu.to(compute_.device);
            const LossParts parts = model_.objective->loss(model_.backbone->features(batch.ids_BT, pass), batch, pass);
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
        optimizer_->step({lr, scale, finite});
        ++step_;
        if (looks) report_layers();
        note_speed(since(start));
        pending_.push_back({step_, seconds(), lr, rate_, torch::stack({loss, norm})});
        const std::size_t ring = compute_.device.is_cpu() ? 1 : 16;  // a GPU is asked for its numbers once in so many steps
        if (pending_.size() >= ring) flush();
    }

    /// Copies the ring of losses and norms from the device, reports them, and ends the run at the first that is not finite.
    void flush() {
        if (pending_.empty()) return;
        std::vector<torch::Tensor> values;
        for (const Pending& pending : pending_) values.push_back(pending.loss_and_norm);
        const torch::Tensor table = torch::stack(values).to(torch::kCPU, torch::kFloat64).contiguous();
        const double memory = memory_in_use(compute_.device);
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
        if (auto points = watch_->after_update(); !points.empty()) port_.report(MetricRow{step_, seconds(), step_ * tokens_per_step(), std::move(points)});
        for (Histogram& histogram : watch_->histograms()) port_.report(std::move(histogram));
    }

    /// Power and energy, now and then: reading the counters takes far less than a millisecond.
    void report_power() {
        constexpr double interval = 2;  // seconds
        if (!monitoring_.energy || (power_read_ != Clock::time_point{} && since(power_read_) < interval)) return;
        power_read_ = Clock::now();
        const PowerMeter::Reading now = power_.read();
        if (!now.measured) return;
        MetricRow row{step_, seconds(), step_ * tokens_per_step(), {}};
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
        if (saved_step_ == step_) return;
        progress("saving", -1);
        const Clock::time_point start = Clock::now();
        const fs::path folder = checkpoints_folder() / checkpoint_name(step_);
        Json state = {{"step", step_},
                      {"tokens", step_ * tokens_per_step()},
                      {"seconds", seconds()},
                      {"optimizer_updates", optimizer_->updates()},
                      {"schedule", {{"expected_steps", budget_.expected_steps(step_, seconds())}}},
                      {"generators", {{"seed", training_.seed}, {"named_by", "step"}}},
                      {"sampler", {{"next_sample", step_ * training_.accumulation * training_.micro_batch}}},
                      {"dataset_hash", data_.dataset_hash},
                      {"tokenizer_hash", data_.tokenizer_hash},
                      {"knobs", to_json(knobs_)},
                      {"early_stop", {{"best", early_stop_.best() ? Json(*early_stop_.best()) : Json()}, {"waited", early_stop_.waited()}}},
                      {"best_loss", best_.loss ? Json(*best_.loss) : Json()},
                      {"best_checkpoint", best_.path}};
        Result<std::uint64_t> bytes = save_checkpoint(folder, model_, *optimizer_, {request_.spec, state, data_.tokenizer->state()});
        if (!bytes) {
            // A full disk must not cost the run: the next save may find room. At the end it is an error (see finish()).
            port_.report(Event{step_, "warning", "Checkpoint not saved: " + to_text(bytes.error())});
            last_save_error_ = bytes.error();
            progress("training", fraction());
            return;
        }
        last_save_error_.reset();
        saved_step_ = step_;
        saved_ = {step_, step_ * tokens_per_step(), folder.string(), bytes.value(), since(start), std::nullopt, false, {}};
        saved_.removed = apply_retention();
        port_.report(saved_);
        progress("training", fraction());
    }

    std::vector<std::string> apply_retention() {
        std::vector<RetentionEntry> oldest_first;
        for (const CheckpointEntry& entry : list_checkpoints(checkpoints_folder()))
            oldest_first.insert(oldest_first.begin(), {entry.path.string(), entry.path.string() == best_.path ? best_.loss : std::nullopt});
        std::vector<std::string> removed;
        for (const std::string& path : checkpoints_to_remove(oldest_first, saving_.keep_last, saving_.keep_best)) {
            if (Status gone = remove_checkpoint(path); gone) removed.push_back(path);
            else port_.report(Event{step_, "warning", to_text(gone.error())});
        }
        return removed;
    }

    struct Scored {
        Evaluation result;
        bool complete;
    };

    Scored score(std::int64_t tokens) {
        flush();
        progress("evaluating", 0);
        EvaluationOptions options{tokens, evaluation_.overlap, 2 * training_.micro_batch, compute_.device};
        Evaluation result = evaluate(*model_.backbone, *model_.objective, data_.validation, model_.pass(false), options,
                                     [this](double done) { progress("evaluating", done); }, port_.stop_token());
        progress("training", fraction());
        return {result, result.scored > 0};
    }

    void report_scores(const Evaluation& result) {
        MetricRow row{step_, seconds(), step_ * tokens_per_step(), {}};
        for (const auto& [name, value] : result.metrics(model_.objective->is_language_model())) row.points.push_back({intern("validation/" + name), value});
        if (data_.floor_nats_per_byte && model_.objective->is_language_model())
            row.points.push_back({intern("validation/nats_per_byte"), result.nats_per_byte});
        port_.report(std::move(row));
    }

    /// Scores the validation part and keeps the checkpoint if it is the best so far. False when a stop came in between.
    bool evaluate_and_keep(std::int64_t tokens) {
        const Scored scored = score(tokens);
        if (!scored.complete) return !obey();
        report_scores(scored.result);
        keep_if_best(scored.result.loss);
        if (early_stop_.note(scored.result.loss)) {
            stops_early_ = true;
            port_.report(Event{step_, "early_stop", "Stopped early: " + grouped(early_stop_.waited()) + " evaluations in a row without a validation loss below " +
                                                        significant(early_stop_.best().value_or(scored.result.loss), 4)});
        }
        return true;
    }

    /// Goes back to the best checkpoint's weights, if they are kept.
    void restore_best() {
        if (!stops_early_ || !evaluation_.restore_best || best_.path.empty() || best_.path == (checkpoints_folder() / checkpoint_name(step_)).string()) return;
        if (Status loaded = load_weights(best_.path, model_); !loaded) {
            port_.report(Event{step_, "warning", "The best weights could not be restored: " + to_text(loaded.error())});
            return;
        }
        port_.report(Event{step_, "early_stop", "Back to the weights of " + fs::path(best_.path).filename().string()});
    }

    void keep_if_best(double loss) {
        if (!std::isfinite(loss) || (best_.loss && loss >= *best_.loss)) return;
        best_.loss = loss;
        if (!saving_.keep_best) return;
        best_.path = (checkpoints_folder() / checkpoint_name(step_)).string();
        if (saved_step_ != step_) save();
        if (saved_step_ != step_) return;
        saved_.validation_loss = loss;
        saved_.best = true;
        saved_.removed = apply_retention();
        port_.report(saved_);
    }

    void sample() {
        flush();
        progress("sampling");
        for (SampleText& text : write_samples(*model_.backbone, *model_.objective, *data_.tokenizer, data_.validation, sampling_, seed_, step_,
                                              model_.pass(false), compute_.device, port_.stop_token()))
            port_.report(std::move(text));
        progress("training", fraction());
    }

    /// The end of the budget: save, evaluate, sample.
    void finish() {
        save();
        if (last_save_error_) throw Failure(*last_save_error_);
        restore_best();
        const bool part = evaluation_.tokens > 0 && evaluation_.tokens < data_.validation.size();
        Scored scored = score(evaluation_.tokens);
        if (scored.complete && !stops_early_) keep_if_best(scored.result.loss);
        if (scored.complete && part && evaluation_.whole_at_end) scored = score(0);
        if (scored.complete) report_scores(scored.result);
        sample();
        progress("finished", 1);
    }

    // ---- small things

    fs::path checkpoints_folder() const { return request_.run_folder / "checkpoints"; }
    void progress(const std::string& phase, double fraction = -1, const std::string& detail = "") { port_.report(Progress{phase, fraction, detail}); }
    double fraction() const { return budget_.fraction(step_, seconds()); }
    double seconds() const { return seconds_before_ + (started_ == Clock::time_point{} ? 0.0 : since(started_) - idle_); }
    std::int64_t tokens_per_step() const { return budget_.tokens_per_step(); }

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
    struct Best {
        std::optional<double> loss;
        std::string path;
    };

    const TrainRequest& request_;
    RunPort& port_;
    const TrainingSettings training_;
    const EvaluationSettings evaluation_;
    const SavingSettings saving_;
    const SamplingSettings sampling_;
    const MonitoringSettings monitoring_;
    const std::uint64_t seed_;
    Compute compute_;
    PreparedData data_;
    Model model_;
    std::unique_ptr<Optimizer> optimizer_;
    std::unique_ptr<Schedule> schedule_;
    std::optional<BatchSource> source_;
    std::optional<LayerWatch> watch_;
    Budget budget_;
    Knobs knobs_;
    EarlyStop early_stop_;
    bool stops_early_ = false;
    PowerMeter power_;
    Clock::time_point power_read_{};
    double peak_lr_ = 0, rate_ = 0, first_loss_ = 0, mean_loss_ = 0, seconds_before_ = 0, idle_ = 0;
    std::int64_t step_ = 0, saved_step_ = -1;
    int judged_ = 0;
    Clock::time_point started_{};
    std::vector<Pending> pending_;
    Best best_;
    CheckpointSaved saved_;
    std::optional<Error> last_save_error_;
};

}  // namespace

std::string checkpoint_name(std::int64_t step) {
    std::string digits = std::to_string(step);
    return "step-" + std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits;
}

std::int64_t checkpoint_step(const fs::path& checkpoint) {
    const std::string name = checkpoint.filename().string();
    return name.starts_with("step-") ? std::strtoll(name.c_str() + 5, nullptr, 10) : 0;
}

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

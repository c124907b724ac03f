#include "study/sequence.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "adapt/checkpoint_model.h"
#include "adapt/holding.h"
#include "data/batch_source.h"
#include "data/prepare.h"
#include "eval/judge.h"
#include "eval/probes.h"
#include "eval/task_metrics.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "train/dropout_stream.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* head_objective = "sequence_classification";

/// A task with its examples and its head.
struct LiveTask {
    std::string name;
    std::shared_ptr<const PreparedData> data;
    ExampleTable train, held_out, kept;  ///< kept: what is replayed
    std::unique_ptr<Objective> head;
    std::unique_ptr<ExampleRows> rows, held_out_rows;
    std::unique_ptr<BatchSource> source, replay;
    std::int64_t steps = 0;
};

/// The order of a sequence, its model, and its state. Throws Failure.
class Sequence {
  public:
    explicit Sequence(const SequenceRequest& request)
        : request_(request), set_(request.settings), seed_(static_cast<std::uint64_t>(set_.seed)) {}

    SequenceResult run() {
        const auto start = std::chrono::steady_clock::now();
        prepare();
        result_.strategy = request_.strategy;
        result_.seed = set_.seed;
        for (const LiveTask& task : tasks_) result_.tasks.push_back(task.name);
        for (const LiveTask& task : tasks_) result_.neighbours_before.push_back(neighbours(task));
        if (request_.strategy == "joint") {
            train_together();
            evaluate(tasks_.size() - 1);
        } else {
            for (std::size_t i = 0; i < tasks_.size(); ++i) {
                train_one(i);
                evaluate(i);
            }
        }
        result_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return std::move(result_);
    }

  private:
    // ---- data and model

    void prepare() {
        const auto& known = sequence_strategies();
        if (std::find(known.begin(), known.end(), request_.strategy) == known.end())
            throw Failure({Error::Code::bad_spec,
                           "\"" + request_.strategy + "\" is no strategy",
                           "There are sequential, lp_ft, ewc, si, replay and joint",
                           {}});
        if (request_.tasks.size() < 2)
            throw Failure({Error::Code::bad_spec,
                           "A sequence needs two tasks at least",
                           "Name more data, or smaller groups of classes",
                           {}});
        TrainingSettings here;
        here.threads = set_.threads;
        model_ = CheckpointModel::load(request_.checkpoint, resolve_compute(here).or_throw()).or_throw();
        dropout_.emplace(device());
        model_.model.backbone->merge_adapters();
        std::map<std::string, std::shared_ptr<const PreparedData>> read;
        for (const SequenceTask& task : request_.tasks) {
            auto& data = read[task.dataset.dump()];
            if (!data) data = std::make_shared<PreparedData>(prepare_data(ask_for(task)).or_throw());
            add_task(task, data);
        }
        Parameters all;
        for (const Parameter& p : model_.model.backbone->parameters()) all.push_back({"backbone." + p.name, p.tensor});
        for (std::size_t i = 0; i < tasks_.size(); ++i)
            for (const Parameter& p : tasks_[i].head->parameters())
                all.push_back({"head." + std::to_string(i) + "." + p.name, p.tensor});
        bank_ = std::make_unique<ParameterBank>(all, device());
        if (request_.strategy == "ewc") holding_ = elastic_holding(*bank_, set_.ewc_strength);
        if (request_.strategy == "si") holding_ = synaptic_holding(*bank_, set_.si_strength);
    }

    PrepareRequest ask_for(const SequenceTask& task) const {
        PrepareRequest ask{task.dataset, request_.split, Json::object(),    model_.facts.tokenizer,
                           false,        request_.cache, request_.progress, request_.stop};
        ask.input = model_.model.input;
        return ask;
    }

    void add_task(const SequenceTask& asked, const std::shared_ptr<const PreparedData>& data) {
        LiveTask& task = tasks_.emplace_back();
        task.name = asked.name;
        task.data = data;
        if (data->train_examples.kind != LabelKind::one_class)
            throw Failure({Error::Code::bad_spec,
                           "A task of a sequence needs one class a text",
                           "Choose labelled data with dataset.labels=class",
                           {"task " + asked.name}});
        task.train = data->train_examples.only(asked.classes);
        task.held_out = data->validation_examples.only(asked.classes).drawn(set_.judged, 1);
        const LabelFacts facts = task.train.facts();
        if (facts.classes.size() < 2 || task.held_out.size() == 0)
            throw Failure({Error::Code::bad_data,
                           "The task \"" + asked.name + "\" has " +
                               grouped(static_cast<std::int64_t>(facts.classes.size())) + " classes and " +
                               grouped(task.held_out.size()) +
                               " held-out examples: two classes and one example are the least",
                           "Make larger groups of classes, or set split.validation higher",
                           {"task " + asked.name}});
        task.kept = task.train.drawn(set_.replay_examples, seed_);
        const ObjectiveKind& kind = *find_kind(objectives(), head_objective);
        const std::size_t number = tasks_.size();
        task.head = kind.build(
            kind.complete(Json::object()),
            ObjectiveInputs{model_.model.backbone->facts(), model_.tokenizer.get(), mix64(seed_, 100 + number), facts});
        move_to(device(), task.head->buffers());
        task.steps = std::max<std::int64_t>(1, std::llround(set_.epochs * static_cast<double>(task.train.size()) /
                                                            static_cast<double>(set_.micro_batch)));
    }

    // The tables of a task move while tasks are added, so what points into them is made afterwards.
    void make_sources() {
        const std::int64_t context = model_.model.backbone->facts().context;
        for (LiveTask& task : tasks_) {
            if (task.source) continue;
            task.rows = task.data->rows(Part::train, context);
            task.held_out_rows = task.data->rows(Part::validation, context);
            task.source = example_source(*task.rows, task.train, seed_);
            task.replay = example_source(*task.rows, task.kept, mix64(seed_, 7));
        }
    }

    // ---- training

    /// Mean loss of a batch of a task, differentiable.
    torch::Tensor loss_of(const LiveTask& task, const HostBatch& rows, bool training = true) {
        const Batch batch = task.head->feed(rows, 0).to(device());
        const Pass pass = dropout_->of(model_.model.pass(training));
        return weighted_sum(task.head->loss(*model_.model.backbone, batch, pass)) / static_cast<double>(batch.counted);
    }

    void set_trained(const std::function<bool(const std::string&)>& trained, std::int64_t since) {
        bank_->set_paces([&](const ParameterBank::Entry& entry) {
            return ParameterBank::Pace{trained(entry.name) ? 1.0 : 0.0,
                                       entry.name.starts_with("backbone.") ? since : 0};
        });
    }

    std::unique_ptr<Optimizer> fresh_optimizer() {
        const OptimizerKind& kind = *find_kind(optimizers(), "adamw");
        return kind.build(kind.complete({{"lr", set_.lr}, {"weight_decay", 0.01}}), *bank_);
    }

    /// The rate at a step of a stretch: a short warm-up, then a cosine to zero.
    double rate(std::int64_t step, std::int64_t steps) const {
        const double warmup = std::max(1.0, 0.05 * static_cast<double>(steps)), at = static_cast<double>(step);
        return set_.lr * warm_up(at, warmup) * 0.5 *
               (1 + std::cos(M_PI * after_warm_up(at, warmup, static_cast<double>(steps))));
    }

    void update(Optimizer& optimizer, const torch::Tensor& loss, double lr) {
        bank_->zero_gradients();
        loss.backward();
        if (holding_) holding_->before_update(*bank_);
        const torch::NoGradGuard no_grad;
        const torch::Tensor norm = bank_->gradient_norm(), value = loss.detach();
        const torch::Tensor finite = torch::isfinite(norm).logical_and(torch::isfinite(value));
        if (!finite.item<bool>())
            throw Failure({Error::Code::diverged,
                           "The loss is not finite any more",
                           "Lower lr, or the strength of the strategy",
                           {"task " + tasks_[current_].name}});
        optimizer.step(
            {lr, set_.clip > 0 ? (set_.clip / (norm + 1e-6)).clamp_max(1.0) : torch::ones_like(norm), finite});
        if (holding_) holding_->after_update(*bank_);
    }

    void train_one(std::size_t number) {
        make_sources();
        current_ = number;
        LiveTask& task = tasks_[number];
        const bool replays = request_.strategy == "replay" && number > 0;
        const std::string own = "head." + std::to_string(number) + ".";
        const std::int64_t alone =
            request_.strategy == "lp_ft" ? std::llround(set_.head_share * static_cast<double>(task.steps)) : 0;
        auto optimizer = fresh_optimizer();
        for (std::int64_t step = 0; step < task.steps; ++step) {
            check_stop();
            if (step == 0 || step == alone) {
                const bool all = step >= alone;
                set_trained(
                    [&](const std::string& name) {
                        return name.starts_with(own) || (all && name.starts_with("backbone.")) ||
                               (replays && name.starts_with("head.") && std::stoul(name.substr(5)) < number);
                    },
                    alone);
            }
            tell("training " + task.name, number, static_cast<double>(step) / static_cast<double>(task.steps));
            dropout_->seed(mix64(seed_, number, static_cast<std::uint64_t>(step)));
            torch::Tensor loss = loss_of(task, task.source->batch(step * set_.micro_batch, set_.micro_batch));
            if (replays) {
                // As many old examples as new ones, from one task before after another.
                const LiveTask& old = tasks_[static_cast<std::size_t>(step) % number];
                loss =
                    loss + loss_of(old, old.replay->batch(step / static_cast<std::int64_t>(number) * set_.micro_batch,
                                                          set_.micro_batch));
            }
            const bool in_first = step < alone;
            update(*optimizer, loss,
                   in_first ? set_.head_rate * rate(step, alone) : rate(step - alone, task.steps - alone));
        }
        if (holding_)
            holding_->end_task(*bank_, [&](const std::function<void()>& visit) {
                constexpr std::int64_t most = 200;
                for (std::int64_t i = 0; i < std::min(most, task.train.size()); ++i) {
                    check_stop();
                    bank_->zero_gradients();
                    loss_of(task, task.source->batch(i, 1), /*training=*/false)
                        .backward();  // of the model itself, without dropout
                    visit();
                }
            });
    }

    void train_together() {
        make_sources();
        std::int64_t steps = 0;
        for (const LiveTask& task : tasks_) steps += task.steps;
        set_trained([](const std::string&) { return true; }, 0);
        auto optimizer = fresh_optimizer();
        std::vector<std::int64_t> made(tasks_.size());
        for (std::int64_t step = 0; step < steps; ++step) {
            check_stop();
            // The task that is furthest behind its share is next.
            std::size_t next = 0;
            double least = 2;
            for (std::size_t i = 0; i < tasks_.size(); ++i) {
                const double done = static_cast<double>(made[i]) / static_cast<double>(tasks_[i].steps);
                if (done < least) {
                    least = done;
                    next = i;
                }
            }
            current_ = next;
            tell("training all tasks", 0, static_cast<double>(step) / static_cast<double>(steps));
            dropout_->seed(mix64(seed_, 1000, static_cast<std::uint64_t>(step)));
            update(*optimizer,
                   loss_of(tasks_[next], tasks_[next].source->batch(made[next]++ * set_.micro_batch, set_.micro_batch)),
                   rate(step, steps));
        }
    }

    // ---- judging

    double neighbours(const LiveTask& task) const {
        const std::int64_t context = model_.model.backbone->facts().context;
        auto set_of = [&](Part part, const ExampleTable& table) {
            const auto rows = task.data->rows(part, context);
            const auto examples = spread(table, 0);
            FeatureSet set{features_of(*model_.model.backbone, *rows, examples, "mean", model_.model.pass(false),
                                       device(), units_at_once(), {}, request_.stop),
                           {},
                           {},
                           {}};
            if (!set.features_ND.defined()) throw Failure({Error::Code::cancelled, "Stopped before the end", "", {}});
            for (const Example* e : examples) {
                set.classes.push_back(e->classes.front());
                set.documents.push_back(e->row);
            }
            return set;
        };
        const FeatureSet train = set_of(Part::train, task.train.drawn(set_.judged, 2)),
                         judged = set_of(Part::validation, task.held_out);
        return task_metrics(knn_probe(train, judged, LabelKind::one_class, task.train.classes)).at("accuracy");
    }

    void evaluate(std::size_t last) {
        auto& heads = result_.by_head.emplace_back();
        auto& near = result_.by_neighbours.emplace_back();
        for (std::size_t i = 0; i < tasks_.size(); ++i) {
            check_stop();
            tell("judging " + tasks_[i].name, last, 1);
            near.push_back(neighbours(tasks_[i]));
            if (i > last) {
                heads.emplace_back();
                continue;
            }
            const Judged judged =
                judge(*model_.model.backbone, *tasks_[i].head, *tasks_[i].held_out_rows, tasks_[i].held_out,
                      model_.model.pass(false), {32, 0, device(), units_at_once()}, {}, request_.stop);
            if (judged.rows == 0) throw Failure({Error::Code::cancelled, "Stopped before the end", "", {}});
            heads.push_back(task_metrics(judged.predictions).at("accuracy"));
        }
    }

    // ---- small things

    /// What a step of its training holds; a replayed batch comes on top of it.
    std::int64_t units_at_once() const { return set_.micro_batch * model_.model.backbone->facts().context; }
    torch::Device device() const { return model_.model.compute.device; }
    void check_stop() const {
        if (request_.stop.stop_requested()) throw Failure({Error::Code::cancelled, "Stopped before the end", "", {}});
    }
    void tell(const std::string& phase, std::size_t task, double share) const {
        if (request_.progress)
            request_.progress(phase, (static_cast<double>(task) + share) /
                                         static_cast<double>(request_.strategy == "joint" ? 1 : tasks_.size()));
    }

    const SequenceRequest& request_;
    const SequenceSettings set_;
    const std::uint64_t seed_;
    CheckpointModel model_;
    std::vector<LiveTask> tasks_;
    std::unique_ptr<ParameterBank> bank_;
    std::optional<DropoutStream> dropout_;
    std::unique_ptr<Holding> holding_;
    SequenceResult result_;
    std::size_t current_ = 0;
};

}  // namespace

Result<SequenceResult> run_sequence(const SequenceRequest& request) {
    try {
        return Sequence(request).run();
    } catch (const Failure& failure) {
        return failure.error();
    }
}

Result<std::vector<SequenceTask>> tasks_by_class(const fs::path& checkpoint, const Json& dataset, const Json& split,
                                                 std::int64_t size, const fs::path& cache, const ProgressFn& progress,
                                                 std::stop_token stop) {
    if (size < 2)
        return Error{Error::Code::bad_spec,
                     "A task of one class leaves nothing to tell apart",
                     "Make groups of two classes or more",
                     {}};
    auto facts = read_checkpoint_facts(checkpoint);
    if (!facts) return facts.error();
    auto data = prepare_data({dataset, split, Json::object(), facts.value().tokenizer, false, cache, progress, stop});
    if (!data) return data.error();
    const std::vector<std::string>& classes = data.value().train_examples.classes;
    std::vector<SequenceTask> tasks;
    for (std::size_t first = 0; first < classes.size(); first += tasks.back().classes.size()) {
        SequenceTask task{"", dataset, {}};
        // A last class that would stand alone joins the group before it.
        const std::size_t left = classes.size() - first;
        const auto here = left <= static_cast<std::size_t>(size) + 1 ? left : static_cast<std::size_t>(size);
        for (std::size_t i = first; i < first + here; ++i) {
            task.classes.push_back(classes[i]);
            task.name += (task.name.empty() ? "" : " | ") + classes[i];
        }
        tasks.push_back(std::move(task));
    }
    return tasks;
}

}  // namespace gw

#include "train/prepared_run.h"

#include <torch/version.h>

#include <algorithm>
#include <cmath>

#include "adapt/start_weights.h"
#include "data/ahead_source.h"
#include "data/augmentation.h"
#include "model/carried.h"
#include "spec/backbone_size.h"
#include "spec/run_spec.h"
#include "spec/wants_captions.h"
#include "train/keep/counts.h"
#include "train/message/event_texts.h"
#include "train/step/lanes.h"
#include "train/step/world.h"
#include "train/tasks/task_check.h"
#include "util/text.h"

namespace gw {

namespace {

void tell(RunPort& port, const std::string& phase, double fraction = -1, const std::string& detail = "") {
    port.report(Progress{phase, fraction, detail});
}

/// Whether the objective, as it is set, is fed the labels of rows: to learn them, or to be told them.
bool reads_labels(const Json& spec) {
    const Json& section = spec.at("objective");
    const auto needs = find_kind(objectives(), section.at("kind"))->needs_of(section);
    return std::any_of(needs.begin(), needs.end(), [](const std::string& need) { return need.starts_with("labels"); });
}

/// The trained model that a spec begins from; on a resume it is wanted for the forgetting probe alone, and may be
/// missing.
std::optional<CheckpointModel> start_of(const TrainRequest& request, RunPort& port, bool resumes,
                                        const Compute& compute) {
    const auto start = checkpoint_start(request.spec);
    if (!start || (resumes && (start->fresh || !start->forgetting))) return std::nullopt;
    tell(port, "reading the checkpoint");
    Result<CheckpointModel> loaded = CheckpointModel::load(start->path, compute);
    if (loaded) return std::move(loaded).value();
    if (!resumes) throw Failure(Error(loaded.error()).at("field start.path"));
    port.report(Event{0, "warning", Phrase{say::forgetting_no_more, {to_text(loaded.error())}}.text()});
    return std::nullopt;
}

}  // namespace

void PreparedRun::prepare(const TrainRequest& request, RunPort& port) {
    const auto training = settings_of<TrainingSettings>(request.spec, "training");
    compute = resolve_compute(training).or_throw();
    forget_peak_memory(compute.device);
    if (!request.resume_from.empty()) {
        resumed = read_checkpoint_facts(request.resume_from).or_throw();
        check_counts(resumed->state, request.resume_from);
    }
    std::optional<CheckpointModel> start = start_of(request, port, resumed.has_value(), compute);
    if (start && !resumed) fits_checkpoint(request.spec, start->facts).or_throw();
    if (!resumed)
        for (const schema::Problem& unwise : check_spec(request.spec))
            port.report(Event{0, "warning", unwise.path + ": " + unwise.message});
    read_data(request, port, start);
    others = other_tasks(request, port, resumed ? &*resumed : nullptr, start ? &*start : nullptr, data);
    share_labels(*this, request, start ? &*start : nullptr);
    tell(port, "building model");
    call_teacher(request, port, start);
    build(request);
    if (start) begin_from(*start, request, port);
    take_up_tasks(*this, request);
    if (resumed) tokens_before = resumed->state.value("tokens_before", std::int64_t{0});
}

void PreparedRun::read_data(const TrainRequest& request, RunPort& port, const std::optional<CheckpointModel>& start) {
    tell(port, "preparing data");
    const Json& spec = request.spec;
    PrepareRequest ask{
        spec.at("dataset"), spec.at("split"), spec.at("tokenizer"), std::nullopt, false, request.cache, {},
        port.stop_token()};
    if (resumed)
        ask.tokenizer_state = resumed->tokenizer;
    else if (start)
        ask.tokenizer_state = start->facts.tokenizer;
    const auto from = checkpoint_start(spec);
    if (resumed)
        ask.input = input_facts_of(resumed->state.value("input", Json()));
    else if (start && !from->fresh)
        ask.input = start->model.input;
    if (ask.input == InputFacts()) ask.input.reset();
    if (resumed && resumed->state.contains("labels"))
        ask.labels = label_facts_of(resumed->state["labels"]);
    else if (start && from->keep_head && start->model.labels.kind != LabelKind::none)
        ask.labels = start->model.labels;
    ask.captions = wants_captions(spec);
    ask.progress = [&](const std::string& phase, double fraction) { tell(port, "preparing data", fraction, phase); };
    data = prepare_data(ask).or_throw();
    if (resumed && !is_data_of(resumed->state, data))
        throw Failure({Error::Code::bad_data,
                       "The dataset is not the one that this run was trained on: its content has changed since, or is "
                       "read in another way",
                       "Put the old files back, or start a new run on the new data",
                       {"checkpoint " + request.resume_from.string()}});
    for (const std::string& text : leak_texts(data.leaks)) port.report(Event{0, "leak", text});
    if (!resumed) {
        if (const std::string text = read_report_text(data.read); !text.empty())
            port.report(Event{0, "note", Phrase{say::data_read, {text}}.text()});
        for (const std::string& warning : data.read.warnings) port.report(Event{0, "warning", warning});
    }
    if (data.train_examples.kind == LabelKind::none || !reads_labels(spec)) return;
    labels = ask.labels ? *ask.labels : data.train_examples.facts();
    if (resumed || !learns_from_labels(spec)) return;
    const std::int64_t context =
        find_kind(backbones(), spec.at("backbone").at("kind"))->size(spec.at("backbone"), data.input).context;
    for (Event& event : check_task(data, labels, context).or_throw()) port.report(std::move(event));
}

/// The frozen model that the objective asks while it trains. It must read the same input as its pupil, by the same
/// tokenizer.
void PreparedRun::call_teacher(const TrainRequest& request, RunPort& port,
                               const std::optional<CheckpointModel>& start) {
    const Json& objective = request.spec.at("objective");
    const std::string path = find_kind(objectives(), objective.at("kind"))->teacher(objective);
    if (path.empty()) return;
    // Who goes on from such a checkpoint has not chosen its teacher anew.
    if (start && !resumed && start->facts.spec.at("objective").value("teacher", "") == path)
        port.report(Event{0, "note", Phrase{say::same_teacher, {path}}.text()});
    tell(port, "reading the teacher");
    auto unfit = [&](const std::string& what) {
        return Failure({Error::Code::bad_spec,
                        what,
                        "Choose a checkpoint that was trained on the same sort of data",
                        {"field objective.teacher", "checkpoint " + path}});
    };
    Result<CheckpointModel> loaded = CheckpointModel::load(path, compute);
    if (!loaded) throw Failure(Error(loaded.error()).at("field objective.teacher"));
    teacher = std::move(loaded).value();
    if (!teacher->model.objective->is_language_model())
        throw unfit("The teacher is no language model that predicts each token from those before it");
    if (teacher->model.input != data.input) throw unfit("The teacher reads another sort of input than this run");
    if (teacher->tokenizer->state() != data.tokenizer->state())
        throw unfit("The teacher has another tokenizer than this run");
    if (teacher->model.backbone->facts().context < find_kind(backbones(), request.spec.at("backbone").at("kind"))
                                                       ->size(request.spec.at("backbone"), data.input)
                                                       .context)
        throw unfit("The teacher sees a shorter context than this run");
}

void PreparedRun::build(const TrainRequest& request) {
    const Json& spec = request.spec;
    std::optional<Teacher> teaches;
    if (teacher) teaches = {teacher->model.backbone.get(), teacher->model.objective.get(), teacher->model.pass(false)};
    model = build_model(spec, data.input, *data.tokenizer, compute, labels, teaches, others.facts, others.replays);
    players = make_players(spec, model);
    const Json &backbone = spec.at("backbone"), &objective = spec.at("objective");
    flops_per_unit =
        find_kind(objectives(), objective.at("kind"))
            ->flops_per_unit(
                objective, model.backbone->facts(),
                find_kind(backbones(), backbone.at("kind"))->size(settled_backbone(spec), data.input).flops_per_unit);

    const auto training = settings_of<TrainingSettings>(spec, "training");
    cut = {training.micro_batch, training.accumulation};
    processes = request.world ? request.world->size() : 1;
    const auto seed = static_cast<std::uint64_t>(training.seed);
    const std::int64_t context = model.backbone->facts().context,
                       step_rows = training.micro_batch * training.accumulation * processes;
    if (data.feeds_examples(model.objective->labels())) {
        if (carried_values(*model.backbone) > 0)
            throw Failure({Error::Code::bad_spec,
                           "A state is carried along a text, and this data is learnt from row by row",
                           "Set backbone.carry to false, or choose data that is text alone",
                           {"field backbone.carry"}});
        rows = data.rows(Part::train, context);
        // Pictures are all of one length.
        const std::int64_t similar = training.bucketing && !data.input.is_one_thing() ? training.micro_batch : 0;
        source = example_source(*rows, data.train_examples, seed, model.augmentation.get(), model.objective->views(),
                                similar);
        if (data.input.image) source = ahead_source(std::move(source));  // rows of text cost nothing to make
        budget = Budget(
            training, std::max<std::int64_t>(1, std::llround(source->units_per_row() * static_cast<double>(step_rows))),
            source->rows_per_epoch(), processes);
        std::int64_t longest = 1;
        for (const Example& example : data.train_examples.examples) longest = std::max(longest, rows->units(example));
        model.units_at_once = training.micro_batch * longest;
    } else {
        source = windows_for(*model.backbone, *model.objective, data.train, step_rows, seed);
        budget = Budget(training, context * step_rows, source->rows_per_epoch(), processes);
    }
    steps_per_epoch = static_cast<double>(source->rows_per_epoch()) / static_cast<double>(step_rows);
    if (const auto start = checkpoint_start(spec))
        adaptation = Adaptation(*start, *model.bank, find_kind(backbones(), spec.at("backbone").at("kind"))->place,
                                budget.expected_steps(0, 0));
    adaptation.apply(*model.bank, resumed ? resumed->state.at("step").get<std::int64_t>() : 0);
    if (model.bank->trainable() == 0)
        throw Failure({Error::Code::bad_spec, say::nothing_to_train, say::thaw, {"section start"}});
}

void PreparedRun::begin_from(CheckpointModel& start, const TrainRequest& request, RunPort& port) {
    const CheckpointStart from = *checkpoint_start(request.spec);
    if (from.fresh) return;
    tokens_before =
        start.facts.state.value("tokens", std::int64_t{0}) + start.facts.state.value("tokens_before", std::int64_t{0});
    if (!resumed) copy_weights(start, model, from.keep_head).or_throw();
    if (!resumed) copy_task_heads(start, model).or_throw();
    // A loss that holds rows or views against each other goes by views, a batch and a queue that this run has not.
    const Objective& before = *start.model.objective;
    if (!from.forgetting || !before.adds_up() || before.views() > 1) return;
    auto probe = ForgettingProbe::make(
        start, model, request.cache,
        [&](const std::string& phase, double fraction) { tell(port, "preparing data", fraction, phase); },
        port.stop_token());
    if (probe)
        forgetting = std::move(probe).value();
    else if (probe.error().code == Error::Code::cancelled)
        throw Failure(probe.error());
    else
        port.report(Event{0, "warning", Phrase{say::forgetting_unknown, {to_text(probe.error())}}.text()});
}

RunFacts PreparedRun::facts(const Json& spec) const {
    RunFacts facts;
    for (ParameterBank* bank : model.banks()) facts.parameters += bank->parameters();
    // What is trained at the end, when all that is to be unfrozen is.
    const auto last = static_cast<std::int64_t>(budget.expected_steps(0, 0));
    for (const auto& entry : model.bank->entries()) {
        if (entry.name.starts_with("backbone.")) facts.backbone_parameters += entry.size;
        if (adaptation.pace(entry.name, last).rate > 0) facts.trainable_parameters += entry.size;
    }
    for (const auto& rival : model.rivals) facts.trainable_parameters += rival->parameters();
    facts.vocabulary = data.tokenizer->vocabulary();
    facts.total_steps = budget.steps().value_or(0);
    facts.tokens_per_step = budget.tokens_per_step();
    facts.input = to_json(data.input);
    facts.train_tokens = data.units(Part::train);
    facts.validation_tokens = data.units(Part::validation);
    facts.validation_bytes = data.validation.bytes();
    facts.device = compute.device_name();
    facts.precision = compute.precision_name();
    facts.dataset_hash = data.dataset_hash;
    facts.tokenizer_hash = data.tokenizer_hash;
    facts.libtorch_version = TORCH_VERSION;
    facts.threads = threads_in_use();
    facts.steps_per_epoch = steps_per_epoch;
    facts.flops_per_token = flops_per_unit;
    facts.clip = spec.at("training").at("clip").get<double>();
    facts.tokens_before = tokens_before;
    if (model.objective->labels() != LabelKind::none) {
        facts.classes = labels.classes;
        facts.train_examples = data.train_examples.size();
        facts.validation_examples = data.validation_examples.size();
        facts.test_examples = data.test_examples.size();
    }
    facts.main_metric = find_kind(objectives(), spec.at("objective").at("kind"))->main_metric;
    facts.unit = unit_of(data.input);
    facts.language_model = model.objective->is_language_model();
    facts.read = to_json(data.read);
    facts.leaks = to_json(data.leaks);
    facts.floor_nats_per_byte = data.floor_nats_per_byte;
    if (data.validation_floor_nats_per_byte && model.objective->is_language_model())
        facts.floor_loss = *data.validation_floor_nats_per_byte * static_cast<double>(data.validation.bytes()) /
                           static_cast<double>(data.validation.size());
    return facts;
}

}  // namespace gw

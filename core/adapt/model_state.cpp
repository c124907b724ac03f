#include "adapt/model_state.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "adapt/weight_names.h"
#include "artifact/safetensors.h"
#include "model/carried.h"
#include "schema/parse_json.h"
#include "spec/run_spec.h"
#include "spec/start.h"
#include "util/allocator.h"
#include "util/rng.h"

namespace gw {

namespace {

std::uint64_t seed_of(const Json& spec) {
    return static_cast<std::uint64_t>(spec.at("training").at("seed").get<std::int64_t>());
}

/// Of the first weights of the run's own head. A head must not begin where that of the task before began: the backbone
/// was shaped to be read by that one, and a twin of it would write over the very features that it reads.
std::uint64_t head_seed(const Json& spec, const std::vector<TaskFacts>& others) {
    const std::uint64_t first = mix64(seed_of(spec), 2);
    if (!checkpoint_start(spec)) return first;
    const auto earlier =
        std::count_if(others.begin(), others.end(), [](const TaskFacts& task) { return !task.beside; });
    return mix64(first, 1 + static_cast<std::uint64_t>(earlier));
}

const char* type_name(torch::Dtype type) {
    switch (type) {
        case torch::kFloat32:
            return "F32";
        case torch::kFloat64:
            return "F64";
        case torch::kBFloat16:
            return "BF16";
        case torch::kInt64:
            return "I64";
        case torch::kInt32:
            return "I32";
        case torch::kUInt8:
            return "U8";
        case torch::kBool:
            return "BOOL";
        default:
            TORCH_CHECK(false, "tensors of type ", type, " are not saved");
    }
}

/// Tensors of one file, kept alive while their views are written.
struct Outgoing {
    std::vector<torch::Tensor> alive;
    std::vector<TensorView> views;

    void add(const std::string& name, const torch::Tensor& tensor, CheckpointImage::Tensors how) {
        const bool copied = how == CheckpointImage::Tensors::copied;
        alive.push_back(
            tensor.detach().to(torch::kCPU, tensor.scalar_type(), /*non_blocking=*/false, copied).contiguous());
        const torch::Tensor& t = alive.back();
        views.push_back(
            {name, type_name(t.scalar_type()), t.sizes().vec(), t.data_ptr(), static_cast<std::uint64_t>(t.nbytes())});
    }
};

Error misplaced(const std::string& what, const fs::path& file) {
    return {Error::Code::bad_data,
            what,
            "The checkpoint was made with another architecture; use the settings that lie beside it",
            {"file " + file.string()}};
}

/// Copies each wanted tensor from the file into place; with `what_there_is` those that it has, and of a head that has
/// grown since the rows that it had.
Status copy_in(const fs::path& path, const std::vector<std::pair<std::string, torch::Tensor>>& wanted,
               bool what_there_is = false) {
    Result<SafetensorsFile> file = SafetensorsFile::open(path);
    if (!file) return file.error();
    const torch::NoGradGuard no_grad;
    for (const auto& [name, target] : wanted) {
        const TensorView* found = file.value().find(name);
        if (!found && what_there_is) continue;
        if (!found) return misplaced("The tensor \"" + name + "\" is missing", path);
        const bool same_type = found->dtype == type_name(target.scalar_type());
        if (!same_type || (found->shape != target.sizes().vec() && !what_there_is) ||
            !copy_grown(torch::from_blob(const_cast<void*>(found->data), found->shape, target.scalar_type()), target))
            return misplaced("The tensor \"" + name + "\" has another shape or type", path);
    }
    return file.value().intact();
}

/// No run saves other weights, and nothing can be learnt from or said with them.
Status all_finite(const std::vector<std::pair<std::string, torch::Tensor>>& weights, const fs::path& file) {
    for (const auto& [name, tensor] : weights)
        if (tensor.is_floating_point() && !torch::isfinite(tensor).all().item<bool>())
            return Error{Error::Code::bad_data,
                         "The tensor \"" + name + "\" holds numbers that are not finite",
                         "Use another checkpoint",
                         {"file " + file.string()}};
    return {};
}

bool of_head(const std::string& name) {
    return name.starts_with(head_prefix);
}

/// A name in the bank as it stands in its file.
std::string inner(const std::string& name) {
    return name.substr(of_head(name) ? head_prefix.size() : backbone_prefix.size());
}

/// All that a file of weights holds, by the names there: parameters, and buffers that are state.
std::vector<std::pair<std::string, torch::Tensor>> weights_of(Model& model, bool head) {
    std::vector<std::pair<std::string, torch::Tensor>> out;
    for (ParameterBank* bank : model.banks())
        for (const auto& entry : bank->entries())
            if (of_head(entry.name) == head) out.emplace_back(inner(entry.name), bank->view(bank->weights(), entry));
    for (const Buffer& buffer : head ? model.objective->buffers() : model.backbone->buffers())
        if (buffer.state) out.emplace_back(buffer.name, buffer.tensor);
    if (head)
        for (const Parameter& kept : resting_heads(model.others)) out.emplace_back(kept.name, kept.tensor);
    return out;
}

constexpr const char* holding_file = "holding.safetensors";

std::vector<std::pair<std::string, torch::Tensor>> held_of(const Model& model) {
    std::vector<std::pair<std::string, torch::Tensor>> out;
    for (const Parameter& held : model.held) out.emplace_back(held.name, held.tensor);
    return out;
}

/// What a run carries from step to step goes on where the checkpoint has it with as many rows; elsewhere it begins
/// anew.
Status take_up_carried(const fs::path& path, const std::vector<std::pair<std::string, torch::Tensor>>& carried) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return {};
    const Result<SafetensorsFile> file = SafetensorsFile::open(path);
    if (!file) return file.error();
    for (const auto& [name, target] : carried) {
        const TensorView* found = file.value().find(name);
        if (!found || found->shape != target.sizes().vec()) return {};
    }
    return copy_in(path, carried);
}

/// Before the name of a weight: itself, where a checkpoint's own weights are an average.
constexpr const char* aside_name = "in_training.";

/// What optimizers remember of the weights that are trained, by the names in a checkpoint.
std::vector<std::pair<std::string, torch::Tensor>> memory_of(const std::vector<Optimized>& optimized) {
    std::vector<std::pair<std::string, torch::Tensor>> out;
    for (const auto& [bank, optimizer, aside] : optimized) {
        for (const auto& [kind, flat] : optimizer->state())
            for (const auto& entry : bank->entries())
                if (entry.trained >= 0) out.emplace_back(kind + "." + entry.name, bank->trained_view(flat, entry));
        if (!aside.defined()) continue;
        for (const auto& entry : bank->entries())
            if (entry.trained >= 0) out.emplace_back(aside_name + entry.name, bank->view(aside, entry));
    }
    return out;
}

void adapt(Backbone& backbone, const LoraShape& lora, std::uint64_t seed) {
    const std::vector<Adapted> adapted = backbone.adapt(lora, seed);
    for (const std::string& projection : lora.projections)
        if (std::none_of(adapted.begin(), adapted.end(), [&](const Adapted& a) { return a.projection == projection; }))
            throw Failure({Error::Code::bad_spec,
                           "The backbone has no projection \"" + projection + "\" to put an adapter beside",
                           "Leave it out of start.projections",
                           {"field start.projections"}});
}

}  // namespace

std::vector<ParameterBank*> Model::banks() const {
    std::vector<ParameterBank*> all{bank.get()};
    for (const auto& rival : rivals) all.push_back(rival.get());
    return all;
}

void move_to(const torch::Device& device, Buffers buffers) {
    for (Buffer& buffer : buffers) buffer.tensor.set_data(buffer.tensor.to(device));
}

InputFacts input_of(const CheckpointFacts& facts, const Tokenizer& tokenizer) {
    const InputFacts found = input_facts_of(facts.state.value("input", Json()));
    return found == InputFacts() ? tokens_input(tokenizer.vocabulary()) : found;
}

void fill_banks(Model& model) {
    const std::vector<PlayerRole> players = model.objective->players();
    std::vector<Parameters> shares(std::max<std::size_t>(players.size(), 1));
    for (const Parameter& p : model.backbone->parameters())
        shares.front().push_back({std::string(backbone_prefix) + p.name, p.tensor});
    for (const Parameter& p : model.objective->parameters()) {
        std::size_t owner = 0;
        for (std::size_t other = 1; other < players.size(); ++other)
            if (players[other].trains(p.name)) owner = other;
        shares[owner].push_back({std::string(head_prefix) + p.name, p.tensor});
    }
    for (Parameter& p : trained_heads(model.others)) shares.front().push_back(std::move(p));
    model.rivals.clear();
    model.bank = std::make_unique<ParameterBank>(shares.front(), model.compute.device, /*frozen=*/true);
    for (std::size_t other = 1; other < shares.size(); ++other)
        model.rivals.push_back(std::make_unique<ParameterBank>(shares[other], model.compute.device));
}

Model build_model(const Json& asked, const InputFacts& input, const Tokenizer& tokenizer, const Compute& compute,
                  const LabelFacts& labels, const std::optional<Teacher>& teacher, const std::vector<TaskFacts>& others,
                  bool train_earlier) {
    const Json spec = upgraded(asked);
    Model model;
    model.compute = compute;
    model.input = input;
    model.labels = labels;
    const Json& backbone = spec.at("backbone");
    const Json& objective = spec.at("objective");
    const ObjectiveKind& objective_kind = *find_kind(objectives(), objective.at("kind"));
    const BackboneKind& backbone_kind = *find_kind(backbones(), backbone.at("kind"));
    const BackboneInputs inputs{input, objective_kind.causal, mix64(seed_of(spec), 1)};
    model.backbone = backbone_kind.build(backbone, inputs);
    if (const auto lora = lora_of(spec)) adapt(*model.backbone, *lora, mix64(seed_of(spec), 3));
    const auto twin = [&] { return backbone_kind.build(backbone, inputs); };
    model.objective = objective_kind.build(objective, ObjectiveInputs{model.backbone->facts(), &tokenizer,
                                                                      head_seed(spec, others), labels, twin, teacher});
    model.metrics = objective_kind.metrics;
    model.augmentation = make_augmentation(spec.value("augmentation", Json()));
    if (!others.empty())
        model.others =
            heads_of(others, train_earlier,
                     ObjectiveInputs{model.backbone->facts(), &tokenizer, mix64(seed_of(spec), 4), {}, {}, {}},
                     model.compute.device);
    fill_banks(model);
    give_back_freed_memory();  // the first weights, which the banks have copied
    move_to(compute.device, model.backbone->buffers());
    move_to(compute.device, model.objective->buffers());
    model.micro_batch = spec.at("training").at("micro_batch").get<std::int64_t>();
    model.units_at_once = (input.is_one_thing() ? 1 : model.backbone->facts().context) * model.micro_batch;
    return model;
}

/// The files of a checkpoint.
struct CheckpointImage::Parts {
    Outgoing backbone, head, state, holding;
    bool holds = false;
    Json known, spec, tokenizer;
};

CheckpointImage::CheckpointImage(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
CheckpointImage::CheckpointImage(CheckpointImage&&) noexcept = default;
CheckpointImage& CheckpointImage::operator=(CheckpointImage&&) noexcept = default;
CheckpointImage::~CheckpointImage() = default;

Result<CheckpointImage> CheckpointImage::take(Model& model, const std::vector<Optimized>& optimized,
                                              const CheckpointFacts& facts, Tensors tensors) {
    std::vector<torch::Tensor> all;
    for (ParameterBank* bank : model.banks()) all.push_back(bank->weights());
    for (const Optimized& one : optimized)
        if (one.aside.defined()) all.push_back(one.aside);
    for (const torch::Tensor& weights : all)
        if (!torch::isfinite(weights).all().item<bool>())
            return Error{Error::Code::diverged,
                         "The weights are not finite any more, so no checkpoint was written",
                         "Go back to an earlier checkpoint",
                         {}};
    auto parts = std::make_unique<Parts>();
    for (const auto& [name, tensor] : weights_of(model, /*head=*/false)) parts->backbone.add(name, tensor, tensors);
    for (const auto& [name, tensor] : weights_of(model, /*head=*/true)) parts->head.add(name, tensor, tensors);
    for (const auto& [name, tensor] : held_of(model)) parts->holding.add(name, tensor, tensors);
    for (const auto& [name, tensor] : memory_of(optimized)) parts->state.add(name, tensor, tensors);
    parts->holds = !model.held.empty();
    parts->known = facts.state;
    parts->known["computed_with"] = {{"device", model.compute.device.is_cuda() ? "cuda" : "cpu"},
                                     {"precision", model.compute.precision_name()}};
    if (!model.others.empty()) {
        std::vector<TaskFacts> tasks;
        for (const OtherTask& task : model.others) tasks.push_back(task.facts);
        parts->known["tasks"] = to_json(tasks);
    }
    parts->spec = facts.spec;
    parts->tokenizer = facts.tokenizer;
    return CheckpointImage(std::move(parts));
}

Result<std::uint64_t> CheckpointImage::write(CheckpointWriter& writer, const std::function<Status()>& settle) const {
    for (const auto& [name, part] : {std::pair<const char*, const Outgoing*>{"backbone.safetensors", &parts_->backbone},
                                     {"head.safetensors", &parts_->head},
                                     {"optimizer.safetensors", &parts_->state},
                                     {holding_file, &parts_->holding}}) {
        if (part == &parts_->holding && !parts_->holds) continue;
        if (Status written = write_safetensors(writer.file(name), part->views, {{"format", "pt"}}); !written)
            return written.error();
    }
    for (const auto& [name, json] : {std::pair<const char*, const Json*>{"state.json", &parts_->known},
                                     {"spec.json", &parts_->spec},
                                     {"tokenizer.json", &parts_->tokenizer}})
        if (Status written = writer.add(name, json->dump(1)); !written) return written.error();
    return writer.commit(settle);
}

std::uint64_t checkpoint_bytes(Model& model, const std::vector<Optimized>& optimized) {
    std::uint64_t sum = 0;
    for (const bool head : {false, true})
        for (const auto& [name, tensor] : weights_of(model, head)) sum += static_cast<std::uint64_t>(tensor.nbytes());
    for (const auto& [name, tensor] : held_of(model)) sum += static_cast<std::uint64_t>(tensor.nbytes());
    for (const auto& [name, tensor] : memory_of(optimized)) sum += static_cast<std::uint64_t>(tensor.nbytes());
    return sum;
}

Result<std::uint64_t> save_checkpoint(const fs::path& folder, Model& model, const std::vector<Optimized>& optimized,
                                      const CheckpointFacts& facts) {
    const auto image = CheckpointImage::take(model, optimized, facts, CheckpointImage::Tensors::viewed);
    if (!image) return image.error();
    auto writer = CheckpointWriter::begin(folder, checkpoint_bytes(model, optimized));
    return writer ? image.value().write(writer.value()) : Result<std::uint64_t>(writer.error());
}

Result<CheckpointFacts> read_checkpoint_facts(const fs::path& folder) {
    if (Status whole = verify_checkpoint(folder); !whole) return whole.error();
    CheckpointFacts facts;
    for (const auto& [name, target] :
         {std::pair{"state.json", &facts.state}, {"spec.json", &facts.spec}, {"tokenizer.json", &facts.tokenizer}}) {
        Result<std::string> text = read_file(folder / name);
        if (!text) return text.error();
        *target = json_or_null(text.value());
        if (target->is_null())
            return Error{Error::Code::bad_data,
                         "The checkpoint's " + std::string(name) + " is not valid JSON",
                         "Use another checkpoint",
                         {folder.string()}};
    }
    facts.spec = upgraded(facts.spec);
    return facts;
}

Status load_weights(const fs::path& folder, Model& model) {
    for (const bool head : {false, true}) {
        const fs::path file = folder / (head ? "head.safetensors" : "backbone.safetensors");
        const auto weights = weights_of(model, head);
        if (Status copied = copy_in(file, weights); !copied) return copied;
        if (Status sound = all_finite(weights, file); !sound) return sound;
    }
    auto held = held_of(model);
    const auto carried = std::stable_partition(held.begin(), held.end(),
                                               [](const auto& one) { return !one.first.starts_with(carried_prefix); });
    if (carried != held.begin())
        if (Status copied = copy_in(folder / holding_file, {held.begin(), carried}); !copied) return copied;
    return carried == held.end() ? Status() : take_up_carried(folder / holding_file, {carried, held.end()});
}

Status load_held(const fs::path& folder, Model& model) {
    std::error_code ignored;
    if (!fs::exists(folder / holding_file, ignored)) return {};
    return copy_in(folder / holding_file, held_of(model), /*what_there_is=*/true);
}

Status load_optimizers(const fs::path& folder, const std::vector<Optimized>& optimized) {
    const fs::path path = folder / "optimizer.safetensors";
    Result<SafetensorsFile> file = SafetensorsFile::open(path);
    if (!file) return file.error();
    std::vector<std::pair<std::string, torch::Tensor>> wanted;
    for (const auto& [bank, optimizer, aside] : optimized) {
        const auto state = optimizer ? optimizer->state() : std::vector<std::pair<std::string, torch::Tensor>>();
        for (const auto& entry : bank->entries()) {
            if (entry.trained < 0) continue;
            // What joined after the checkpoint was written is in its average as it was before.
            if (aside.defined() && (entry.pace.since == 0 || file.value().find(aside_name + entry.name)))
                wanted.emplace_back(aside_name + entry.name, bank->view(aside, entry));
            const bool joined_later =
                entry.pace.since > 0 && std::none_of(state.begin(), state.end(), [&](const auto& one) {
                    return file.value().find(one.first + "." + entry.name) != nullptr;
                });
            for (const auto& [kind, flat] : state)
                if (!joined_later) wanted.emplace_back(kind + "." + entry.name, bank->trained_view(flat, entry));
        }
    }
    return copy_in(path, wanted);
}

}  // namespace gw

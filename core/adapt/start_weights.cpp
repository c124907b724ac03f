#include "adapt/start_weights.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "adapt/parent_fit.h"
#include "spec/run_spec.h"

namespace gw {

Status fits_checkpoint(const Json& spec, const CheckpointFacts& checkpoint) {
    if (!checkpoint.tokenizer.is_object() || checkpoint.tokenizer.empty())
        return Error{Error::Code::bad_spec,
                     "The checkpoint holds no tokenizer, so nobody knows what its token numbers stand for",
                     "Use a checkpoint that Groundwork has written",
                     {"field start.path"}};
    return fits_parent(spec, complete_spec(checkpoint.spec));
}

Status copy_weights(CheckpointModel& from, Model& into, bool with_head) {
    from.model.backbone->merge_adapters();
    const torch::NoGradGuard no_grad;
    auto copy = [](const Parameters& source, const Parameters& target, const std::string& what) -> Status {
        for (const Parameter& wanted : target) {
            if (is_adapter(wanted.name)) continue;
            const auto found =
                std::find_if(source.begin(), source.end(), [&](const Parameter& p) { return p.name == wanted.name; });
            const bool fits = found != source.end() && found->tensor.sizes() == wanted.tensor.sizes();
            if (!fits)
                return Error{
                    Error::Code::bad_spec,
                    "The checkpoint's " + what + " has no weight \"" + wanted.name + "\" of this shape",
                    what == "head" ? "Set start.keep_head=false" : "Set the section backbone as the checkpoint has it",
                    {"field start.path"}};
            torch::Tensor destination = wanted.tensor;
            destination.copy_(found->tensor);
        }
        return {};
    };
    // What a kind calls state among its buffers belongs to what was learnt; tables are made from the settings.
    auto with_state = [](Parameters all, const Buffers& buffers) {
        for (const Buffer& buffer : buffers)
            if (buffer.state) all.push_back({buffer.name, buffer.tensor});
        return all;
    };
    const Backbone &theirs = *from.model.backbone, &ours = *into.backbone;
    if (Status copied = copy(with_state(theirs.parameters(), theirs.buffers()),
                             with_state(ours.parameters(), ours.buffers()), "backbone");
        !copied)
        return copied;
    if (!with_head) return {};
    const Objective &head = *from.model.objective, &new_head = *into.objective;
    return copy(with_state(head.parameters(), head.buffers()), with_state(new_head.parameters(), new_head.buffers()),
                "head");
}

}  // namespace gw

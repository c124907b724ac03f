#include "train/event_texts.h"

#include "train/messages.h"

namespace gw {

std::span<const char* const> run_texts() {
    static constexpr const char* all[] = {
        say::made_up,
        say::resumed,
        say::no_memory,
        say::stopped_early,
        say::stopped_early_than,
        say::best_not_restored,
        say::back_to,
        say::not_saved,
        say::current_not_noted,
        say::best_not_marked,
        say::verdict_not_written,
        say::predictions_not_written,
        say::not_evaluated_at_stop,
        say::data_read,
        say::forgetting_no_more,
        say::forgetting_unknown,
        say::same_teacher,
        say::of_task,
        say::torch_failed,
        say::see_log,
        say::nothing_to_train,
        say::thaw,
        say::first_could_not,
        say::cannot_probe,
        say::no_probe_examples,
    };
    return all;
}

}  // namespace gw

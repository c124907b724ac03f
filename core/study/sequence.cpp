#include "study/sequence.h"

#include <algorithm>

#include "adapt/checkpoint_model.h"
#include "data/prepare.h"
#include "spec/run_spec.h"

namespace gw {

namespace {

constexpr const char* only_key = "only";  ///< data/only_setting.h

bool can_be_cut(const Json& dataset) {
    const Sheet* sheet = find_sheet("dataset", dataset.value("kind", ""));
    return sheet && std::any_of(sheet->rows.begin(), sheet->rows.end(),
                                [](const schema::Row& row) { return row.info.key == only_key; });
}

}  // namespace

Json dataset_of(const SequenceTask& task) {
    Json dataset = task.dataset;
    if (!task.classes.empty()) dataset[only_key] = task.classes;
    return dataset;
}

Result<SequenceReading> SequenceReading::of_checkpoint(const fs::path& checkpoint) {
    auto facts = read_checkpoint_facts(checkpoint);
    if (!facts) return facts.error();
    SequenceReading reading;
    reading.state = std::move(facts.value().tokenizer);
    const InputFacts input = input_facts_of(facts.value().state.value("input", Json()));
    if (!(input == InputFacts())) reading.input = input;
    return reading;
}

Result<std::vector<SequenceTask>> tasks_by_class(const SequenceReading& reading, const Json& dataset, const Json& split,
                                                 std::int64_t size, const fs::path& cache, const ProgressFn& progress,
                                                 std::stop_token stop) {
    if (size < 2)
        return Error{Error::Code::bad_spec,
                     "A task of one class leaves nothing to tell apart",
                     "Make groups of two classes or more",
                     {}};
    if (!can_be_cut(dataset))
        return Error{Error::Code::bad_spec,
                     "Data of this kind has no classes to cut into groups",
                     "Choose labelled data, or data for each task",
                     {"field dataset.kind"}};
    auto data = prepare_data({dataset, split, reading.tokenizer, reading.state, false, cache, progress, stop});
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

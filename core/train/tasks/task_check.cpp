#include "train/tasks/task_check.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "util/text.h"

namespace gw {

namespace {

/// The column or field of the labels, as it was found.
std::string column_of(const PreparedData& data) {
    const ReadReport::Column& label = data.read.label;
    const std::string found = !label.name.empty() ? "\"" + label.name + "\""
                              : label.number > 0  ? "column " + std::to_string(label.number)
                                                  : "by file or folder";
    return "field dataset.label (" + found + ")";
}

std::string percent(double share) {
    return significant(100 * share, 3) + " %";
}

/// How many different classes the examples of a part hold.
std::int64_t classes_in(const ExampleTable& table) {
    std::vector<bool> seen(table.classes.size());
    for (const Example& example : table.examples)
        for (const std::int32_t c : example.classes) seen[static_cast<std::size_t>(c)] = true;
    return std::count(seen.begin(), seen.end(), true);
}

Status check_classes(const PreparedData& data, const LabelFacts& labels) {
    if (labels.classes.empty())
        return Error{Error::Code::bad_data,
                     "No row of the data names a class",
                     "Choose the column with the classes",
                     {column_of(data)}};
    const std::int64_t found = classes_in(data.train_examples);
    if (labels.kind != LabelKind::class_set && found < 2)
        return Error{Error::Code::bad_data,
                     "All " + grouped(labels.examples) + " training examples are of one class, \"" +
                         labels.classes[static_cast<std::size_t>(std::distance(
                             labels.counts.begin(), std::max_element(labels.counts.begin(), labels.counts.end())))] +
                         "\": there is nothing to tell apart",
                     data.input.image ? "Add pictures of other classes, or name more of them in dataset.only"
                                      : "Add examples of other classes, or choose another column",
                     {data.input.image ? "section dataset" : column_of(data)}};
    constexpr std::size_t many = 1000;
    const double each = static_cast<double>(labels.examples) / static_cast<double>(labels.classes.size());
    if (labels.kind != LabelKind::word_classes && labels.classes.size() >= many && each < 5)
        return Error{Error::Code::bad_data,
                     "The labels have " + grouped(static_cast<std::int64_t>(labels.classes.size())) +
                         " different values in " + grouped(labels.examples) +
                         " training examples: that looks like an identifier, a number or free text, not like classes",
                     "Choose another column, or set dataset.labels=number for numbers",
                     {column_of(data)}};
    return {};
}

void warn_of_balance(const LabelFacts& labels, std::vector<Event>& events) {
    const auto most = std::max_element(labels.counts.begin(), labels.counts.end());
    const std::int64_t all = std::accumulate(labels.counts.begin(), labels.counts.end(), std::int64_t{0});
    if (all == 0 || labels.kind == LabelKind::class_set) return;
    const std::string& name = labels.classes[static_cast<std::size_t>(std::distance(labels.counts.begin(), most))];
    const double share = static_cast<double>(*most) / static_cast<double>(all),
                 fair = 1.0 / static_cast<double>(labels.classes.size());
    if (share > std::max(0.7, 1.5 * fair))
        events.push_back({0, "warning",
                          percent(share) + " of the training labels are \"" + name +
                              "\": who always guesses it is right that often. Look at the balanced accuracy and F1, or "
                              "set objective.balanced=true"});
    std::string lacking;
    for (std::size_t i = 0; i < labels.classes.size(); ++i)
        if (labels.counts[i] == 0) lacking += (lacking.empty() ? "\"" : ", \"") + labels.classes[i] + "\"";
    if (!lacking.empty())
        events.push_back({0, "warning",
                          "The training part has no example of " + well_formed_utf8(lacking.substr(0, 200)) +
                              ", which the held-out parts have"});
}

}  // namespace

Result<std::vector<Event>> check_task(const PreparedData& data, const LabelFacts& labels, std::int64_t context) {
    std::vector<Event> events;
    if (labels.kind == LabelKind::number) {
        const auto& all = data.train_examples.examples;
        if (std::all_of(all.begin(), all.end(),
                        [&](const Example& example) { return example.value == all.front().value; }))
            return Error{Error::Code::bad_data,
                         "All training examples have the same number as label, so there is nothing to learn",
                         "Choose another column",
                         {column_of(data)}};
        if (!std::isfinite(labels.mean) || !std::isfinite(labels.deviation))
            return Error{
                Error::Code::bad_data,
                "The numbers of the labels lie too far apart: their spread is beyond what can be reckoned with",
                "Write them in a larger unit, or as their logarithms",
                {column_of(data)}};
    } else {
        if (Status sound = check_classes(data, labels); !sound) return sound.error();
        warn_of_balance(labels, events);
    }
    const auto& examples = data.train_examples.examples;
    const auto longer = std::count_if(examples.begin(), examples.end(),
                                      [&](const Example& example) { return example.length > context; });
    if (longer > 0)
        events.push_back({0, "warning",
                          grouped(longer) + " of " + grouped(data.train_examples.size()) +
                              " training texts are longer than the " + grouped(context) +
                              " tokens of the context: what stands behind is not read"});
    return events;
}

}  // namespace gw

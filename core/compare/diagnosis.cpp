#include "compare/diagnosis.h"

#include <algorithm>
#include <cmath>

#include "compare/smoothing.h"
#include "store/notices.h"
#include "util/text.h"

namespace gw {

namespace {

using Tone = Finding::Tone;

/// Mean of the finite values of the buckets whose end lies in (from, to].
std::optional<double> mean_between(const std::vector<Bucket>& curve, double from, double to) {
    double sum = 0;
    std::int64_t count = 0;
    for (const Bucket& bucket : curve)
        if (static_cast<double>(bucket.last_step) > from && static_cast<double>(bucket.last_step) <= to) {
            sum += bucket.sum;
            count += bucket.finite;
        }
    return count > 0 ? std::optional(sum / static_cast<double>(count)) : std::nullopt;
}

/// What the last fifth of the steps brought, against the fifth before it.
void judge_progress(const std::vector<Bucket>& training, std::vector<Finding>& out) {
    const auto end = static_cast<double>(training.back().last_step),
               begin = static_cast<double>(training.front().first_step) - 1;
    const double fifth = (end - begin) / 5;
    const auto first = mean_between(training, begin, begin + fifth),
               before = mean_between(training, end - 2 * fifth, end - fifth),
               last = mean_between(training, end - fifth, end);
    if (!first || !before || !last) return;
    const double gained = *before - *last, whole = *first - *last;
    constexpr double much = 0.02, little = 0.002;  // of the loss, within a fifth of the steps
    const std::string gain = significant(std::abs(gained), 2),
                      share = significant(100 * std::abs(gained) / std::abs(*last), 2);
    if (whole <= 0)
        out.push_back({Tone::warning,
                       {GW_TEXT("The training loss is not below where it began (%1)"), {significant(*last, 4)}},
                       {GW_TEXT("Lower the learning rate, or look at the data"), {}}});
    else if (gained > much * std::abs(*last))
        out.push_back(
            {Tone::neutral,
             {GW_TEXT("Still learning: the last fifth of the steps brought the training loss down by %1 (%2 %)"),
              {gain, share}},
             {GW_TEXT("A larger budget is likely to pay"), {}}});
    else if (gained > little * std::abs(*last))
        out.push_back(
            {Tone::good, {GW_TEXT("Levelling off: the last fifth of the steps brought %1 (%2 %)"), {gain, share}}, {}});
    else if (gained >= -little * std::abs(*last))
        out.push_back(
            {Tone::good,
             {GW_TEXT("Converged: the last fifth of the steps changed the training loss by less than 0.2 %"), {}},
             {}});
    else
        out.push_back({Tone::warning,
                       {GW_TEXT("The training loss rose by %1 (%2 %) in the last fifth of the steps"), {gain, share}},
                       {GW_TEXT("Lower the learning rate or its end"), {}}});
}

void judge_fit(const std::vector<Bucket>& training, const std::vector<Bucket>& validation, bool leaked,
               std::vector<Finding>& out) {
    std::vector<const Bucket*> scored;
    for (const Bucket& bucket : validation)
        if (bucket.finite > 0) scored.push_back(&bucket);
    if (scored.empty()) return;
    const auto best = *std::min_element(scored.begin(), scored.end(),
                                        [](const Bucket* a, const Bucket* b) { return a->least < b->least; });
    const double last = scored.back()->mean();
    const auto end = static_cast<double>(training.back().last_step),
               begin = static_cast<double>(training.front().first_step);
    const auto recent = mean_between(training, end - std::max(1.0, (end - begin) / 10), end);
    if (!recent) return;
    const double gap = last - *recent;
    constexpr double risen = 0.01, apart = 0.15, close = 0.02;
    const std::size_t since = static_cast<std::size_t>(
        std::count_if(scored.begin(), scored.end(), [&](const Bucket* b) { return b->first_step > best->last_step; }));
    if (last > best->least * (1 + risen) && since >= 2)
        out.push_back(
            {Tone::warning,
             {GW_TEXT("Overfitting: the validation loss was best (%1) at step %2 and has risen to %3 since"),
              {significant(best->least, 4), grouped(best->last_step), significant(last, 4)}},
             {GW_TEXT("Take the best checkpoint; more data, dropout, weight decay or early stopping help"), {}}});
    else if (gap > apart * std::abs(*recent))
        out.push_back({Tone::warning,
                       {GW_TEXT("The validation loss lies %1 above the training loss: the model knows its training "
                                "data better than new data"),
                        {significant(gap, 3)}},
                       {GW_TEXT("More data or dropout narrow the gap"), {}}});
    else if (leaked)
        out.push_back(
            {Tone::warning,
             {GW_TEXT(
                  "Whether it overfits cannot be told: what it was trained on and what judges it have texts in common"),
              {}},
             {}});
    else if (std::abs(gap) < close * std::abs(*recent))
        out.push_back({Tone::good,
                       {GW_TEXT("No overfitting: validation and training loss are within 2 % of each other"), {}},
                       {GW_TEXT("A larger model or budget may still lower both"), {}}});
    else
        out.push_back(
            {Tone::good,
             {GW_TEXT("The validation loss lies %1 above the training loss, a usual gap"), {significant(gap, 3)}},
             {}});
}

}  // namespace

std::vector<Finding> told_findings(const std::vector<EventRecord>& events) {
    std::vector<Finding> out;
    for (const Notice& notice : notices_of(events)) {
        Finding finding{Tone::warning, {"%1", {notice.text}}, {}, true};
        if (notice.count > 1)
            finding.what = {GW_TEXT("%1 (told %2 times, last at step %3)"),
                            {notice.text, grouped(notice.count), grouped(notice.last_step)}};
        if (notice.kind == "leak")
            finding.advice = {
                GW_TEXT(
                    "Scores on such texts measure memory: take the copies out of the data, or put them into one part"),
                {}};
        if (notice.kind == "save_failed")
            finding.advice = {GW_TEXT("What is trained after the last checkpoint is lost if the program ends: free "
                                      "disk space, or mend what is named"),
                              {}};
        out.push_back(std::move(finding));
    }
    return out;
}

std::vector<Finding> diagnose(const std::vector<Bucket>& training, const std::vector<Bucket>& validation,
                              std::optional<double> floor, bool leaked, bool rivals) {
    std::vector<Finding> out;
    std::int64_t bad = 0, points = 0;
    for (const Bucket& bucket : training) {
        bad += bucket.bad;
        points += bucket.points;
    }
    if (bad > 0)
        out.push_back({Tone::warning,
                       {GW_TEXT("%1 steps had a loss that is not a number or infinite"), {grouped(bad)}},
                       {GW_TEXT("Lower the learning rate, lengthen the warm-up, or clip the gradient"), {}}});
    constexpr std::int64_t least = 50;
    if (points - bad < least) {
        out.push_back({Tone::neutral, {GW_TEXT("Too few steps to judge the run"), {}}, {}});
        return out;
    }
    if (rivals) {
        out.push_back({Tone::neutral,
                       {GW_TEXT("Two sides learn from each other, so that the loss need not fall"), {}},
                       {GW_TEXT("Go by the samples, and by how far what is drawn lies from what is held out"), {}}});
        return out;
    }
    judge_progress(training, out);
    judge_fit(training, validation, leaked, out);
    if (floor && !validation.empty() && validation.back().finite > 0) {
        const double above = validation.back().mean() - *floor;
        out.push_back({above < 0.1 * *floor ? Tone::good : Tone::neutral,
                       {GW_TEXT("%1 above the floor of the data (%2), below which no model can get"),
                        {significant(above, 3), significant(*floor, 4)}},
                       {}});
    }
    return out;
}

std::vector<Finding> diagnose(const Store& store, const RunRecord& run) {
    const auto events = store.events(run.id);
    std::vector<Finding> out = events ? told_findings(events.value()) : std::vector<Finding>();
    // What is trained, where the plain loss is another: the two curves must be of one kind.
    auto validation = store.curve(run.id, "validation/criterion");
    if (!validation || validation.value().empty()) validation = store.curve(run.id, "validation/loss");
    const auto training = store.curve(run.id, "train/loss");
    if (!training || !validation || training.value().empty()) return out;
    const bool leaked = events && std::any_of(events.value().begin(), events.value().end(),
                                              [](const EventRecord& event) { return event.kind == "leak"; });
    // Each player has a gradient of its own; the first one's is the run's.
    const auto names = store.metrics(run.id);
    const bool rivals = names && std::any_of(names.value().begin(), names.value().end(), [](const std::string& name) {
                            return name.starts_with("train/") && name.ends_with("_grad_norm");
                        });
    const auto floor = run.facts.find("floor_loss");
    const auto seen =
        diagnose(training.value(), validation.value(),
                 floor != run.facts.end() && floor->is_number() ? std::optional(floor->get<double>()) : std::nullopt,
                 leaked, rivals);
    out.insert(out.end(), seen.begin(), seen.end());
    return out;
}

}  // namespace gw

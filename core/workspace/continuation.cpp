#include "workspace/continuation.h"

#include <algorithm>
#include <cmath>

#include "spec/rate_course.h"
#include "spec/run_spec.h"

namespace gw {

BudgetLeft budget_left(const RunRecord& run, const Json& training, std::int64_t step) {
    BudgetLeft out;
    const double budget = training.value("budget", 0.0);
    const std::string unit = training.value("budget_unit", "steps");
    const Json own = run.spec.value("training", Json::object());
    if (unit == "minutes") {
        const double seconds =
            run.steps > 0 ? run.seconds * static_cast<double>(step) / static_cast<double>(run.steps) : 0;
        out.spent = seconds >= 60 * budget;
        return out;
    }
    double steps = budget;
    const double tokens_per_step = run.facts.value("tokens_per_step", 0.0),
                 train_tokens = run.facts.value("train_tokens", 0.0);
    const double before = own.value("budget", 0.0);
    const bool same_unit = unit == own.value("budget_unit", "steps") && before > 0 && run.total_steps > 0;
    if (unit == "tokens" && tokens_per_step > 0)
        steps = std::ceil(budget / tokens_per_step);
    else if (unit == "epochs" && same_unit)
        steps = std::round(static_cast<double>(run.total_steps) * budget / before);
    else if (unit == "epochs" && tokens_per_step > 0 && train_tokens > 0)
        steps = std::round(budget * train_tokens / tokens_per_step);
    else if (unit != "steps")
        return out;  // nothing is known of it yet
    out.total_steps = static_cast<std::int64_t>(steps);
    out.spent = step >= *out.total_steps;
    return out;
}

double rate_at(const Json& spec, std::int64_t step, std::int64_t total) {
    if (total < 1) return 0;
    constexpr std::int64_t finest = 10000;
    const auto curve =
        schedule_curve(spec, total, static_cast<int>(std::min(total, finest)));  // from step 0 to the last
    const double share =
        std::clamp(static_cast<double>(step) / std::max(1.0, static_cast<double>(total - 1)), 0.0, 1.0);
    return curve.empty() ? 0
                         : curve[static_cast<std::size_t>(std::llround(share * static_cast<double>(curve.size() - 1)))];
}

Json level_rate(const Json& spec, std::int64_t step, std::int64_t total) {
    if (rate_goes_by_evaluations(spec)) return {};  // nobody knows what it is by now
    const double rate = rate_at(spec, std::max<std::int64_t>(0, step - 1), total);
    constexpr int looks = 5;
    for (const Sheet* sheet : find_family("schedule")->kinds) {
        Json level = sheet->complete(Json::object());
        level["kind"] = sheet->card.id;
        for (const schema::Row& row : sheet->rows)
            if (row.info.min == 0 && row.info.unit == "steps")
                level[std::string(row.info.key)] = 0.0;  // no warm-up once more
        Json tried = spec;
        tried["schedule"] = level;
        const auto curve = schedule_curve(tried, looks * looks, looks);
        if (std::all_of(curve.begin(), curve.end(), [&](double one) { return one == curve.front(); }))
            return {{"schedule", level}, {"lr", rate}};
    }
    return {};
}

}  // namespace gw

#include "study/checkup/subject.h"

#include <torch/types.h>

#include <cmath>

#include "optim/schedule.h"
#include "spec/run_spec.h"
#include "spec/settings.h"

namespace gw {

namespace {

/// A schedule that leaves the rate as it is, without a warm-up.
Json steady_schedule() {
    constexpr double total = 100;
    for (const ScheduleKind& kind : schedules()) {
        Json section = kind.complete({{"kind", kind.card.id}});
        if (section.contains("warmup")) section["warmup"] = 0;
        const auto schedule = kind.build(section);
        bool steady = !schedule->plateau();
        for (double step = 0; steady && step < total; ++step)
            steady = schedule->factor(static_cast<std::int64_t>(step), total) == 1;
        if (steady) return section;
    }
    throw Failure({Error::Code::internal, "No schedule leaves the learning rate as it is", "", {}});
}

Json checked_spec(const CheckupRequest& request, const std::function<void(Json& spec)>& change) {
    Json spec = request.spec;
    spec["training"]["budget"] = static_cast<double>(request.steps);
    spec["training"]["budget_unit"] = "steps";
    spec["schedule"] = steady_schedule();
    const auto set = [&](const char* section, const char* key, const Json& value) {
        if (spec.contains(section) && spec[section].contains(key)) spec[section][key] = value;
    };
    set("sampling", "every", 0);
    set("probing", "every", 0);
    set("start", "forgetting", false);
    set("monitoring", "layers_every", 0);
    set("monitoring", "histograms_every", 0);
    set("monitoring", "energy", false);
    if (change) change(spec);
    return complete_spec(spec);
}

}  // namespace

CheckSubject::CheckSubject(const CheckupRequest& request, const std::function<void(Json& spec)>& change,
                           const Around& around)
    // The folder is no run's and is not made.
    : request_{checked_spec(request, change), request.cache / "check-without-a-run", request.cache, {}, 0},
      port_(request.stop),
      run_(request_, port_) {
    run_.prepare();
    if (around) run_.ready.source = around(std::move(run_.ready.source));
}

CheckSubject::Step CheckSubject::step(double rate_scale) {
    look_for_stop();
    Stepper::Wish wish = next_wish(run_);
    wish.rate_scale = rate_scale;
    wish.most_loss = HUGE_VAL;
    const Stepper::Taken taken = run_.stepper->step(run_.at, wish, *run_.watch);
    run_.at = after_step(run_, taken.tokens);
    Step out;
    out.lr = taken.figures.lr;
    out.loss = taken.figures.values.front().item<double>();
    out.finite = taken.figures.applied.item<bool>();
    return out;
}

Score CheckSubject::score() {
    look_for_stop();
    run_.examiner.stand(run_.at, 0);
    return run_.examiner.score(Part::validation, run_.looked_at());
}

std::int64_t CheckSubject::choices() const {
    const Model& model = run_.ready.model;
    switch (model.objective->labels()) {
        case LabelKind::one_class:
        case LabelKind::word_classes:
            return static_cast<std::int64_t>(model.labels.classes.size());
        case LabelKind::none:
            return model.objective->is_language_model() && model.input.tokens ? model.input.tokens->vocabulary : 0;
        default:
            return 0;
    }
}

void CheckSubject::look_for_stop() const {
    if (port_.stop_token().stop_requested()) throw Failure({Error::Code::cancelled, "The check was cancelled", "", {}});
}

}  // namespace gw

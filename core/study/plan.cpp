#include "study/plan.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "model/backbone.h"
#include "objective/objective.h"
#include "spec/backbone_size.h"
#include "study/bench_texts.h"
#include "study/scaled_spec.h"
#include "train/guard/memory_retry.h"

namespace gw {

namespace {

constexpr double tokens_of_parameter = 20;

/// What can be said of a size before it is built; the vocabulary is the request's where it gives one.
Estimate estimate_of(const Json& spec, const std::optional<std::int64_t>& vocabulary) {
    Estimate out = estimate_run(spec);
    if (!vocabulary) return out;
    const Json &backbone = spec.at("backbone"), &objective = spec.at("objective");
    const BackboneSize size =
        find_kind(backbones(), backbone.at("kind"))->size(settled_backbone(spec), tokens_input(*vocabulary));
    const ObjectiveKind* aim = find_kind(objectives(), objective.at("kind"));
    const BackboneFacts facts{
        .width = size.width, .context = size.context, .vocabulary = *vocabulary, .tied = size.tied};
    const std::int64_t parameters = size.parameters + aim->head_parameters(objective, facts);
    const auto grown = [&](std::uint64_t bytes) {
        return static_cast<std::uint64_t>(static_cast<double>(bytes) * static_cast<double>(parameters) /
                                          static_cast<double>(std::max<std::int64_t>(1, out.parameters)));
    };
    out.memory_weights = grown(out.memory_weights);
    out.memory_optimizer = grown(out.memory_optimizer);
    out.checkpoint_bytes = grown(out.checkpoint_bytes);
    out.parameters = parameters;
    out.flops_per_token = aim->flops_per_unit(objective, facts, size.flops_per_unit);
    return out;
}

class Planner {
  public:
    explicit Planner(const PlanRequest& request) : request_(request), free_(free_host_memory()) {}

    Result<Plan> run() {
        plan_.unit = estimate_run(request_.bench.spec).unit;
        std::vector<double> factors = request_.factors;
        std::sort(factors.begin(), factors.end());
        std::optional<Error> refused;
        for (const double factor : factors) {
            auto spec = scaled_spec(request_.bench.spec, factor);
            if (!spec) return spec.error();
            const std::string size = size_text(spec.value());
            const bool again = std::any_of(plan_.sizes.begin(), plan_.sizes.end(),
                                           [&](const PlannedSize& known) { return known.size == size; });
            if (again) continue;  // small factors may round to the same
            const Status added = add(std::move(spec).value(), size);
            if (added) continue;
            // A size that nothing can be built of (more stages than a small picture has halves) is no choice.
            if (added.error().code != Error::Code::bad_spec) return added.error();
            refused = added.error();
        }
        if (plan_.sizes.empty() && refused) return *refused;
        return for_hours(std::move(plan_), request_.hours);
    }

  private:
    Status add(Json spec, const std::string& size) {
        const Estimate estimate = estimate_of(spec, request_.bench.vocabulary);
        PlannedSize one;
        one.size = size;
        one.memory = estimate.memory_weights + estimate.memory_optimizer + estimate.memory_activations;
        one.checkpoint = estimate.checkpoint_bytes;
        one.parameters = estimate.parameters;
        one.fits = free_ == 0 || one.memory < free_;
        double flops_per_unit = estimate.flops_per_token;
        const auto known = request_.known ? request_.known(spec) : std::nullopt;
        if (known) {
            one.units_per_second = *known;
            one.source = PlannedSize::Source::history;
        } else if (one.fits && worth_measuring(estimate)) {
            BenchRequest bench = request_.bench;
            bench.spec = spec;
            bench.steps = 8;
            bench.warmup = 2;
            bench.seconds = request_.seconds_each / 2;
            bench.products = false;
            const auto measured = bench_steps(bench);
            if (measured) {
                const BenchReport& report = measured.value();
                one.units_per_second = report.units_per_second();
                one.parameters = report.parameters;
                flops_per_unit =
                    report.flops_per_step / static_cast<double>(std::max<std::int64_t>(1, report.units_per_step));
                one.source = PlannedSize::Source::measured;
            } else if (measured.error().code == Error::Code::out_of_memory && rate_ > 0) {
                one.fits = false;  // what was measured of smaller ones still counts
            } else {
                return measured.error();
            }
        }
        if (one.source == PlannedSize::Source::reckoned)
            one.units_per_second = flops_per_unit > 0 ? rate_ / flops_per_unit : 0;
        if (one.source != PlannedSize::Source::reckoned) rate_ = one.units_per_second * flops_per_unit;
        one.flops_per_unit = flops_per_unit;
        one.spec = std::move(spec);
        plan_.sizes.push_back(std::move(one));
        return {};
    }

    /// The first is measured in any case: nothing is known without it.
    bool worth_measuring(const Estimate& estimate) const {
        constexpr double fewest_steps = 5;
        if (rate_ <= 0) return true;
        const double step = static_cast<double>(estimate.tokens_per_step) * estimate.flops_per_token / rate_;
        return fewest_steps * step < request_.seconds_each;
    }

    const PlanRequest& request_;
    const std::uint64_t free_;
    double rate_ = 0;  ///< FLOP/s of the last size whose speed is known
    Plan plan_;
};

}  // namespace

Json to_json(const Plan& plan) {
    Json sizes = Json::array();
    for (const PlannedSize& one : plan.sizes)
        sizes.push_back({{"size", one.size},
                         {"parameters", one.parameters},
                         {"units_per_second", one.units_per_second},
                         {"units", one.units},
                         {"units_per_parameter", one.units_per_parameter()},
                         {"flops", one.flops()},
                         {"known_by", source_text(one.source)},
                         {"memory", one.memory},
                         {"checkpoint", one.checkpoint},
                         {"fits", one.fits},
                         {"spec", one.spec}});
    return {{"hours", plan.hours},
            {"unit", plan.unit},
            {"sizes", std::move(sizes)},
            {"advised", plan.advised ? Json(*plan.advised) : Json()}};
}

const char* source_text(PlannedSize::Source source) {
    switch (source) {
        case PlannedSize::Source::measured:
            return say::known_by_measuring;
        case PlannedSize::Source::history:
            return say::known_by_history;
        case PlannedSize::Source::reckoned:
            return say::known_by_reckoning;
    }
    return "";
}

Plan for_hours(Plan plan, double hours) {
    constexpr double seconds_an_hour = 3600;
    plan.hours = hours;
    plan.advised.reset();
    double nearest = HUGE_VAL;
    for (std::size_t i = 0; i < plan.sizes.size(); ++i) {
        PlannedSize& one = plan.sizes[i];
        one.units = std::floor(one.units_per_second * hours * seconds_an_hour);
        one.spec["training"]["budget_unit"] = "tokens";
        one.spec["training"]["budget"] = std::max(1.0, one.units);
        const double off = std::abs(std::log(std::max(one.units_per_parameter(), 1e-9) / tokens_of_parameter));
        if (plan.unit != "tokens" || !one.fits || off >= nearest) continue;
        nearest = off;
        plan.advised = i;
    }
    return plan;
}

Result<Plan> make_plan(const PlanRequest& request) {
    return Planner(request).run();
}

}  // namespace gw

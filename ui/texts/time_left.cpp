#include "ui/texts/time_left.h"

#include <algorithm>

namespace gw::ui {

namespace {

/// Phases that come again and again beside training.
bool isLook(const std::string& phase) {
    return phase == "evaluating" || phase == "saving" || phase == "sampling" || phase == "probing";
}

double minutesOf(const Json& spec) {
    const Json training = spec.is_object() ? spec.value("training", Json::object()) : Json::object();
    return training.value("budget_unit", std::string()) == "minutes" ? training.value("budget", 0.0) : 0.0;
}

constexpr double minute = 60;  // s

}  // namespace

void TimeLeft::begin(const Json& spec) {
    *this = {};
    spec_ = spec;
}

void TimeLeft::note(const MetricRow& row) {
    constexpr std::int64_t coldSteps = 5;
    step_ = row.step;
    seconds_ = row.seconds;
    if (first_ < 0) first_ = row.step;
    if (warm_ >= 0 || row.step < first_ + coldSteps) return;
    warm_ = row.step;
    warmSeconds_ = row.seconds;
    phases_.clear();
    others_ = 0;
}

void TimeLeft::note(const Progress& progress, double now) {
    if (progress.phase == phase_) {
        phaseDone_ = progress.fraction;
        return;
    }
    if (isLook(phase_)) {
        Phase& phase = phases_[phase_];
        phase.seconds += now - phaseBegan_;
        ++phase.count;
        others_ += now - phaseBegan_;
    }
    phase_ = progress.phase;
    phaseBegan_ = now;
    phaseDone_ = progress.fraction;
}

std::int64_t TimeLeft::every(const std::string& phase) const {
    const auto setting = [&](const char* section) {
        return spec_.is_object() ? spec_.value(section, Json::object()).value("every", std::int64_t{0})
                                 : std::int64_t{0};
    };
    return phase == "evaluating" ? knobs_.evaluation_every.value_or(setting("evaluation"))
           : phase == "saving"   ? knobs_.saving_every.value_or(setting("saving"))
           : phase == "sampling" ? setting("sampling")
                                 : setting("probing");
}

/// Of those that are still to come, at the pace of those that were; the end brings one of each.
double TimeLeft::ofPhases(std::int64_t step) const {
    double sum = 0;
    for (const auto& [name, phase] : phases_) {
        const std::int64_t each = every(name);
        const std::int64_t due = 1 + (each > 0 ? std::max<std::int64_t>(0, (total_ - 1) / each - step / each) : 0);
        sum += phase.seconds / static_cast<double>(phase.count) * static_cast<double>(due);
    }
    return sum;
}

double TimeLeft::ofThisPhase(double now) const {
    if (!isLook(phase_)) return 0;
    if (phaseDone_ > 0) return (now - phaseBegan_) * (1 - phaseDone_) / phaseDone_;
    const auto before = phases_.find(phase_);
    if (before == phases_.end()) return 0;
    return std::max(0.0, before->second.seconds / static_cast<double>(before->second.count) - (now - phaseBegan_));
}

double TimeLeft::seconds(double now) const {
    constexpr double least = 0.5;
    double left = -1;
    if (const double minutes = minutesOf(spec_); minutes > 0) {
        if (step_ >= 0) left = minutes * minute - seconds_;  // evaluations and saves are part of such a budget
    } else if (total_ > 0 && step_ >= total_) {
        left = ofThisPhase(now);
    } else if (total_ > 0 && warm_ >= 0 && step_ > warm_) {
        const double each = std::max(0.0, seconds_ - warmSeconds_ - others_) / static_cast<double>(step_ - warm_);
        left = each * static_cast<double>(total_ - step_) + ofPhases(step_) + ofThisPhase(now);
    }
    return left >= least ? left : -1;
}

double TimeLeft::fraction() const {
    if (step_ < 0) return -1;
    if (const double minutes = minutesOf(spec_); minutes > 0) return std::min(1.0, seconds_ / (minutes * minute));
    return total_ > 0 ? std::min(1.0, static_cast<double>(step_) / static_cast<double>(total_)) : -1;
}

}  // namespace gw::ui

#include "train/examine/verdict.h"

#include "artifact/checkpoint.h"
#include "train/message/event_texts.h"
#include "util/text.h"

namespace gw {

namespace {

std::optional<double> number(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_number() ? std::optional(it->get<double>()) : std::nullopt;
}

Json section(const Json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_object() ? *it : Json::object();
}

std::string text(const Json& object, const char* key, const std::string& otherwise) {
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : otherwise;
}

}  // namespace

bool Verdict::note(const Ranking::Figure& figure, bool may_stop) {
    stopped_ = (patience_.note(figure.value, figure.loss) && may_stop) || stopped_;
    if (!plateau_.note(figure.value, figure.loss)) return false;
    plateau_.restore(plateau_.best(), 0);
    constexpr double rounding = 1e-9;
    const double before = rate();
    ++falls_;
    if (rate() < (1 - rounding) * before) return true;
    --falls_;  // as low as it goes
    return false;
}

Phrase Verdict::why_it_falls() const {
    return {say::rate_falls, {grouped(falls_), grouped(rule_.plateau ? rule_.plateau->patience : 0), rule_.metric}};
}

bool Verdict::would_be_best(const Ranking::Figure& figure) const {
    return std::isfinite(figure.value) && (!best_ || rule_.ranking.better(figure, best_->figure));
}

Phrase Verdict::why_it_ends() const {
    Phrase out{say::stopped_early, {grouped(patience_.waited()), rule_.metric}};
    if (patience_.best())
        out = {say::stopped_early_than,
               {grouped(patience_.waited()), rule_.metric, significant(patience_.best()->value, 4)}};
    return out;
}

Json Verdict::state() const {
    Json out = {{"early_stop",
                 {{"metric", rule_.metric}, {"best", nullptr}, {"waited", patience_.waited()}, {"stopped", stopped_}}},
                {"best", nullptr}};
    if (patience_.best()) {
        out["early_stop"]["best"] = patience_.best()->value;
        out["early_stop"]["loss"] = patience_.best()->loss;
    }
    if (rule_.plateau) {
        out["plateau"] = {{"metric", rule_.metric}, {"waited", plateau_.waited()}, {"falls", falls_}};
        if (plateau_.best()) {
            out["plateau"]["best"] = plateau_.best()->value;
            out["plateau"]["loss"] = plateau_.best()->loss;
        }
    }
    if (best_)
        out["best"] = {{"name", checkpoint_name(best_->step)},
                       {"step", best_->step},
                       {"metric", rule_.metric},
                       {"value", best_->figure.value},
                       {"loss", best_->figure.loss}};
    return out;
}

void Verdict::restore(const Json& state) {
    const std::string loss = "loss";  // by which earlier versions went
    const Json stopping = section(state, "early_stop");
    if (text(stopping, "metric", loss) == rule_.metric) {
        std::optional<Ranking::Figure> figure;
        if (const auto value = number(stopping, "best"))
            figure = Ranking::Figure{*value, number(stopping, "loss").value_or(*value)};
        patience_.restore(figure, static_cast<std::int64_t>(number(stopping, "waited").value_or(0)));
        stopped_ = stopping.contains("stopped") ? stopping["stopped"] == Json(true) : patience_.ends();
    }
    if (const Json plateau = section(state, "plateau"); text(plateau, "metric", "") == rule_.metric) {
        std::optional<Ranking::Figure> figure;
        if (const auto value = number(plateau, "best"))
            figure = Ranking::Figure{*value, number(plateau, "loss").value_or(*value)};
        plateau_.restore(figure, static_cast<std::int64_t>(number(plateau, "waited").value_or(0)));
        falls_ = std::max(std::int64_t{0}, static_cast<std::int64_t>(number(plateau, "falls").value_or(0)));
    }
    best_.reset();
    if (const Json best = section(state, "best"); text(best, "metric", "") == rule_.metric) {
        const auto value = number(best, "value");
        if (value)
            best_ = Best{static_cast<std::int64_t>(number(best, "step").value_or(0)),
                         {*value, number(best, "loss").value_or(*value)}};
    } else if (const auto value = number(state, "best_loss"); value && rule_.metric == loss) {
        if (const std::string path = text(state, "best_checkpoint", ""); !path.empty())
            best_ = Best{checkpoint_step(path), {*value, *value}};
    }
}

}  // namespace gw

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

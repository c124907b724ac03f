#include <algorithm>
#include <cmath>

#include "study/checkup/checks.h"
#include "study/checkup/checkup_texts.h"
#include "study/checkup/subject.h"
#include "util/text.h"

namespace gw {

namespace {

/// The rows of one step, again and again.
class SameRows final : public BatchSource {
  public:
    SameRows(std::unique_ptr<BatchSource> inner, std::int64_t rows) : inner_(std::move(inner)), rows_(rows) {}
    std::int64_t rows_per_epoch() const override { return rows_; }
    HostBatch batch(std::int64_t first, std::int64_t rows) const override { return inner_->batch(first % rows_, rows); }
    double units_per_row() const override { return inner_->units_per_row(); }

  private:
    std::unique_ptr<BatchSource> inner_;
    const std::int64_t rows_;
};

/// What keeps rows from being the same again: changes of them, and dropout.
void leave_rows_as_they_are(Json& spec) {
    spec["augmentation"] = {{"kind", "none"}};
    for (const char* section : {"backbone", "objective"})
        for (auto& [key, value] : spec[section].items())
            if (key.find("dropout") != std::string::npos && value.is_number()) value = 0;
}

CheckFinding look_at_one_batch(const CheckupRequest& request, const std::function<void(double)>& share) {
    CheckFinding out;
    const auto training = settings_of<TrainingSettings>(request.spec, "training");
    CheckSubject subject(request, leave_rows_as_they_are, [&](std::unique_ptr<BatchSource> source) {
        return std::make_unique<SameRows>(std::move(source), training.micro_batch * training.accumulation);
    });
    if (subject.run().ready.players.size() > 1) return {"", CheckVerdict::skipped, {{say::check_players, {}}}};
    const std::int64_t steps = request.steps, few = std::max<std::int64_t>(1, steps / 20);
    double first = 0, last = 0;
    constexpr double explodes = 10;
    for (std::int64_t made = 0; made < steps; ++made) {
        const CheckSubject::Step step = subject.step();
        out.curve.emplace_back(static_cast<double>(made + 1), step.loss);
        share(static_cast<double>(made + 1) / static_cast<double>(steps));
        if (made < few) first += step.loss / static_cast<double>(few);
        if (made >= steps - few) last += step.loss / static_cast<double>(few);
        if (!step.finite || (made >= few && std::abs(step.loss) > explodes * std::abs(first))) {
            out.verdict = CheckVerdict::wrong;
            out.said.push_back({say::check_blows_up, {grouped(made + 1), grouped(steps)}});
            return out;
        }
    }
    // Where something is drawn anew in every step (what is hidden, how much noise), the loss of one batch has a floor
    // well above zero.
    const Model& model = subject.model();
    const bool by_heart = model.objective->labels() != LabelKind::none || model.objective->is_language_model();
    // What only unlearns a bad beginning has learnt nothing: classes and tokens are held against guessing.
    const double from =
        subject.choices() > 1 ? std::min(first, std::log(static_cast<double>(subject.choices()))) : first;
    const double fallen = std::abs(from) > 0 ? (from - last) / std::abs(from) : 0;
    const double good = by_heart ? 0.3 : 0.05, little = by_heart ? 0.05 : 0.01;
    out.verdict = fallen >= good ? CheckVerdict::fine : fallen >= little ? CheckVerdict::look : CheckVerdict::wrong;
    out.said.push_back({out.verdict == CheckVerdict::fine   ? say::check_learns
                        : out.verdict == CheckVerdict::look ? say::check_learns_slowly
                                                            : say::check_learns_nothing,
                        {grouped(steps), significant(first, 4), significant(last, 4)}});
    return out;
}

}  // namespace

Check one_batch_check() {
    return {
        {"one_batch", GW_TEXT("One batch by heart"),
         GW_TEXT(
             "The rows of one step are trained on again and again, without changes to them and without dropout: their "
             "loss has to fall clearly.")},
        look_at_one_batch};
}

}  // namespace gw

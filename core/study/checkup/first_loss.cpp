#include <cmath>

#include "study/checkup/checks.h"
#include "study/checkup/checkup_texts.h"
#include "study/checkup/subject.h"
#include "util/text.h"

namespace gw {

namespace {

/// What an untrained model is expected to cost, and the phrase that says so.
struct Guess {
    double loss = 0;
    Phrase said;
};

std::optional<Guess> guess_of(CheckSubject& subject, double found) {
    const Model& model = subject.model();
    const std::string loss = significant(found, 4);
    if (const std::int64_t choices = subject.choices(); choices > 0) {
        const double cost = std::log(static_cast<double>(choices));
        return Guess{cost, {say::check_first_loss, {loss, grouped(choices), significant(cost, 4)}}};
    }
    if (model.objective->labels() != LabelKind::number) return std::nullopt;
    const double cost = model.labels.deviation * model.labels.deviation;
    return Guess{cost, {say::check_first_error, {loss, significant(cost, 4)}}};
}

/// The plain measure of the validation part before the first step.
CheckFinding look_at_first_loss(const CheckupRequest& request, const std::function<void(double)>&) {
    CheckFinding out;
    CheckSubject subject(request);
    const Score score = subject.score();
    if (score.scored == 0) return {"", CheckVerdict::skipped, {{say::check_no_validation, {}}}};
    if (!std::isfinite(score.loss)) return {"", CheckVerdict::wrong, {{say::check_loses_numbers, {}}}};
    const auto guess = guess_of(subject, score.loss);
    if (!guess) return {"", CheckVerdict::skipped, {{say::check_no_guess, {significant(score.loss, 4)}}}};
    out.said.push_back(guess->said);
    // Sensible initialisations lie within some hundredths of a nat of many rows; a few rows of two classes may be
    // guessed well by luck. Scores with a spread of 1 cost about half a nat more.
    constexpr double low = 0.7, high = 1.3, very_high = 2;
    const bool number = subject.model().objective->labels() == LabelKind::number;
    const double ratio = guess->loss > 0 ? score.loss / guess->loss : 1;
    if (!subject.run().ready.tokens_before && !number && ratio < low) {
        out.verdict = CheckVerdict::look;
        out.said.push_back({say::check_knows, {}});
    } else if (subject.run().ready.tokens_before) {
        out.said.push_back({say::check_begins_trained, {}});
    } else if (ratio > (number ? very_high : high)) {
        out.verdict = ratio > very_high ? CheckVerdict::wrong : CheckVerdict::look;
        out.said.push_back({say::check_sure, {}});
    } else {
        out.said.push_back({say::check_as_guessing, {}});
    }
    return out;
}

}  // namespace

Check first_loss_check() {
    return {{"first_loss", GW_TEXT("Loss before training"),
             GW_TEXT("A model that has learnt nothing should cost what guessing costs: the logarithm of the number of "
                     "classes or "
                     "tokens, or the variance of the numbers.")},
            look_at_first_loss};
}

}  // namespace gw

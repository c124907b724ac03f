#include <algorithm>
#include <cmath>

#include "study/checkup/checks.h"
#include "study/checkup/checkup_texts.h"
#include "study/checkup/subject.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

/// Hands every label of the training part to another row, drawn by the seed; how often each is given stays as it was.
void shuffle_labels(ExampleTable& table, std::uint64_t seed) {
    std::vector<Example>& rows = table.examples;
    Rng rng(seed);
    for (std::size_t i = rows.size(); i > 1; --i) {
        Example &one = rows[i - 1], &other = rows[rng.below(i)];
        std::swap(one.classes, other.classes);
        std::swap(one.value, other.value);
    }
}

struct Trained {
    Score score;
    LabelFacts labels;
    std::vector<std::string> leaks;
};

class LabelLook {
  public:
    LabelLook(const CheckupRequest& request, const std::function<void(double)>& share)
        : request_(request), share_(share) {}

    CheckFinding run() {
        const Trained real = train(/*shuffled=*/false);
        if (real.labels.kind != LabelKind::one_class && real.labels.kind != LabelKind::number)
            return {"", CheckVerdict::skipped, {{say::check_no_labels, {}}}};
        if (real.score.scored == 0) return {"", CheckVerdict::skipped, {{say::check_no_validation, {}}}};
        const Trained shuffled = train(/*shuffled=*/true);
        CheckFinding out;
        if (real.labels.kind == LabelKind::one_class)
            judge_classes(real, shuffled, out);
        else
            judge_numbers(real, shuffled, out);
        for (const std::string& leak : real.leaks) {
            out.verdict = std::max(out.verdict, CheckVerdict::look);
            out.said.push_back({leak, {}});
        }
        return out;
    }

  private:
    Trained train(bool shuffled) {
        CheckSubject subject(request_);
        PreparedRun& ready = subject.run().ready;
        Trained out{{}, ready.labels, leak_texts(ready.data.leaks)};
        if (ready.labels.kind != LabelKind::one_class && ready.labels.kind != LabelKind::number) return out;
        if (shuffled)
            shuffle_labels(ready.data.train_examples, static_cast<std::uint64_t>(subject.run().training.seed));
        for (std::int64_t made = 0; made < request_.steps; ++made) {
            subject.step();
            share_((shuffled ? 0.5 : 0) + 0.5 * static_cast<double>(made + 1) / static_cast<double>(request_.steps));
        }
        out.score = subject.score();
        return out;
    }

    /// Of the first training the share that is right counts: with labels that belong to nothing it is a chance one on
    /// held-out rows. Of the second the loss: a model without any knowledge may be right by the luck of one direction,
    /// but it is not sure of it.
    void judge_classes(const Trained& real, const Trained& shuffled, CheckFinding& out) const {
        const double all = static_cast<double>(real.labels.examples), rows = static_cast<double>(real.score.scored);
        double most = 0, guessing = 0;
        for (const std::int64_t count : real.labels.counts) {
            const double share = static_cast<double>(count) / std::max(1.0, all);
            most = std::max(most, share);
            if (share > 0) guessing -= share * std::log(share);
        }
        const double right = real.score.metrics.at("accuracy");
        const auto percent = [](double share) { return significant(100 * share, 3) + " %"; };
        out.said.push_back({say::check_labels_tell,
                            {grouped(request_.steps), percent(right), percent(most),
                             significant(shuffled.score.loss, 3), significant(guessing, 3)}});
        // Four standard errors of a share: once in thirty thousand by chance.
        const double error = 4 * std::sqrt(std::max(most * (1 - most), 1 / rows) / rows);
        constexpr double clearly = 0.8;
        if (shuffled.score.loss < clearly * guessing) {
            out.verdict = CheckVerdict::wrong;
            out.said.push_back({say::check_shuffled_learns, {}});
        } else {
            tell(right > most + error, out);
        }
    }
    void judge_numbers(const Trained& real, const Trained& shuffled, CheckFinding& out) const {
        const double mean_alone = real.labels.deviation * real.labels.deviation;
        out.said.push_back({say::check_numbers_tell,
                            {grouped(request_.steps), significant(real.score.loss, 4),
                             significant(shuffled.score.loss, 4), significant(mean_alone, 4)}});
        constexpr double clearly = 0.95;
        if (shuffled.score.loss < mean_alone / 2) {
            out.verdict = CheckVerdict::wrong;
            out.said.push_back({say::check_shuffled_learns, {}});
        } else {
            tell(real.score.loss < clearly * mean_alone, out);
        }
    }
    static void tell(bool learns, CheckFinding& out) {
        if (!learns) out.verdict = CheckVerdict::look;
        out.said.push_back({learns ? say::check_labels_good : say::check_labels_say_nothing, {}});
    }

    const CheckupRequest& request_;
    const std::function<void(double)>& share_;
};

CheckFinding look_at_labels(const CheckupRequest& request, const std::function<void(double)>& share) {
    return LabelLook(request, share).run();
}

}  // namespace

Check labels_check() {
    return {{"labels", GW_TEXT("Labels"),
             GW_TEXT("Trained with the labels, and again with the same labels shuffled: the first must be better than "
                     "chance on "
                     "held-out rows, the second must not. And whether held-out rows are also learnt from.")},
            look_at_labels};
}

}  // namespace gw

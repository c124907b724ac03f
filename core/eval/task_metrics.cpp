#include "eval/task_metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace gw {

namespace {

double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}
double harmonic(double a, double b) {
    return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

bool is_of(const Predictions& p, std::int64_t row, std::int64_t c) {
    const auto& truth = p.truth[static_cast<std::size_t>(row)];
    return std::find(truth.begin(), truth.end(), static_cast<std::int32_t>(c)) != truth.end();
}

bool says(const Predictions& p, std::int64_t row, std::int64_t c) {
    constexpr float half = 0.5f;
    return p.kind == LabelKind::class_set ? p.score(row, c) >= half : p.guess(row) == c;
}

/// Hits, false alarms and misses of one class.
struct Counts {
    double hits = 0, alarms = 0, misses = 0;
    double precision() const { return share(hits, hits + alarms); }
    double recall() const { return share(hits, hits + misses); }
};

std::vector<Counts> counts_of(const Predictions& p) {
    std::vector<Counts> out(p.classes.size());
    for (std::int64_t row = 0; row < p.rows(); ++row)
        for (std::size_t c = 0; c < out.size(); ++c) {
            const bool truly = is_of(p, row, static_cast<std::int64_t>(c)),
                       said = says(p, row, static_cast<std::int64_t>(c));
            out[c].hits += truly && said;
            out[c].alarms += !truly && said;
            out[c].misses += truly && !said;
        }
    return out;
}

/// Counts of one-class rows, without asking every class of every row.
std::vector<Counts> counts_of_guesses(const Predictions& p) {
    std::vector<Counts> out(p.classes.size());
    for (std::int64_t row = 0; row < p.rows(); ++row) {
        const auto truth = static_cast<std::size_t>(p.truth[static_cast<std::size_t>(row)].front()),
                   guess = static_cast<std::size_t>(p.guess(row));
        if (truth == guess)
            ++out[truth].hits;
        else
            ++out[guess].alarms, ++out[truth].misses;
    }
    return out;
}

struct Ranked {
    std::vector<std::size_t> order;  ///< by falling score
    double positives = 0, negatives = 0;
};

Ranked ranked(const std::vector<double>& scores, const std::vector<bool>& truth) {
    Ranked out;
    out.order.resize(scores.size());
    std::iota(out.order.begin(), out.order.end(), std::size_t{0});
    std::sort(out.order.begin(), out.order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    for (const bool positive : truth) (positive ? out.positives : out.negatives) += 1;
    return out;
}

/// Calls `at(threshold, hits, alarms)` after each run of equal scores, as the threshold falls.
void sweep(const std::vector<double>& scores, const std::vector<bool>& truth, const Ranked& by_score,
           const std::function<void(double, double, double)>& at) {
    double hits = 0, alarms = 0;
    for (std::size_t i = 0; i < by_score.order.size(); ++i) {
        const std::size_t row = by_score.order[i];
        (truth[row] ? hits : alarms) += 1;
        if (i + 1 == by_score.order.size() || scores[by_score.order[i + 1]] != scores[row])
            at(scores[row], hits, alarms);
    }
}

void column(const Predictions& p, std::int64_t c, std::vector<double>& scores, std::vector<bool>& truth) {
    scores.clear();
    truth.clear();
    for (std::int64_t row = 0; row < p.rows(); ++row) {
        scores.push_back(p.score(row, c));
        truth.push_back(is_of(p, row, c));
    }
}

/// Means over the classes that some row has, and over those that are guessed too.
void add_class_means(const Predictions& p, std::map<std::string, double>& out) {
    const std::vector<ClassScore> scores = class_scores(p);
    double classes = 0, support = 0, areas = 0, area = 0, precision_area = 0;
    std::map<std::string, double> macro, weighted, everywhere;
    double known = 0;
    for (const ClassScore& score : scores) {
        const bool in_truth = score.support > 0;
        if (!in_truth && !score.guessed) continue;
        ++known;
        classes += in_truth;
        support += static_cast<double>(score.support);
        for (const auto& [name, value] :
             {std::pair{"precision", score.precision}, {"recall", score.recall}, {"f1", score.f1}}) {
            everywhere[name] += value;
            if (!in_truth) continue;
            macro[name] += value;
            weighted[name] += value * static_cast<double>(score.support);
        }
    }
    for (const auto& [name, value] : macro) out[name + "_macro"] = share(value, classes);
    for (const auto& [name, value] : weighted) out[name + "_weighted"] = share(value, support);
    for (const auto& [name, value] : everywhere) out[name + "_macro_all"] = share(value, known);
    // Of two classes one curve says all: that of the second, as everywhere.
    for (std::size_t c = p.kind != LabelKind::class_set && scores.size() == 2 ? 1 : 0; c < scores.size(); ++c) {
        if (!scores[c].roc_auc) continue;
        ++areas;
        area += *scores[c].roc_auc;
        precision_area += scores[c].average_precision.value_or(0);
    }
    if (areas > 0) {
        out["roc_auc"] = area / areas;
        out["average_precision"] = precision_area / areas;
    }
}

std::map<std::string, double> metrics_of_classes(const Predictions& p) {
    std::map<std::string, double> out;
    const double rows = static_cast<double>(p.rows());
    double hits = 0;
    std::vector<double> support(p.classes.size(), 0);
    for (std::int64_t row = 0; row < p.rows(); ++row) {
        const std::int32_t truth = p.truth[static_cast<std::size_t>(row)].front();
        hits += p.guess(row) == truth;
        ++support[static_cast<std::size_t>(truth)];
    }
    out["accuracy"] = out["f1_micro"] = share(hits, rows);
    add_class_means(p, out);
    out["balanced_accuracy"] = out["recall_macro"];
    out["majority_baseline"] = share(*std::max_element(support.begin(), support.end()), rows);
    out["calibration_error"] = expected_calibration_error(calibration(p));
    return out;
}

std::map<std::string, double> metrics_of_sets(const Predictions& p) {
    std::map<std::string, double> out;
    Counts all;
    double whole = 0, wrong = 0;
    for (std::int64_t row = 0; row < p.rows(); ++row) {
        double errors = 0;
        for (std::int64_t c = 0; c < p.outputs; ++c) {
            const bool truly = is_of(p, row, c), said = says(p, row, c);
            errors += truly != said;
            all.hits += truly && said;
            all.alarms += !truly && said;
            all.misses += truly && !said;
        }
        whole += errors == 0;
        wrong += errors;
    }
    add_class_means(p, out);
    out["accuracy"] = share(whole, static_cast<double>(p.rows()));
    out["hamming_loss"] = share(wrong, static_cast<double>(p.rows() * p.outputs));
    out["precision_micro"] = all.precision();
    out["recall_micro"] = all.recall();
    out["f1_micro"] = harmonic(all.precision(), all.recall());
    return out;
}

std::map<std::string, double> metrics_of_numbers(const Predictions& p) {
    const double rows = static_cast<double>(p.rows());
    double squares = 0, absolute = 0, relative = 0, relative_rows = 0, mean = 0, spread = 0;
    for (const double value : p.values) mean += value / rows;
    for (std::int64_t row = 0; row < p.rows(); ++row) {
        const double truth = p.values[static_cast<std::size_t>(row)], gap = p.score(row, 0) - truth;
        squares += gap * gap;
        absolute += std::abs(gap);
        spread += (truth - mean) * (truth - mean);
        if (truth == 0) continue;
        relative += std::abs(gap / truth);
        ++relative_rows;
    }
    std::map<std::string, double> out{{"rmse", std::sqrt(squares / rows)}, {"mae", absolute / rows}};
    if (spread > 0) out["r2"] = 1 - squares / spread;
    if (relative_rows > 0) out["mape"] = relative / relative_rows;
    return out;
}

}  // namespace

Confusion confusion_of(const Predictions& p) {
    Confusion out{static_cast<std::int64_t>(p.classes.size()),
                  std::vector<std::int64_t>(p.classes.size() * p.classes.size(), 0)};
    for (std::int64_t row = 0; row < p.rows(); ++row)
        ++out.counts[static_cast<std::size_t>(p.truth[static_cast<std::size_t>(row)].front() * out.classes +
                                              p.guess(row))];
    return out;
}

std::vector<ClassScore> class_scores(const Predictions& p) {
    const bool sets = p.kind == LabelKind::class_set;
    const std::vector<Counts> counts = sets ? counts_of(p) : counts_of_guesses(p);
    // Curves of very many classes cost rows x classes; past this their means say little.
    constexpr std::size_t most_curves = 200;
    std::vector<ClassScore> out;
    std::vector<double> scores;
    std::vector<bool> truth;
    for (std::size_t c = 0; c < counts.size(); ++c) {
        ClassScore one{p.classes[c],
                       static_cast<std::int64_t>(counts[c].hits + counts[c].misses),
                       counts[c].precision(),
                       counts[c].recall(),
                       0,
                       counts[c].hits + counts[c].alarms > 0,
                       {},
                       {}};
        one.f1 = harmonic(one.precision, one.recall);
        if (counts.size() <= most_curves) {
            column(p, static_cast<std::int64_t>(c), scores, truth);
            one.roc_auc = roc_auc(scores, truth);
            one.average_precision = average_precision(scores, truth);
        }
        out.push_back(std::move(one));
    }
    return out;
}

std::optional<double> roc_auc(const std::vector<double>& scores, const std::vector<bool>& truth) {
    const Ranked by_score = ranked(scores, truth);
    if (by_score.positives == 0 || by_score.negatives == 0) return {};
    double area = 0, hits_before = 0, alarms_before = 0;
    sweep(scores, truth, by_score, [&](double, double hits, double alarms) {
        area += (alarms - alarms_before) * (hits + hits_before) / 2;
        hits_before = hits;
        alarms_before = alarms;
    });
    return area / (by_score.positives * by_score.negatives);
}

std::optional<double> average_precision(const std::vector<double>& scores, const std::vector<bool>& truth) {
    const Ranked by_score = ranked(scores, truth);
    if (by_score.positives == 0 || by_score.negatives == 0) return {};
    double sum = 0, hits_before = 0;
    sweep(scores, truth, by_score, [&](double, double hits, double alarms) {
        sum += (hits - hits_before) / by_score.positives * hits / (hits + alarms);
        hits_before = hits;
    });
    return sum;
}

std::vector<ScorePoint> roc_curve(const Predictions& p, std::int64_t of_class) {
    std::vector<double> scores;
    std::vector<bool> truth;
    column(p, of_class, scores, truth);
    const Ranked by_score = ranked(scores, truth);
    std::vector<ScorePoint> out{{0, 0, 1}};
    sweep(scores, truth, by_score, [&](double threshold, double hits, double alarms) {
        out.push_back({share(alarms, by_score.negatives), share(hits, by_score.positives), threshold});
    });
    return out;
}

std::vector<ScorePoint> precision_recall_curve(const Predictions& p, std::int64_t of_class) {
    std::vector<double> scores;
    std::vector<bool> truth;
    column(p, of_class, scores, truth);
    const Ranked by_score = ranked(scores, truth);
    std::vector<ScorePoint> out;
    sweep(scores, truth, by_score, [&](double threshold, double hits, double alarms) {
        out.push_back({share(hits, by_score.positives), share(hits, hits + alarms), threshold});
    });
    return out;
}

std::vector<CalibrationBin> calibration(const Predictions& p, int bins) {
    std::vector<CalibrationBin> out(static_cast<std::size_t>(bins));
    for (std::int64_t row = 0; row < p.rows(); ++row) {
        const std::int32_t guess = p.guess(row);
        const double confidence = p.score(row, guess);
        CalibrationBin& bin =
            out[static_cast<std::size_t>(std::clamp(static_cast<int>(std::ceil(confidence * bins)) - 1, 0, bins - 1))];
        ++bin.rows;
        bin.confidence += confidence;
        bin.accuracy += is_of(p, row, guess);
    }
    for (CalibrationBin& bin : out) {
        bin.confidence = share(bin.confidence, static_cast<double>(bin.rows));
        bin.accuracy = share(bin.accuracy, static_cast<double>(bin.rows));
    }
    return out;
}

double expected_calibration_error(const std::vector<CalibrationBin>& bins) {
    double rows = 0, sum = 0;
    for (const CalibrationBin& bin : bins) {
        rows += static_cast<double>(bin.rows);
        sum += static_cast<double>(bin.rows) * std::abs(bin.accuracy - bin.confidence);
    }
    return share(sum, rows);
}

std::map<std::string, double> task_metrics(const Predictions& p) {
    if (p.rows() == 0) return {};
    return p.kind == LabelKind::number      ? metrics_of_numbers(p)
           : p.kind == LabelKind::class_set ? metrics_of_sets(p)
                                            : metrics_of_classes(p);
}

}  // namespace gw

#include "compare/verdict.h"

#include <gsl/gsl_cdf.h>

#include <cmath>

#include "util/text.h"

namespace gw {

Verdict judge(const Spread& baseline, const Spread& other, Better better) {
    Verdict verdict;
    if (baseline.count == 0 || other.count == 0) return verdict;
    verdict.difference = other.mean - baseline.mean;
    const Spread* known = baseline.count > 1 ? &baseline : other.count > 1 ? &other : nullptr;
    if (!known) return verdict;
    auto share = [&](const Spread& s) {
        const double deviation = s.count > 1 ? s.deviation : known->deviation;
        return deviation * deviation / static_cast<double>(s.count);
    };
    const double a = share(baseline), b = share(other);
    if (baseline.count > 1 && other.count > 1 && a + b > 0) {
        const double below =
            a * a / static_cast<double>(baseline.count - 1) + b * b / static_cast<double>(other.count - 1);
        verdict.degrees = (a + b) * (a + b) / below;
    } else {
        verdict.degrees = static_cast<double>(known->count - 1);
    }
    constexpr double upper_tail = 0.975;
    verdict.noise = gsl_cdf_tdist_Pinv(upper_tail, verdict.degrees) * std::sqrt(a + b);
    if (std::abs(verdict.difference) <= *verdict.noise)
        verdict.kind = Verdict::Kind::inside_noise;
    else if (better == Better::neither)
        verdict.kind = Verdict::Kind::differs;
    else
        verdict.kind = is_better(better, other.mean, baseline.mean) ? Verdict::Kind::better : Verdict::Kind::worse;
    return verdict;
}

Phrase Verdict::phrase() const {
    const std::string by = significant(std::abs(difference), 3), within = noise ? significant(*noise, 3) : "";
    switch (kind) {
        case Kind::inside_noise:
            return {GW_TEXT("The difference of %1 is inside the noise between seeds (95 %: ± %2)"), {by, within}};
        case Kind::better:
            return {GW_TEXT("Better by %1, more than the noise between seeds (95 %: ± %2)"), {by, within}};
        case Kind::worse:
            return {GW_TEXT("Worse by %1, more than the noise between seeds (95 %: ± %2)"), {by, within}};
        case Kind::differs:
            return {GW_TEXT("Differs by %1, more than the noise between seeds (95 %: ± %2)"), {by, within}};
        default:
            return {GW_TEXT("Differs by %1; how much of it is noise is unknown: repeat a run with other seeds"), {by}};
    }
}

}  // namespace gw

#include <cmath>

#include "data/catalog.h"
#include "data/seed_setting.h"
#include "data/tables/numbered_columns.h"
#include "util/hash.h"
#include "util/progress_texts.h"
#include "util/rng.h"

namespace gw {

namespace {

struct FactorsConfig {
    std::int64_t dimensions = 10, factors = 3, rows = 20000, seed = 1;
    double strength = 3, noise = 0.5;

    static constexpr auto fields = std::tuple{
        schema::field<&FactorsConfig::dimensions>({.key = "dimensions",
                                                   .label = "Dimensions",
                                                   .help = "Values of a row.",
                                                   .min = 1,
                                                   .max = 1024,
                                                   .scale = schema::Scale::log}),
        schema::field<&FactorsConfig::factors>(
            {.key = "factors",
             .label = "Factors",
             .help =
                 "Hidden numbers that make up a row, each along a direction of its own at right angles to the "
                 "others. A code of as many values misses a row by the squared error of (dimensions - factors) "
                 "noise² on average, one of fewer by s² + noise² more for each factor of deviation s that it leaves "
                 "out; no linear one misses it by less.",
             .min = 1,
             .max = 1024,
             .scale = schema::Scale::log}),
        schema::field<&FactorsConfig::strength>(
            {.key = "strength",
             .label = "Strength",
             .help = "Standard deviation of the strongest factor; of k factors the others have (k-1)/k of it, (k-2)/k "
                     "and so on.",
             .min = 1e-6,
             .max = 1e6,
             .scale = schema::Scale::log}),
        schema::field<&FactorsConfig::noise>(
            {.key = "noise",
             .label = "Noise",
             .help = "Standard deviation of what is added to each value. The best mean log likelihood of a row is "
                     "-(dimensions (1 + ln 2π) + the sum of ln(s² + noise²) over the factors' deviations s + "
                     "(dimensions - factors) ln noise²) / 2 nats: no model has more on new rows.",
             .min = 1e-6,
             .max = 1e6,
             .scale = schema::Scale::log}),
        schema::field<&FactorsConfig::rows>({.key = "rows",
                                             .label = "Rows",
                                             .help = "How many are drawn.",
                                             .min = 1,
                                             .max = 10000000,
                                             .scale = schema::Scale::log}),
        schema::field<&FactorsConfig::seed>(seed_setting("The same one draws the same directions and rows.")),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (factors > dimensions)
            out.push_back({at + ".factors", "must be at most the dimensions (" + std::to_string(dimensions) +
                                                "): so many directions stand at right angles to each other"});
    }

    double deviation(std::size_t factor) const {
        return strength * static_cast<double>(factors - static_cast<std::int64_t>(factor)) /
               static_cast<double>(factors);
    }
};

/// Rows of the model of probabilistic principal components, x = W z + noise with normal z (Tipping and Bishop 1999,
/// doi:10.1111/1467-9868.00196), of which the columns of W stand at right angles to each other: the covariance has the
/// eigenvalues s^2 + noise^2 of each factor's deviation s, and noise^2 for all others.
class Factors final : public Dataset {
  public:
    explicit Factors(FactorsConfig config) : config_(config) {}

    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        const Json settings = {config_.dimensions, config_.factors, config_.strength,
                               config_.noise,      config_.rows,    config_.seed};
        return sha256("factors 1\n" + settings.dump());
    }
    bool standardises() const override { return false; }

  private:
    using Direction = std::vector<double>;

    /// By Gram and Schmidt, each twice, which leaves nothing of the others in it (Giraud et al. 2005).
    std::vector<Direction> directions(Rng& rng) const {
        const auto product = [](const Direction& a, const Direction& b) {
            double sum = 0;
            for (std::size_t d = 0; d < a.size(); ++d) sum += a[d] * b[d];
            return sum;
        };
        std::vector<Direction> out;
        while (static_cast<std::int64_t>(out.size()) < config_.factors) {
            Direction one(static_cast<std::size_t>(config_.dimensions));
            for (double& value : one) value = rng.normal();
            const double whole = product(one, one);
            for (int time = 0; time < 2; ++time)
                for (const Direction& other : out) {
                    const double share = product(one, other);
                    for (std::size_t d = 0; d < one.size(); ++d) one[d] -= share * other[d];
                }
            constexpr double lost = 1e-20;  // of its square: it lay among the others
            const double left = product(one, one);
            if (!(left > lost * whole)) continue;
            for (double& value : one) value /= std::sqrt(left);
            out.push_back(std::move(one));
        }
        return out;
    }

    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        report.format = "table";
        const std::vector<TableColumn> named = numbered_columns(config_.dimensions);
        const auto seed = static_cast<std::uint64_t>(config_.seed);
        constexpr std::uint64_t of_directions = 0x646972656374;
        Rng turned(mix64(seed, of_directions)), rng(seed);
        const std::vector<Direction> ways = directions(turned);
        std::vector<double> values(named.size());
        for (std::int64_t at = 0; at < config_.rows; ++at) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while drawing rows", "", {}};
            for (double& value : values) value = config_.noise * rng.normal();
            for (std::size_t k = 0; k < ways.size(); ++k) {
                const double factor = config_.deviation(k) * rng.normal();
                for (std::size_t d = 0; d < values.size(); ++d) values[d] += factor * ways[k][d];
            }
            const TableValues row{values, &named};
            constexpr std::int64_t told = 1000;
            if (progress && at % told == 0)
                progress(say::reading_table, static_cast<double>(at) / static_cast<double>(config_.rows));
            if (!sink({"", "factors", report.rows++, nullptr, at + 1, nullptr, nullptr, &row})) break;
        }
        return {};
    }

    FactorsConfig config_;
};

}  // namespace

DatasetKind factors_kind() {
    auto kind = kind_of<DatasetKind, FactorsConfig>(
        {.id = "factors",
         .title = "Hidden factors",
         .summary = "Made-up rows of a few hidden factors and noise: the least error of a short code and the best "
                    "likelihood are known exactly.",
         .source = "Tipping and Bishop 1999, \"Probabilistic principal component analysis\""},
        [](const FactorsConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Factors>(config); });
    kind.offers = [](const Json&) { return std::vector<std::string>{table_rows, value_rows, rows_without_text}; };
    kind.table = true;
    kind.expects = [](const Json& json) {
        FactorsConfig config;
        (void)schema::load(config, json, "dataset");
        return numbered_columns_facts(config.dimensions);
    };
    kind.expects_exactly = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

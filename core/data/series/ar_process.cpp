#include <algorithm>
#include <cmath>
#include <optional>

#include "data/catalog.h"
#include "data/seed_setting.h"
#include "data/series/window_settings.h"
#include "util/hash.h"
#include "util/number.h"
#include "util/progress_texts.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

struct ArProcessConfig {
    std::string coefficients = "0.6, 0.3";
    double noise = 1;
    std::int64_t rows = 10000, seed = 1, look_back = 8, horizon = 1, stride = 1;

    static constexpr auto fields = std::tuple{
        schema::field<&ArProcessConfig::coefficients>(
            {.key = "coefficients",
             .label = "Coefficients",
             .help = "What each value keeps of the one before it, of the one before that, and so on, with commas "
                     "between them."}),
        schema::field<&ArProcessConfig::noise>(
            {.key = "noise",
             .label = "Noise",
             .help = "Standard deviation of what is new in each value. Nobody can forecast that: its square, in "
                     "deviations of the series, is the least loss of one row.",
             .min = 0.000001,
             .max = 1000000,
             .scale = schema::Scale::log}),
        schema::field<&ArProcessConfig::rows>({.key = "rows",
                                               .label = "Rows",
                                               .help = "Length of the series.",
                                               .min = 10,
                                               .max = 10000000,
                                               .scale = schema::Scale::log}),
        schema::field<&ArProcessConfig::look_back>(look_back_setting),
        schema::field<&ArProcessConfig::horizon>(horizon_setting()),
        schema::field<&ArProcessConfig::stride>(stride_setting),
        schema::field<&ArProcessConfig::seed>(seed_setting("The same one makes the same series.")),
    };

    void check(schema::Problems& out, const std::string& at) const {
        const std::vector<double> all = numbers();
        if (all.empty())
            out.push_back({at + ".coefficients", "must be numbers with commas between them, such as 0.6, 0.3"});
        else if (const auto echo = echo_of(all); !echo)
            out.push_back({at + ".coefficients",
                           "make a series that grows without end; bring the sum of their sizes below 1, or choose "
                           "others"});
        else if (*echo > longest_echo)
            out.push_back({at + ".coefficients", "keep what happens for more than " + std::to_string(longest_echo) +
                                                     " rows; choose smaller ones"});
    }

    /// Empty where they are no list of numbers.
    std::vector<double> numbers() const {
        std::vector<double> out;
        for (const std::string& part : split(coefficients, ',')) {
            const auto number = parse_number(trim(part));
            if (!number || !std::isfinite(*number)) return {};
            out.push_back(*number);
        }
        return out;
    }

    static constexpr std::int64_t longest_echo = 100000;
    /// Rows after which nothing is left of what happens once, longest_echo + 1 where something still is; nothing where
    /// it grows.
    static std::optional<std::int64_t> echo_of(const std::vector<double>& all) {
        constexpr double gone = 1e-9, run_away = 1e9;
        std::vector<double> echo{1.0};
        for (std::int64_t t = 1; t <= longest_echo; ++t) {
            double next = 0, loudest = 0;
            for (std::size_t i = 0; i < all.size() && i < echo.size(); ++i) next += all[i] * echo[echo.size() - 1 - i];
            echo.push_back(next);
            if (!(std::abs(next) < run_away)) return std::nullopt;
            for (std::size_t i = 0; i < all.size() && i < echo.size(); ++i)
                loudest = std::max(loudest, std::abs(echo[echo.size() - 1 - i]));
            if (loudest < gone) return t;
        }
        // What neither grows nor fades stays for ever.
        return std::abs(echo.back()) > 0.5 ? std::nullopt : std::optional(longest_echo + 1);
    }
};

/// x_t = a_1 x_(t-1) + a_2 x_(t-2) + ... + noise: data whose best forecast is known (Box and Jenkins 1970, "Time series
/// analysis", chapter 3).
class ArProcess final : public Dataset {
  public:
    explicit ArProcess(ArProcessConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        const Json settings = {config_.numbers(), config_.noise,   config_.rows,  config_.seed,
                               config_.look_back, config_.horizon, config_.stride};
        return sha256("ar_process 1\n" + settings.dump());
    }
    SeriesWindows windows() const override { return {config_.look_back, config_.horizon, config_.stride, 0}; }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        const std::vector<double> kept = config_.numbers();
        // Rows that are thrown away: the beginning is at nothing.
        const std::int64_t settling = ArProcessConfig::echo_of(kept).value_or(0);
        const std::vector<std::string> columns{"value"};
        report.format = "series";
        Rng rng(static_cast<std::uint64_t>(config_.seed));
        std::vector<double> before(kept.size(), 0.0);  // the newest first
        for (std::int64_t at = -settling; at < config_.rows; ++at) {
            double value = config_.noise * rng.normal();
            for (std::size_t i = 0; i < kept.size(); ++i) value += kept[i] * before[i];
            before.insert(before.begin(), value);
            before.pop_back();
            if (at < 0) continue;
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading series", "", {}};
            const SeriesRow row{{&value, 1}, &columns};
            constexpr std::int64_t told = 1000;
            if (progress && at % told == 0)
                progress(say::reading_series, static_cast<double>(at) / static_cast<double>(config_.rows));
            if (!sink({"", "ar_process", report.rows++, nullptr, at + 1, nullptr, &row})) break;
        }
        return {};
    }

    ArProcessConfig config_;
};

}  // namespace

DatasetKind ar_process_kind() {
    auto kind = kind_of<DatasetKind, ArProcessConfig>(
        {.id = "ar_process",
         .title = "Autoregressive process",
         .summary = "A made-up series in which each value keeps something of those before it: its best forecast is "
                    "known.",
         .source = "Box and Jenkins 1970, \"Time series analysis\""},
        [](const ArProcessConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<ArProcess>(config); });
    kind.offers = [](const Json&) {
        return std::vector<std::string>{series_windows, rows_that_follow, rows_without_text};
    };
    kind.needs = {parts_in_order};
    kind.series = true;
    kind.expects = [](const Json& json) {
        ArProcessConfig config;
        (void)schema::load(config, json, "dataset");
        return InputFacts{std::nullopt, std::nullopt, SeriesInput{config.look_back, config.horizon, {"value"}, {}, {}}};
    };
    kind.expects_exactly = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

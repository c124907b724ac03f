#include <array>

#include "data/catalog.h"
#include "data/seed_setting.h"
#include "data/series/window_settings.h"
#include "util/hash.h"
#include "util/progress_texts.h"
#include "util/rng.h"

namespace gw {

namespace {

struct AddingConfig {
    std::int64_t length = 50, sequences = 20000, seed = 1;

    static constexpr auto fields = std::tuple{
        schema::field<&AddingConfig::length>({.key = "length",
                                              .label = "Length",
                                              .help = "Rows of a sequence: one of the two numbers stands in its first "
                                                      "half, the other in its second.",
                                              .unit = "rows",
                                              .min = 2,
                                              .max = 10000,
                                              .scale = schema::Scale::log}),
        schema::field<&AddingConfig::sequences>({.key = "sequences",
                                                 .label = "Sequences",
                                                 .help = "How many are made.",
                                                 .min = 20,
                                                 .max = 1000000,
                                                 .scale = schema::Scale::log}),
        schema::field<&AddingConfig::seed>(seed_setting("The same one makes the same sequences.")),
    };
};

/// The adding problem of Hochreiter and Schmidhuber 1997 ("Long short-term memory", section 5.4) as Arjovsky, Shah and
/// Bengio 2016 (arXiv:1511.06464, section 4.2) have it: rows of a number between 0 and 1 and a mark that two rows have;
/// the label of a sequence, at its last row, is the sum of the two. Who says the mean is off by a variance of 1/6.
class Adding final : public Dataset {
  public:
    explicit Adding(const AddingConfig& config) : config_(config) {}

    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        const Json settings = {config_.length, config_.sequences, config_.seed};
        return sha256("adding 1\n" + settings.dump());
    }
    LabelKind labels() const override { return LabelKind::number; }
    SeriesWindows windows() const override { return {config_.length, 0, 1, 0}; }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        const std::vector<std::string> columns{"value", "mark"};
        report.format = "series";
        for (std::int64_t i = 0; i < config_.sequences; ++i) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading series", "", {}};
            constexpr std::int64_t told = 256;
            if (progress && i % told == 0)
                progress(say::reading_series, static_cast<double>(i) / static_cast<double>(config_.sequences));
            Rng rng(mix64(static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(i)));
            const std::int64_t half = config_.length / 2;
            const auto first = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(half))),
                       second = half +
                                static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(config_.length - half)));
            Label sum;
            for (std::int64_t at = 0; at < config_.length; ++at) {
                const bool marked = at == first || at == second;
                const std::array<double, 2> values{rng.uniform(), marked ? 1.0 : 0.0};
                if (marked) sum.value += values[0];
                const SeriesRow row{values, &columns};
                const bool last = at + 1 == config_.length;
                const std::int64_t index = report.rows++;
                if (!sink({"", "adding", index, last ? &sum : nullptr, index + 1, nullptr, &row})) return {};
            }
        }
        return {};
    }

    AddingConfig config_;
};

}  // namespace

DatasetKind adding_kind() {
    auto kind = kind_of<DatasetKind, AddingConfig>(
        {.id = "adding",
         .title = "Adding problem",
         .summary = "Made-up sequences of numbers of which two are marked: their sum is asked for at the end, far "
                    "behind them.",
         .source = "Arjovsky, Shah and Bengio 2016, arXiv:1511.06464, section 4.2"},
        [](const AddingConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Adding>(config); });
    kind.offers = [](const Json&) {
        return std::vector<std::string>{series_windows, rows_without_text, "labels of the kind number"};
    };
    kind.needs = {parts_in_order};
    kind.series = true;
    kind.expects = [](const Json& json) {
        AddingConfig config;
        (void)schema::load(config, json, "dataset");
        return InputFacts{std::nullopt, std::nullopt, SeriesInput{config.length, 0, {"value", "mark"}, {}, {}}};
    };
    kind.expects_exactly = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

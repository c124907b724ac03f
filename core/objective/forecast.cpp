#include <torch/types.h>

#include "data/series/window_settings.h"
#include "model/attention.h"
#include "model/layers.h"
#include "model/series.h"
#include "objective/catalog.h"
#include "objective/losses.h"

// Shape letters: B batch, L look-back, H horizon, F columns, D width.
namespace gw {

namespace {

struct ForecastConfig {
    std::string loss = "squared", normalise = "last";
    double delta = 1, quantile = 0.5;
    std::int64_t season = 0;

    static constexpr auto fields = std::tuple{
        schema::field<&ForecastConfig::loss>(
            {.key = "loss",
             .label = "Loss",
             .help =
                 "Squared error; absolute error, which outliers pull less; Huber, squared near and absolute far; or "
                 "a quantile, for a line that values stay below with this probability.",
             .choices = "squared=Squared error|absolute=Absolute error|huber=Huber|quantile=Quantile"}),
        schema::field<&ForecastConfig::delta>(
            {.key = "delta",
             .label = "Huber bend",
             .help = "Error, in deviations of the column, from which it grows linearly.",
             .min = 0.001,
             .max = 100,
             .shown_when = "loss=huber"}),
        schema::field<&ForecastConfig::quantile>(
            {.key = "quantile",
             .label = "Quantile",
             .help = "Share of values that lie below what is said: 0.5 is the median.",
             .min = 0.001,
             .max = 0.999,
             .shown_when = "loss=quantile"}),
        schema::field<&ForecastConfig::normalise>(
            {.key = "normalise",
             .label = "Take out of each window",
             .help =
                 "What is taken out of the past before the model sees it, and put back into its forecast: nothing, "
                 "the last value (NLinear), or the window's own mean and deviation. Series whose level wanders gain "
                 "by it.",
             .choices = "none=Nothing|last=The last value|window=Mean and deviation"}),
        schema::field<&ForecastConfig::season>(
            {.key = "season",
             .label = "Season",
             .help = "Rows after which the series repeats itself, such as 24 of hours: the forecast that repeats the "
                     "last season is then judged beside it; 0 = none.",
             .unit = "rows",
             .min = 0,
             .max = 100000}),
    };
};

/// Mean over all values of a row, [B].
torch::Tensor by_row(const torch::Tensor& values_BHF) {
    return values_BHF.flatten(1).mean(1);
}

/// The next H rows of all columns at once. Judged by the mean squared error in deviations of the training part, beside
/// the forecasts that repeat the last value and the last season.
class Forecast final : public Objective {
  public:
    Forecast(const ForecastConfig& config, const ObjectiveInputs& inputs) : config_(config) {
        TORCH_CHECK(inputs.backbone.series, "a backbone that does not read series");
        series_ = *inputs.backbone.series;
        if (series_.forecasts) return;
        const Initialiser init("xavier", inputs.seed);
        output_ = Linear(init, "output", inputs.backbone.width, series_.horizon * series_.columns, /*bias=*/true);
    }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {{"loss", criterion(forecast(net, batch, pass), batch).sum(), 1, LossPart::Per::row}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor said_BHF = forecast(net, batch, pass), truth_BHF = batch[array::future];
        const torch::Tensor past_BLF = series_of(batch), last_B1F = past_BLF.narrow(1, past_BLF.size(1) - 1, 1);
        Measures out{by_row(squared_rows(said_BHF, truth_BHF)), {}, {}};
        if (config_.loss != "squared") out.criterion_N = criterion(said_BHF, batch);
        out.parts = {{"mae", by_row(absolute_rows(said_BHF, truth_BHF))},
                     {"naive_loss", by_row(squared_rows(last_B1F, truth_BHF))},
                     {"naive_mae", by_row(absolute_rows(last_B1F, truth_BHF))}};
        if (const torch::Tensor again_BHF = last_season(past_BLF); again_BHF.defined()) {
            out.parts.emplace_back("seasonal_loss", by_row(squared_rows(again_BHF, truth_BHF)));
            out.parts.emplace_back("seasonal_mae", by_row(absolute_rows(again_BHF, truth_BHF)));
        }
        return out;
    }

    torch::Tensor forecast(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor past_BLF = series_of(batch);
        constexpr double epsilon = 1e-5;  // under the root, as Kim et al. 2022 (RevIN) have it
        torch::Tensor level_B1F, scale_B1F;
        if (config_.normalise == "last") level_B1F = past_BLF.narrow(1, past_BLF.size(1) - 1, 1);
        if (config_.normalise == "window") {
            level_B1F = past_BLF.mean(1, /*keepdim=*/true);
            scale_B1F = (past_BLF - level_B1F).square().mean(1, /*keepdim=*/true).add(epsilon).sqrt();
        }
        Batch seen = batch;
        torch::Tensor values_BLF = level_B1F.defined() ? past_BLF - level_B1F : past_BLF;
        if (scale_B1F.defined()) values_BLF = values_BLF / scale_B1F;
        seen.set(array::series, values_BLF);
        const torch::Tensor features = net.features(seen, pass).sequence_BTD;
        torch::Tensor said_BHF;
        if (series_.forecasts)
            said_BHF = features.transpose(1, 2);
        else
            said_BHF =
                output_(features.select(1, features.size(1) - 1), pass).view({-1, series_.horizon, series_.columns});
        said_BHF = at_least_float(said_BHF);
        if (scale_B1F.defined()) said_BHF = said_BHF * scale_B1F;
        return level_B1F.defined() ? said_BHF + level_B1F : said_BHF;
    }

    Parameters parameters() const override {
        Parameters all;
        if (!series_.forecasts) output_.list(all);
        return all;
    }

  private:
    /// [B].
    torch::Tensor criterion(const torch::Tensor& said_BHF, const Batch& batch) const {
        return by_row(number_rows(config_.loss, said_BHF, batch[array::future], config_.delta, config_.quantile));
    }

    /// The last season again and again [B, H, F]; undefined where there is none, or the past is shorter.
    torch::Tensor last_season(const torch::Tensor& past_BLF) const {
        const std::int64_t season = config_.season, length = past_BLF.size(1);
        if (season < 1 || season > length) return {};
        const std::int64_t times = (series_.horizon + season - 1) / season;
        return past_BLF.narrow(1, length - season, season).repeat({1, times, 1}).narrow(1, 0, series_.horizon);
    }

    ForecastConfig config_;
    SeriesShape series_;
    Linear output_;
};

}  // namespace

ObjectiveKind forecast_kind() {
    auto kind = kind_of<ObjectiveKind, ForecastConfig>(
        {.id = "forecast",
         .title = "Forecast",
         .summary = "The next rows of a series from those before, judged beside repeating the last value.",
         .source = "Zeng et al. 2023, arXiv:2205.13504; Kim et al. 2022, RevIN"},
        [](const ForecastConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Forecast>(config, inputs);
        });
    kind.needs = {series_windows, rows_that_follow, series_features};
    kind.causal = true;
    kind.head_parameters = [](const Json&, const BackboneFacts& backbone) -> std::int64_t {
        if (!backbone.series || backbone.series->forecasts) return 0;
        return (backbone.width + 1) * backbone.series->horizon * backbone.series->columns;
    };
    kind.cost = [](const Json&, const BackboneFacts& backbone) {
        ObjectiveCost out;
        if (!backbone.series) return out;
        const auto values = static_cast<double>(backbone.series->horizon * backbone.series->columns);
        out.activation_bytes = 3.0 * 4.0 * values;
        if (!backbone.series->forecasts) out.flops_per_unit = 6.0 * values * static_cast<double>(backbone.width);
        return out;
    };
    kind.metrics = {"loss", "criterion", "mae", "naive_loss", "naive_mae", "seasonal_loss", "seasonal_mae"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw

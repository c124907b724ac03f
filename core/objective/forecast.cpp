#include <torch/types.h>

#include <algorithm>

#include "data/series/window_settings.h"
#include "model/attention.h"
#include "model/layers.h"
#include "model/series.h"
#include "objective/catalog.h"
#include "objective/losses.h"
#include "util/number.h"
#include "util/text.h"

// Shape letters: B batch, L look-back, H horizon, F columns, D width, Q quantiles.
namespace gw {

namespace {

struct ForecastConfig {
    static constexpr double least_quantile = 0.001, most_quantile = 0.999;
    static constexpr std::size_t most_quantiles = 19;
    std::string loss = "squared", normalise = "last", quantiles;
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
             .min = least_quantile,
             .max = most_quantile,
             .shown_when = "loss=quantile"}),
        schema::field<&ForecastConfig::quantiles>(
            {.key = "quantiles",
             .label = "Further quantiles",
             .help = "Learnt beside it, with commas between them, such as 0.1, 0.9: the outermost two are the edges "
                     "of a band that is judged by how much of what comes lies in it. Empty = none.",
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

    void check(schema::Problems& out, const std::string& at) const {
        if (trim(quantiles).empty()) return;
        const std::vector<std::string> parts = split(quantiles, ',');
        for (const std::string& part : parts) {
            const auto number = parse_number(trim(part));
            if (number && *number >= least_quantile && *number <= most_quantile) continue;
            out.push_back(
                {at + ".quantiles", "must be numbers from 0.001 to 0.999 with commas between them, such as 0.1, 0.9"});
            return;
        }
        if (parts.size() >= most_quantiles)
            out.push_back({at + ".quantiles", "are too many: name " + std::to_string(most_quantiles - 1) + " at most"});
    }

    /// All that are said, rising, each once; none where the loss is another. Of settings that are sound.
    std::vector<double> levels() const {
        std::vector<double> out;
        if (loss != "quantile") return out;
        out.push_back(quantile);
        for (const std::string& part : split(quantiles, ','))
            if (const auto number = parse_number(trim(part))) out.push_back(*number);
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }
    static ForecastConfig of(const Json& settings) {
        ForecastConfig config;
        (void)schema::load(config, settings, "objective");
        return config;
    }
};

/// Values that the head gives of each value to be forecast.
std::int64_t lines_of(const ForecastConfig& config) {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(config.levels().size()));
}

/// Mean over all values of a row, [B].
torch::Tensor by_row(const torch::Tensor& values_BHF) {
    return values_BHF.flatten(1).mean(1);
}

/// The next H rows of all columns at once. Judged by the mean squared error in deviations of the training part, or, of
/// quantiles, by their own loss, for the squared error of such a line is least where it says no quantile; beside it the
/// forecasts that repeat the last value and the last season, by the same. Several quantiles are learnt by the sum of
/// their losses and brought into their order (Chernozhukov, Fernandez-Val and Galichon 2010, doi:10.3982/ECTA7880: what
/// is sorted is never further from the truth), so that no two lines cross.
class Forecast final : public Objective {
  public:
    Forecast(const ForecastConfig& config, const ObjectiveInputs& inputs)
        : config_(config), levels_(config.levels()), lines_(lines_of(config)) {
        TORCH_CHECK(inputs.backbone.series, "a backbone that does not read series");
        series_ = *inputs.backbone.series;
        if (!levels_.empty()) main_ = std::find(levels_.begin(), levels_.end(), config_.quantile) - levels_.begin();
        if (!has_head()) return;
        const Initialiser init("xavier", inputs.seed);
        const std::int64_t said = lines_ * series_.horizon;
        output_ = series_.forecasts
                      ? Linear(init, "output", series_.look_back, said, /*bias=*/true)
                      : Linear(init, "output", inputs.backbone.width, said * series_.columns, /*bias=*/true);
    }

    Batch feed(const HostBatch& rows, const RowSeeds&) const override {
        Batch batch(rows);
        batch.counted = rows.rows;
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {{"loss", criterion(said(net, batch, pass), batch).sum(), 1, LossPart::Per::row}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        const torch::Tensor said_BQHF = said(net, batch, pass), said_BHF = said_BQHF.select(1, main_),
                            truth_BHF = batch[array::future];
        const torch::Tensor past_BLF = series_of(batch), last_B1F = past_BLF.narrow(1, past_BLF.size(1) - 1, 1);
        Measures out{levels_.empty() ? by_row(squared_rows(said_BHF, truth_BHF)) : criterion(said_BQHF, batch), {}, {}};
        if (config_.loss != "squared" && levels_.empty()) out.criterion_N = criterion(said_BQHF, batch);
        out.parts = {{"mae", by_row(absolute_rows(said_BHF, truth_BHF))},
                     {"naive_loss", loss_of(last_B1F, truth_BHF)},
                     {"naive_mae", by_row(absolute_rows(last_B1F, truth_BHF))}};
        if (const torch::Tensor again_BHF = last_season(past_BLF); again_BHF.defined()) {
            out.parts.emplace_back("seasonal_loss", loss_of(again_BHF, truth_BHF));
            out.parts.emplace_back("seasonal_mae", by_row(absolute_rows(again_BHF, truth_BHF)));
        }
        if (lines_ > 1) {
            const torch::Tensor inside_BHF =
                (truth_BHF >= said_BQHF.select(1, 0)).logical_and(truth_BHF <= said_BQHF.select(1, lines_ - 1));
            out.parts.emplace_back("coverage", by_row(inside_BHF.to(said_BQHF.scalar_type())));
        }
        return out;
    }

    torch::Tensor forecast(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return said(net, batch, pass).select(1, main_);
    }

    std::vector<double> quantiles() const override { return levels_; }

    torch::Tensor forecast_quantiles(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return levels_.empty() ? torch::Tensor() : said(net, batch, pass);
    }

    Parameters parameters() const override {
        Parameters all;
        if (has_head()) output_.list(all);
        return all;
    }

  private:
    /// A backbone that forecasts says one line; more are said by maps of the past that are added to it.
    bool has_head() const { return !series_.forecasts || lines_ > 1; }

    /// Each line [B, Q, H, F], rising along Q.
    torch::Tensor said(Backbone& net, const Batch& batch, const Pass& pass) const {
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
        torch::Tensor said_BQHF;
        if (!series_.forecasts) {
            said_BQHF = output_(features.select(1, features.size(1) - 1), pass)
                            .view({-1, lines_, series_.horizon, series_.columns});
        } else {
            said_BQHF = features.transpose(1, 2).unsqueeze(1);
            if (lines_ > 1)
                said_BQHF = said_BQHF + output_(values_BLF.transpose(1, 2), pass)
                                            .view({-1, series_.columns, lines_, series_.horizon})
                                            .permute({0, 2, 3, 1});
        }
        said_BQHF = at_least_float(said_BQHF);
        if (lines_ > 1) said_BQHF = std::get<0>(said_BQHF.sort(/*stable=*/true, /*dim=*/1, /*descending=*/false));
        if (scale_B1F.defined()) said_BQHF = said_BQHF * scale_B1F.unsqueeze(1);
        return level_B1F.defined() ? said_BQHF + level_B1F.unsqueeze(1) : said_BQHF;
    }

    /// [B]: of quantiles the sum over them.
    torch::Tensor criterion(const torch::Tensor& said_BQHF, const Batch& batch) const {
        const torch::Tensor truth_BHF = batch[array::future];
        if (levels_.empty())
            return by_row(
                number_rows(config_.loss, said_BQHF.select(1, 0), truth_BHF, config_.delta, config_.quantile));
        torch::Tensor sum_B;
        for (std::int64_t q = 0; q < lines_; ++q) {
            const torch::Tensor its_B =
                by_row(quantile_rows(said_BQHF.select(1, q), truth_BHF, levels_[static_cast<std::size_t>(q)]));
            sum_B = sum_B.defined() ? sum_B + its_B : its_B;
        }
        return sum_B;
    }

    /// [B]: of a forecast that says one line, by what this one is judged by.
    torch::Tensor loss_of(const torch::Tensor& said_BHF, const torch::Tensor& truth_BHF) const {
        if (levels_.empty()) return by_row(squared_rows(said_BHF, truth_BHF));
        torch::Tensor sum_B = torch::zeros({truth_BHF.size(0)}, truth_BHF.options());
        for (const double level : levels_) sum_B = sum_B + by_row(quantile_rows(said_BHF, truth_BHF, level));
        return sum_B;
    }

    /// The last season again and again [B, H, F]; undefined where there is none, or the past is shorter.
    torch::Tensor last_season(const torch::Tensor& past_BLF) const {
        const std::int64_t season = config_.season, length = past_BLF.size(1);
        if (season < 1 || season > length) return {};
        const std::int64_t times = (series_.horizon + season - 1) / season;
        return past_BLF.narrow(1, length - season, season).repeat({1, times, 1}).narrow(1, 0, series_.horizon);
    }

    ForecastConfig config_;
    std::vector<double> levels_;
    std::int64_t lines_ = 1, main_ = 0;  ///< how many lines, and which of them is forecast()
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
    kind.head_parameters = [](const Json& settings, const BackboneFacts& backbone) -> std::int64_t {
        if (!backbone.series) return 0;
        const SeriesShape& series = *backbone.series;
        const std::int64_t lines = lines_of(ForecastConfig::of(settings));
        if (series.forecasts) return lines > 1 ? (series.look_back + 1) * lines * series.horizon : 0;
        return (backbone.width + 1) * lines * series.horizon * series.columns;
    };
    kind.cost = [](const Json& settings, const BackboneFacts& backbone) {
        ObjectiveCost out;
        if (!backbone.series) return out;
        const SeriesShape& series = *backbone.series;
        const auto lines = static_cast<double>(lines_of(ForecastConfig::of(settings))),
                   values = lines * static_cast<double>(series.horizon * series.columns);
        out.activation_bytes = 3.0 * 4.0 * values;
        if (!series.forecasts)
            out.flops_per_unit = 6.0 * values * static_cast<double>(backbone.width);
        else if (lines > 1)
            out.flops_per_unit = 6.0 * values * static_cast<double>(series.look_back);
        return out;
    };
    kind.metrics = {"loss", "criterion", "mae", "naive_loss", "naive_mae", "seasonal_loss", "seasonal_mae", "coverage"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw

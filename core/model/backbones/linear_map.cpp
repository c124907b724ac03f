#include <ATen/ops/avg_pool1d.h>
#include <torch/types.h>

#include "data/series/window_settings.h"
#include "model/attention.h"
#include "model/catalog.h"
#include "model/layers.h"
#include "model/series.h"

// Shape letters: B batch, L look-back, H horizon, F columns.
namespace gw {

namespace {

struct LinearConfig {
    std::string decomposition = "none", initialisation = "pytorch";
    std::int64_t kernel = 25;

    static constexpr auto fields = std::tuple{
        schema::field<&LinearConfig::decomposition>(
            {.key = "decomposition",
             .label = "Decomposition",
             .help =
                 "One map of the whole past (Linear), or one of its moving average and one of what is left (DLinear).",
             .choices = "none=None|moving_average=Moving average"}),
        schema::field<&LinearConfig::kernel>({.key = "kernel",
                                              .label = "Moving average",
                                              .help = "Rows that are averaged; odd.",
                                              .unit = "rows",
                                              .min = 3,
                                              .max = 10001,
                                              .shown_when = "decomposition=moving_average",
                                              .weightless = true}),
        schema::field<&LinearConfig::initialisation>(initialisation_setting),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (kernel % 2 == 0) out.push_back({at + ".kernel", "must be odd, so that an average has a middle"});
    }
    bool decomposed() const { return decomposition == "moving_average"; }
};

/// y = W x + b from the past of each column to its future, the same for all columns; or W_t trend + W_r rest of a
/// moving average whose ends are the first and last value repeated (Zeng et al. 2023, arXiv:2205.13504, section 4.1).
class LinearMap final : public Backbone {
  public:
    LinearMap(const LinearConfig& config, const BackboneInputs& inputs)
        : config_(config), input_(series_facts(inputs.input)) {
        const Initialiser init(config.initialisation, inputs.seed);
        rest_ = Linear(init, "blocks.0.rest", input_.look_back, input_.horizon, /*bias=*/true);
        if (config.decomposed())
            trend_ = Linear(init, "blocks.0.trend", input_.look_back, input_.horizon, /*bias=*/true);
    }

    Features features(const Batch& batch, const Pass& pass) override {
        torch::Tensor rest_BFL = series_of(batch).transpose(1, 2);
        torch::Tensor out_BFH;
        if (config_.decomposed()) {
            const std::int64_t side = (config_.kernel - 1) / 2, last = rest_BFL.size(2) - 1;
            const torch::Tensor padded = torch::cat({rest_BFL.narrow(2, 0, 1).expand({-1, -1, side}), rest_BFL,
                                                     rest_BFL.narrow(2, last, 1).expand({-1, -1, side})},
                                                    2);
            const torch::Tensor trend_BFL = at::avg_pool1d(padded, config_.kernel, /*stride=*/1);
            rest_BFL = rest_BFL - trend_BFL;
            out_BFH = at_least_float(trend_(trend_BFL, pass));
        }
        const torch::Tensor mapped = at_least_float(rest_(rest_BFL, pass));
        out_BFH = out_BFH.defined() ? out_BFH + mapped : mapped;
        if (pass.observe) pass.observe("blocks.0", out_BFH);
        return {.sequence_BTD = out_BFH};
    }

    BackboneFacts facts() const override {
        return {.width = input_.horizon, .causal = false, .series = shape_of(input_, /*forecasts=*/true)};
    }

    Parameters parameters() const override {
        Parameters all;
        rest_.list(all);
        if (config_.decomposed()) trend_.list(all);
        return all;
    }

  private:
    LinearConfig config_;
    SeriesInput input_;
    Linear rest_, trend_;
};

}  // namespace

BackboneKind linear_map_kind() {
    auto kind = kind_of<BackboneKind, LinearConfig>(
        {.id = "linear",
         .title = "Linear map of the past",
         .summary = "One matrix from the past of each column to its future (Linear, DLinear): the one to beat.",
         .source = "Zeng et al. 2023, arXiv:2205.13504"},
        [](const LinearConfig& config, const BackboneInputs& inputs) -> std::unique_ptr<Backbone> {
            return std::make_unique<LinearMap>(config, inputs);
        });
    kind.needs = {series_windows, rows_that_follow};
    kind.offers = [](const Json&) { return std::vector<std::string>{series_features}; };
    kind.size = [](const Json& json, const InputFacts& input) {
        LinearConfig config;
        (void)schema::load(config, json, "backbone");
        const SeriesInput series = expected_series(input);
        const std::int64_t maps = config.decomposed() ? 2 : 1,
                           columns = static_cast<std::int64_t>(series.columns.size());
        BackboneSize size;
        size.parameters = maps * (series.look_back + 1) * series.horizon;
        size.width = series.horizon;
        size.layers = 1;
        size.series = shape_of(series, /*forecasts=*/true);
        size.activation_bytes_per_unit =
            4.0 * static_cast<double>(columns * (maps * series.look_back + series.horizon));
        size.flops_per_unit = 6.0 * static_cast<double>(maps * series.look_back * series.horizon * columns);
        return size;
    };
    return kind;
}

}  // namespace gw

#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "model/attention.h"
#include "model/convolution.h"
#include "model/noise_time.h"
#include "objective/canvas.h"
#include "objective/catalog.h"
#include "objective/noise_schedule.h"
#include "objective/normal_values.h"

// Shape letters: B rows, C channels, H height, W width of a picture (see Canvas).
namespace gw {

namespace {

/// Float32 [B, C, H, W]: what the model is to say of the noisy rows.
constexpr const char* wanted = "wanted";

struct DiffusionConfig {
    std::string schedule = "cosine", prediction = "noise", sampler = "ddim";
    std::int64_t steps = 1000, sampler_steps = 25;

    static constexpr auto fields = std::tuple{
        schema::field<&DiffusionConfig::schedule>(
            {.key = "noise_schedule",
             .label = "Noise schedule",
             .help = "How fast a picture drowns in it. By the cosine small pictures keep their outlines longer.",
             .choices = "linear=Linear|cosine=Cosine"}),
        schema::field<&DiffusionConfig::steps>({.key = "noise_steps",
                                                .label = "Steps of noise",
                                                .help = "From the picture to noise alone.",
                                                .unit = "steps",
                                                .min = 1,
                                                .max = 100000,
                                                .scale = schema::Scale::log,
                                                .audience = schema::Audience::expert}),
        schema::field<&DiffusionConfig::prediction>(
            {.key = "prediction",
             .label = "Prediction",
             .help = "What the model says of a noisy picture: the noise in it, or its velocity, which is more even "
                     "over the steps.",
             .choices = "noise=The noise|velocity=The velocity"}),
        schema::field<&DiffusionConfig::sampler>(
            {.key = "sampler",
             .label = "Sampler",
             .help = "DDIM follows one path from each noise and needs few steps; DDPM draws new noise at each.",
             .choices = "ddim=DDIM|ddpm=DDPM"}),
        schema::field<&DiffusionConfig::sampler_steps>({.key = "sampler_steps",
                                                        .label = "Steps of drawing",
                                                        .help = "Evenly spread over those of the noise: more draw "
                                                                "better and take longer.",
                                                        .unit = "steps",
                                                        .min = 1,
                                                        .max = 100000,
                                                        .scale = schema::Scale::log}),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (sampler_steps > steps)
            out.push_back({at + ".sampler_steps", "must be at most noise_steps (" + std::to_string(steps) + ")"});
    }
};

/// The denoising diffusion model of Ho, Jain and Abbeel 2020 (arXiv:2006.11239): each picture, from -1 to 1, or row of
/// a table, as it is, is mixed with normal noise as a step that is drawn for it says, and the model says the noise, or
/// the velocity of Salimans and Ho 2022 (arXiv:2202.00512, appendix D). Loss of a picture = mean squared error over its
/// values.
class Diffusion final : public Objective {
  public:
    Diffusion(const DiffusionConfig& config, const ObjectiveInputs& inputs)
        : config_(config), shares_(signal_shares(config.schedule, config.steps)) {
        canvas_ = Canvas(inputs.backbone);
        maps_ = inputs.backbone.maps;
        constexpr std::int64_t kernel = 3;
        constexpr double small = 0.1;  // to begin near the guess of nothing
        const Initialiser init("xavier", inputs.seed);
        if (maps_)
            output_ = Convolution(init, "output",
                                  {inputs.backbone.width, canvas_.shape().channels, kernel, 1, /*bias=*/true}, small);
        else
            values_ = Linear(init, "output", inputs.backbone.width, canvas_.shape().values(), /*bias=*/true, small);
    }

    Batch feed(const HostBatch& rows, const RowSeeds& seeds) const override {
        Batch batch(rows);
        const torch::Tensor clear_BCHW = outspread(canvas_.values(batch)), noise_BCHW = torch::empty_like(clear_BCHW),
                            times_B = torch::empty({rows.rows}), signal_B = torch::empty({rows.rows}),
                            spread_B = torch::empty({rows.rows});
        for (std::int64_t row = 0; row < rows.rows; ++row) {
            Rng rng(seeds.of(rows, row));
            const auto step = static_cast<std::int64_t>(1 + rng.below(static_cast<std::uint64_t>(config_.steps)));
            times_B[row] = time_of(step);
            signal_B[row] = std::sqrt(share(step));
            spread_B[row] = std::sqrt(1 - share(step));
            noise_BCHW[row] = normal_values(clear_BCHW[row].sizes().vec(), rng);
        }
        const torch::Tensor signal = signal_B.view({-1, 1, 1, 1}), spread = spread_B.view({-1, 1, 1, 1});
        seen(batch, signal * clear_BCHW + spread * noise_BCHW);
        batch.set(array::times, times_B);
        batch.set(wanted, config_.prediction == "noise" ? noise_BCHW : signal * noise_BCHW - spread * clear_BCHW);
        batch.counted = rows.rows;
        return batch;
    }

    LossParts loss(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {{"loss", losses(net, batch, pass).sum(), 1, LossPart::Per::row}};
    }

    Measures measures(Backbone& net, const Batch& batch, const Pass& pass) const override {
        return {losses(net, batch, pass), {}, {}};
    }

    torch::Tensor drawn(Backbone& net, std::int64_t count, std::uint64_t seed, const Pass& pass) const override {
        return on_the_way(net, count, seed, pass, 1).back();
    }

    bool draws_quickly() const override { return !canvas_.of_pictures(); }

    std::vector<PictureSheet> sheets(Backbone& net, const Batch&, std::uint64_t seed, const Pass& pass) const override {
        if (!canvas_.of_pictures()) return {};
        constexpr std::int64_t rows = 4;
        return {{"steps", torch::stack(on_the_way(net, rows, seed, pass, sheet_columns), 1)}};
    }

    Parameters parameters() const override {
        Parameters all;
        if (maps_)
            output_.list(all);
        else
            values_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        canvas_.list(all);
        return all;
    }

  private:
    double share(std::int64_t step) const { return shares_[static_cast<std::size_t>(step)]; }
    double time_of(std::int64_t step) const { return static_cast<double>(step) / static_cast<double>(config_.steps); }

    /// Pictures from -1 to 1.
    torch::Tensor outspread(const torch::Tensor& values_BCHW) const {
        return canvas_.of_pictures() ? values_BCHW * 2 - 1 : values_BCHW;
    }
    torch::Tensor drawn_of(const torch::Tensor& x_BCHW) const {
        return canvas_.drawn(canvas_.of_pictures() ? (x_BCHW + 1) / 2 : x_BCHW);
    }
    /// Puts noisy rows before the backbone, as they are.
    void seen(Batch& batch, const torch::Tensor& x_BCHW) const {
        if (canvas_.of_pictures())
            batch.set(array::image, x_BCHW);
        else
            batch.set(array::table, x_BCHW.flatten(1));
    }

    /// [B, C, H, W], float32 at least.
    torch::Tensor said(Backbone& net, const Batch& batch, const Pass& pass) const {
        const Features features = net.features(batch, pass);
        if (maps_) return at_least_float(output_(features.map_BCHW, pass));
        const ImageInput& shape = canvas_.shape();
        return at_least_float(values_(features.pooled_BD, canvas_.exact(pass)))
            .view({-1, shape.channels, shape.height, shape.width});
    }

    /// [B], float32 at least.
    torch::Tensor losses(Backbone& net, const Batch& batch, const Pass& pass) const {
        return (said(net, batch, pass) - batch[wanted]).square().flatten(1).mean(1);
    }

    /// `count` rows as they are drawn at `looks` moments from noise to what is drawn, evenly spread; the last is what
    /// is drawn. Song, Meng and Ermon 2020 (arXiv:2010.02502, equation 12) with their eta = 0 or 1; what the model
    /// takes for a picture or a row is kept where these lie: far in the noise a small error of what it says is a large
    /// one of what is left.
    std::vector<torch::Tensor> on_the_way(Backbone& net, std::int64_t count, std::uint64_t seed, const Pass& pass,
                                          std::int64_t looks) const {
        const torch::Device device = parameters().front().tensor.device();
        Rng rng(seed);
        const auto noise = [&] {
            const ImageInput& shape = canvas_.shape();
            return normal_values({count, shape.channels, shape.height, shape.width}, rng).to(device);
        };
        torch::Tensor x_BCHW = noise();
        std::vector<torch::Tensor> out;
        if (looks > 1) out.push_back(drawn_of(x_BCHW));
        const std::int64_t all = config_.sampler_steps;
        for (std::int64_t i = all; i > 0; --i) {
            const std::int64_t step = i * config_.steps / all, next = (i - 1) * config_.steps / all;
            const double now = share(step), then = share(next);
            Batch batch;
            seen(batch, x_BCHW);
            batch.set(array::times, torch::full({count}, time_of(step), torch::dtype(torch::kFloat32).device(device)));
            const torch::Tensor said_BCHW = said(net, batch, pass);
            const torch::Tensor guess_BCHW = config_.prediction == "noise"
                                                 ? (x_BCHW - std::sqrt(1 - now) * said_BCHW) / std::sqrt(now)
                                                 : std::sqrt(now) * x_BCHW - std::sqrt(1 - now) * said_BCHW;
            const torch::Tensor clear_BCHW = outspread(
                                    canvas_.kept_in_range(canvas_.of_pictures() ? (guess_BCHW + 1) / 2 : guess_BCHW)),
                                noise_BCHW = (x_BCHW - std::sqrt(now) * clear_BCHW) / std::sqrt(1 - now);
            const double fresh = config_.sampler == "ddpm" ? std::sqrt((1 - then) / (1 - now) * (1 - now / then)) : 0.0;
            x_BCHW = std::sqrt(then) * clear_BCHW + std::sqrt(std::max(0.0, 1 - then - fresh * fresh)) * noise_BCHW;
            if (fresh > 0) x_BCHW = x_BCHW + fresh * noise();
            const std::int64_t taken = all - i + 1, seen = static_cast<std::int64_t>(out.size());
            if (looks > 1 && taken * (looks - 1) >= seen * all) out.push_back(drawn_of(x_BCHW));
        }
        while (static_cast<std::int64_t>(out.size()) < looks) out.push_back(drawn_of(x_BCHW));
        out.back() = drawn_of(x_BCHW);
        return out;
    }

    DiffusionConfig config_;
    std::vector<double> shares_;
    Canvas canvas_;
    bool maps_ = false;
    Convolution output_;  ///< of maps
    Linear values_;       ///< of others
};

}  // namespace

ObjectiveKind diffusion_kind() {
    auto kind = kind_of<ObjectiveKind, DiffusionConfig>(
        {.id = "diffusion",
         .title = "Diffusion",
         .summary = "Say the noise in pictures or rows that are noisy to any degree, so that new ones can be drawn out "
                    "of noise alone, step by step.",
         .source = "Ho, Jain and Abbeel 2020, arXiv:2006.11239; Song, Meng and Ermon 2020, arXiv:2010.02502; Nichol "
                   "and Dhariwal 2021, arXiv:2102.09672; Salimans and Ho 2022, arXiv:2202.00512"},
        [](const DiffusionConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Diffusion>(config, inputs);
        });
    kind.needs = {value_rows, noise_features};
    kind.offers = [](const Json&) { return std::vector<std::string>{drawn_rows}; };
    kind.causal = false;
    constexpr std::int64_t area = 9;
    kind.head_parameters = [](const Json&, const BackboneFacts& backbone) -> std::int64_t {
        const auto shape = Canvas::shape_of(backbone);
        if (!shape) return 0;
        return backbone.maps ? (backbone.width * area + 1) * shape->channels : (backbone.width + 1) * shape->values();
    };
    kind.cost = [](const Json&, const BackboneFacts& backbone) {
        ObjectiveCost out;
        const auto shape = Canvas::shape_of(backbone);
        if (!shape) return out;
        const auto values = static_cast<double>(shape->values());
        out.activation_bytes = 4.0 * 4.0 * values;
        out.flops_per_unit = 6.0 * values * static_cast<double>(backbone.width * (backbone.maps ? area : 1));
        return out;
    };
    kind.metrics = {"loss", "frechet", "drawn_spread", "modes_drawn", "near_modes"};
    kind.main_metric = "loss";
    return kind;
}

}  // namespace gw

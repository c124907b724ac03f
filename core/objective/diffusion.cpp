#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "model/attention.h"
#include "model/convolution.h"
#include "model/noise_time.h"
#include "objective/by_class.h"
#include "objective/canvas.h"
#include "objective/catalog.h"
#include "objective/noise_schedule.h"
#include "objective/normal_values.h"

// Shape letters: B rows, C channels, H height, W width of a picture (see Canvas).
namespace gw {

namespace {

/// Float32 [B, C, H, W]: what the model is to say of the noisy rows.
constexpr const char* wanted = "wanted";
/// Int64 [B]: one more than the number of each row's class; 0 = the model is not told.
constexpr const char* told_class = "told_class";

struct DiffusionConfig {
    std::string schedule = "cosine", prediction = "noise", sampler = "ddim";
    std::int64_t steps = 1000, sampler_steps = 25;
    bool by_class = false;
    double class_dropout = 0.1, guidance = 0;

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
        schema::field<&DiffusionConfig::by_class>(
            {.key = "by_class",
             .label = "Draw by class",
             .help =
                 "Tells the model the class of each row, so that rows of a class can be asked for. Needs data whose "
                 "rows have one class each."}),
        schema::field<&DiffusionConfig::class_dropout>(
            {.key = "class_dropout",
             .label = "Rows without class",
             .help = "Share of the rows whose class the model is not told while it learns, so that it also learns to "
                     "draw without; guidance needs both.",
             .min = 0,
             .max = 0.9,
             .shown_when = "by_class=true"}),
        schema::field<&DiffusionConfig::guidance>(
            {.key = "guidance",
             .label = "Guidance",
             .help = "How far drawing goes past what the class says, away from what is drawn without one: more draws "
                     "rows that are typical of their class, and fewer different ones, in twice the time. 0 = none.",
             .min = 0,
             .max = 100,
             .shown_when = "by_class=true"}),
    };

    void check(schema::Problems& out, const std::string& at) const {
        if (sampler_steps > steps)
            out.push_back({at + ".sampler_steps", "must be at most noise_steps (" + std::to_string(steps) + ")"});
        if (by_class && guidance > 0 && class_dropout == 0)
            out.push_back({at + ".class_dropout",
                           "must be above 0 for guidance, which compares with rows drawn without "
                           "a class"});
    }
};

/// The denoising diffusion model of Ho, Jain and Abbeel 2020 (arXiv:2006.11239): each picture, from -1 to 1, or row of
/// a table, as it is, is mixed with normal noise as a step that is drawn for it says, and the model says the noise, or
/// the velocity of Salimans and Ho 2022 (arXiv:2202.00512, appendix D). Loss of a picture = mean squared error over its
/// values. Told the class of rows, it is guided without a classifier as in Ho and Salimans 2022 (arXiv:2207.12598):
/// a table with a row for each class, of which now and then none is told (algorithm 1).
class Diffusion final : public Objective, public DrawsByClass {
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
        if (!config.by_class) return;
        counts_ = inputs.labels.counts;
        count_ = static_cast<std::int64_t>(inputs.labels.classes.size());
        if (count_ == 0)
            throw Failure({Error::Code::bad_data,
                           "The rows are to be drawn by class, and no classes are known",
                           "Choose data whose rows have a class each, or set objective.by_class=false",
                           {"field objective.by_class"}});
        classes_ = TokenTable(init, "classes", count_, inputs.backbone.width);
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
        if (config_.by_class) batch.set(told_class, told_of(rows, seeds));
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
        return on_the_way(net, count, as_often_as_seen(count, seed), seed, pass, 1).back();
    }

    std::int64_t classes() const override { return count_; }
    bool can_be_guided() const override { return config_.class_dropout > 0; }
    torch::Tensor drawn_of(Backbone& net, const torch::Tensor& classes_B, std::optional<double> guidance,
                           std::uint64_t seed, const Pass& pass) const override {
        const Wish wish{classes_B, guidance.value_or(config_.guidance)};
        return on_the_way(net, classes_B.size(0), wish, seed, pass, 1).back();
    }

    bool draws_quickly() const override { return !canvas_.of_pictures(); }

    std::vector<PictureSheet> sheets(Backbone& net, const Batch&, std::uint64_t seed, const Pass& pass) const override {
        if (!canvas_.of_pictures()) return {};
        constexpr std::int64_t rows = 4;
        const Wish wish = as_often_as_seen(rows, seed);
        return {{"steps", torch::stack(on_the_way(net, rows, wish, seed, pass, sheet_columns), 1)}};
    }

    Parameters parameters() const override {
        Parameters all;
        if (maps_)
            output_.list(all);
        else
            values_.list(all);
        if (count_ > 0) classes_.list(all);
        return all;
    }

    Buffers buffers() const override {
        Buffers all;
        canvas_.list(all);
        return all;
    }

  private:
    /// What is to be drawn.
    struct Wish {
        torch::Tensor classes_B;  ///< int64; undefined = no classes
        double guidance = 0;
    };
    /// Of classes as often as they were in the training part, at random; none where no classes are told.
    Wish as_often_as_seen(std::int64_t count, std::uint64_t seed) const {
        if (count_ == 0) return {};
        std::int64_t all = 0;
        for (const std::int64_t one : counts_) all += one;
        constexpr std::uint64_t of_classes = 0x636c617373;
        Rng rng(mix64(seed, of_classes));
        torch::Tensor out_B = torch::zeros({count}, torch::kInt64);
        for (std::int64_t row = 0; row < count; ++row) {
            std::int64_t place =
                             static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(all > 0 ? all : count_))),
                         found = 0;
            while (all > 0 && place >= counts_[static_cast<std::size_t>(found)])
                place -= counts_[static_cast<std::size_t>(found++)];
            out_B.data_ptr<std::int64_t>()[row] = all > 0 ? found : place;
        }
        return {out_B, config_.guidance};
    }

    /// As told_class, some of them dropped.
    torch::Tensor told_of(const HostBatch& rows, const RowSeeds& seeds) const {
        constexpr std::uint64_t of_dropping = 0x64726f70;
        const RowSeeds dropping = seeds.another(of_dropping);
        torch::Tensor out_B = torch::zeros({rows.rows}, torch::kInt64);
        for (std::int64_t row = 0; row < rows.rows; ++row) {
            Rng rng(dropping.of(rows, row));
            const Example& example = *rows.examples.at(static_cast<std::size_t>(row));
            if (rng.uniform() >= config_.class_dropout && !example.classes.empty())
                out_B.data_ptr<std::int64_t>()[row] = example.classes.front() + 1;
        }
        return out_B;
    }
    /// Puts what the backbone is told of the classes into the batch.
    void tell(Batch& batch, const torch::Tensor& told_B) const {
        const torch::Tensor rows_BD = classes_((told_B - 1).clamp_min(0).unsqueeze(1)).squeeze(1);
        batch.set(told_beside_time, rows_BD * told_B.gt(0).unsqueeze(1).to(rows_BD.scalar_type()));
    }
    /// What the model says of rows of classes, w past it: (1 + w) said with them - w said without (Ho and Salimans
    /// 2022, equation 6), of noise and velocity alike, which are linear in each other.
    torch::Tensor guided(Backbone& net, const Batch& batch, const Wish& wish, const Pass& pass) const {
        if (!wish.classes_B.defined()) return said(net, batch, pass);
        Batch told = batch;
        tell(told, (wish.classes_B + 1).to(batch[array::times].device()));
        const torch::Tensor with_BCHW = said(net, told, pass);
        if (wish.guidance == 0) return with_BCHW;
        return (1 + wish.guidance) * with_BCHW - wish.guidance * said(net, batch, pass);
    }

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
        const torch::Tensor told_B = batch[told_class];
        Batch fed = batch;
        if (told_B.defined()) tell(fed, told_B);
        return (said(net, fed, pass) - batch[wanted]).square().flatten(1).mean(1);
    }

    /// `count` rows as they are drawn at `looks` moments from noise to what is drawn, evenly spread; the last is what
    /// is drawn. Song, Meng and Ermon 2020 (arXiv:2010.02502, equation 12) with their eta = 0 or 1; what the model
    /// takes for a picture or a row is kept where these lie: far in the noise a small error of what it says is a large
    /// one of what is left.
    std::vector<torch::Tensor> on_the_way(Backbone& net, std::int64_t count, const Wish& wish, std::uint64_t seed,
                                          const Pass& pass, std::int64_t looks) const {
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
            const torch::Tensor said_BCHW = guided(net, batch, wish, pass);
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
    TokenTable classes_;  ///< of those that are told
    std::int64_t count_ = 0;
    std::vector<std::int64_t> counts_;  ///< rows of each class in the training part
};

}  // namespace

ObjectiveKind diffusion_kind() {
    auto kind = kind_of<ObjectiveKind, DiffusionConfig>(
        {.id = "diffusion",
         .title = "Diffusion",
         .summary = "Say the noise in pictures or rows that are noisy to any degree, so that new ones can be drawn out "
                    "of noise alone, step by step.",
         .source = "Ho, Jain and Abbeel 2020, arXiv:2006.11239; Song, Meng and Ermon 2020, arXiv:2010.02502; Nichol "
                   "and Dhariwal 2021, arXiv:2102.09672; Salimans and Ho 2022, arXiv:2202.00512; Ho and Salimans 2022, "
                   "arXiv:2207.12598"},
        [](const DiffusionConfig& config, const ObjectiveInputs& inputs) -> std::unique_ptr<Objective> {
            return std::make_unique<Diffusion>(config, inputs);
        });
    kind.needs = {value_rows, noise_features};
    kind.needs_as_set = [](const Json& settings) {
        DiffusionConfig config;
        (void)schema::load(config, settings, "objective");
        return config.by_class ? std::vector<std::string>{"labels of the kind class"} : std::vector<std::string>{};
    };
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

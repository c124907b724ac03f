#include <cmath>

#include "data/catalog.h"
#include "data/example_settings.h"
#include "data/images/shape_drawing.h"
#include "data/only_setting.h"
#include "util/hash.h"
#include "util/progress_texts.h"

namespace gw {

namespace {

struct ShapesConfig {
    std::int64_t pictures = 12000, size = 32, seed = 1, examples = 0, examples_seed = 1;
    std::string label = "shape";
    std::vector<std::string> only;
    double noise = 0.05, held_out = 0;
    static constexpr auto fields = std::tuple{
        schema::field<&ShapesConfig::pictures>({.key = "pictures",
                                                .label = "Pictures",
                                                .help = "How many to draw.",
                                                .min = 20,
                                                .max = 10000000,
                                                .scale = schema::Scale::log}),
        schema::field<&ShapesConfig::size>({.key = "size",
                                            .label = "Side",
                                            .help = "Height and width of a picture.",
                                            .unit = "pixels",
                                            .min = 16,
                                            .max = 128}),
        schema::field<&ShapesConfig::label>(
            {.key = "label",
             .label = "Class",
             .help = "Which property of a picture is its class; the others are known as well, and "
                     "results can be looked at by them.",
             .choices = "shape=Shape|colour=Colour|place=Place|size=Size|texture=Texture"}),
        schema::field<&ShapesConfig::noise>(
            {.key = "noise",
             .label = "Noise",
             .help = "Standard deviation of the noise added to every value, as a share of the range "
                     "from dark to bright: more makes the task harder.",
             .min = 0,
             .max = 0.5}),
        schema::field<&ShapesConfig::held_out>(
            {.key = "held_out",
             .label = "Unseen combinations",
             .help = "Share of the combinations of shape and colour whose pictures lie in a file of their own, called "
                     "\"unseen\", though each shape and each colour stands in the others as well: the split by test "
                     "files keeps it apart where it is told this name.",
             .min = 0,
             .max = 0.5,
             .audience = schema::Audience::expert}),
        schema::field<&ShapesConfig::seed>(
            {.key = "seed", .label = "Seed", .help = "Another seed draws other pictures.", .min = 0, .max = 9e15}),
        schema::field<&ShapesConfig::only>(only_setting()),
        schema::field<&ShapesConfig::examples>(examples_setting()),
        schema::field<&ShapesConfig::examples_seed>(examples_seed_setting()),
    };
    /// In 1/65,536; a product with a power of two is exact.
    std::int64_t noise_65536() const { return std::llround(noise * 65536); }
    /// Combinations of shape and colour that are held out.
    std::size_t unseen() const {
        const std::size_t all =
            ShapeFactors::values_of(ShapeFactors::shape).size() * ShapeFactors::values_of(ShapeFactors::colour).size();
        return static_cast<std::size_t>(std::lround(held_out * static_cast<double>(all)));
    }
    /// Held out diagonal by diagonal of their table, so that no shape and no colour loses more than another.
    bool is_unseen(const ShapeFactors& factors) const {
        const std::size_t shapes = ShapeFactors::values_of(ShapeFactors::shape).size(),
                          colours = ShapeFactors::values_of(ShapeFactors::colour).size();
        const std::size_t shape = factors.values[ShapeFactors::shape], colour = factors.values[ShapeFactors::colour];
        return ((colour + colours - shape % colours) % colours) * shapes + shape < unseen();
    }
};

/// Drawn pictures whose every property is known, so that a model can be asked what it has seen.
class Shapes final : public Dataset {
  public:
    explicit Shapes(ShapesConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        std::string text = "shapes " + std::string(shape_drawing_version) + " " + std::to_string(config_.pictures) +
                           " " + std::to_string(config_.size) + " " + config_.label + " " +
                           std::to_string(config_.noise_65536()) + " " + std::to_string(config_.seed) + "\n";
        if (config_.unseen() > 0) text += "unseen " + std::to_string(config_.unseen()) + "\n";
        for (std::size_t factor = 0; factor < ShapeFactors::names.size(); ++factor)
            for (const std::string_view name : ShapeFactors::values_of(factor)) text += std::string(name) + "\n";
        return sha256(text);
    }
    LabelKind labels() const override { return LabelKind::one_class; }
    std::vector<std::string> only() const override { return config_.only; }
    std::pair<std::int64_t, std::uint64_t> drawn() const override {
        return {config_.examples, static_cast<std::uint64_t>(config_.examples_seed)};
    }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport&) const override {
        std::vector<std::uint8_t> pixels(static_cast<std::size_t>(3 * config_.size * config_.size));
        const Picture picture{3, config_.size, config_.size, pixels};
        for (std::int64_t i = 0; i < config_.pictures; ++i) {
            constexpr std::int64_t between_reports = 256;
            if (i % between_reports == 0) {
                if (stop.stop_requested())
                    return Error{Error::Code::cancelled, "Stopped while drawing pictures", "", {}};
                if (progress)
                    progress(say::drawing_pictures, static_cast<double>(i) / static_cast<double>(config_.pictures));
            }
            // Keeps these draws apart from those of a split, which are named by a seed and the document's number as
            // well.
            constexpr std::uint64_t purpose = 0x736861706573;
            Rng rng(mix64(static_cast<std::uint64_t>(config_.seed), purpose, static_cast<std::uint64_t>(i)));
            const ShapeFactors factors = draw_shape(rng, config_.size, config_.noise_65536(), pixels);
            Label label;
            for (std::size_t factor = 0; factor < ShapeFactors::names.size(); ++factor) {
                const std::string name(factors.name(factor));
                if (ShapeFactors::names[factor] == config_.label) label.classes = {name};
                label.columns.emplace_back(ShapeFactors::names[factor], name);
            }
            const std::string caption = factors.caption();
            if (!sink({caption, config_.is_unseen(factors) ? "unseen" : "shapes", i, &label, 0, &picture})) break;
        }
        return {};
    }

    ShapesConfig config_;
};

}  // namespace

DatasetKind shapes_kind() {
    auto kind = kind_of<DatasetKind, ShapesConfig>(
        {.id = "shapes",
         .title = "Shapes",
         .summary = "Drawn pictures of coloured shapes with a caption each; needs no file, and every property of a "
                    "picture is known.",
         .source = ""},
        [](const ShapesConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Shapes>(config); });
    kind.offers = [](const Json&) {
        return std::vector<std::string>{"image", value_rows, rows_without_text, "captions", "labels of the kind class"};
    };
    kind.pictures = true;
    kind.expects = [](const Json& section) {
        const auto side = section.value("size", ShapesConfig{}.size);
        return image_input(3, side, side);
    };
    kind.expects_exactly = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

#include <cmath>
#include <numbers>

#include "data/catalog.h"
#include "data/seed_setting.h"
#include "data/tables/numbered_columns.h"
#include "util/hash.h"
#include "util/progress_texts.h"
#include "util/rng.h"

namespace gw {

namespace {

struct GaussiansConfig {
    std::int64_t modes = 8, dimensions = 2, rows = 20000, seed = 1;
    double radius = 2, deviation = 0.02;
    std::string middles = "ring";

    static constexpr auto fields = std::tuple{
        schema::field<&GaussiansConfig::modes>({.key = "modes",
                                                .label = "Modes",
                                                .help =
                                                    "Bell curves that the rows are drawn from, each as often as the "
                                                    "others.",
                                                .min = 1,
                                                .max = 1000}),
        schema::field<&GaussiansConfig::middles>(
            {.key = "middles",
             .label = "Middles",
             .help = "Where the middles of the modes stand: evenly on a ring in the first two dimensions, of one "
                     "dimension on a line; or drawn at random, normally distributed in all dimensions.",
             .choices = "ring=On a ring|random=At random"}),
        schema::field<&GaussiansConfig::radius>(
            {.key = "radius",
             .label = "Radius",
             .help = "Of the ring, or half the length of the line; a single mode stands in its middle. At random the "
                     "standard deviation of the middles in each dimension.",
             .min = 0,
             .max = 1e6}),
        schema::field<&GaussiansConfig::deviation>(
            {.key = "deviation",
             .label = "Deviation",
             .help = "Standard deviation of each mode in each dimension. Where the modes lie "
                     "far apart the best mean log likelihood of a row is "
                     "-ln modes - dimensions (ln deviation + 1.4189) nats.",
             .min = 1e-6,
             .max = 1e6,
             .scale = schema::Scale::log}),
        schema::field<&GaussiansConfig::dimensions>(
            {.key = "dimensions", .label = "Dimensions", .help = "Values of a row.", .min = 1, .max = 256}),
        schema::field<&GaussiansConfig::rows>({.key = "rows",
                                               .label = "Rows",
                                               .help = "How many are drawn.",
                                               .min = 1,
                                               .max = 10000000,
                                               .scale = schema::Scale::log}),
        schema::field<&GaussiansConfig::seed>(seed_setting("The same one draws the same rows.")),
    };

    /// Middle of a mode along a dimension.
    double middle(std::int64_t mode, std::int64_t dimension) const {
        if (middles == "random") {
            constexpr std::uint64_t of_middles = 0x6d6964646c65;
            return radius * Rng(mix64(static_cast<std::uint64_t>(seed), of_middles, static_cast<std::uint64_t>(mode),
                                      static_cast<std::uint64_t>(dimension)))
                                .normal();
        }
        if (modes == 1 || dimension > 1) return 0;
        const double share = static_cast<double>(mode) / static_cast<double>(dimensions == 1 ? modes - 1 : modes);
        if (dimensions == 1) return radius * (2 * share - 1);
        const double angle = 2 * std::numbers::pi * share;
        return radius * (dimension == 0 ? std::cos(angle) : std::sin(angle));
    }
};

/// Rows of a mixture of normal distributions, on a ring as Metz et al. 2016 (arXiv:1611.02163, section 3.1) and
/// Srivastava et al. 2017 (arXiv:1705.07761) try on whether a model draws all of a distribution. The class of a row is
/// its mode.
class Gaussians final : public Dataset {
  public:
    explicit Gaussians(GaussiansConfig config) : config_(std::move(config)) {}

    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        Json settings = {config_.modes,      config_.radius, config_.deviation,
                         config_.dimensions, config_.rows,   config_.seed};
        if (config_.middles != "ring")
            settings.push_back(config_.middles);  // rings were made before there was a choice
        return sha256("gaussians 1\n" + settings.dump());
    }
    LabelKind labels() const override { return LabelKind::one_class; }
    bool standardises() const override { return false; }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport& report) const override {
        report.format = "table";
        const std::vector<TableColumn> named = numbered_columns(config_.dimensions);
        std::vector<double> values(named.size());
        std::vector<double> middles;
        for (std::int64_t mode = 0; mode < config_.modes; ++mode)
            for (std::int64_t d = 0; d < config_.dimensions; ++d) middles.push_back(config_.middle(mode, d));
        Rng rng(static_cast<std::uint64_t>(config_.seed));
        for (std::int64_t at = 0; at < config_.rows; ++at) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while drawing rows", "", {}};
            const auto mode = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(config_.modes)));
            const double* middle = middles.data() + mode * config_.dimensions;
            for (std::size_t d = 0; d < values.size(); ++d) values[d] = middle[d] + config_.deviation * rng.normal();
            Label label;
            label.classes = {"mode " + std::to_string(mode + 1)};
            const TableValues row{values, &named};
            constexpr std::int64_t told = 1000;
            if (progress && at % told == 0)
                progress(say::reading_table, static_cast<double>(at) / static_cast<double>(config_.rows));
            if (!sink({"", "gaussians", report.rows++, &label, at + 1, nullptr, nullptr, &row})) break;
        }
        return {};
    }

    GaussiansConfig config_;
};

}  // namespace

DatasetKind gaussians_kind() {
    auto kind = kind_of<DatasetKind, GaussiansConfig>(
        {.id = "gaussians",
         .title = "Mixture of Gaussians",
         .summary =
             "Made-up rows around a few middles, each a class: whether a model draws all of them can be counted.",
         .source = "Metz et al. 2016, arXiv:1611.02163, section 3.1"},
        [](const GaussiansConfig& config) -> std::unique_ptr<Dataset> { return std::make_unique<Gaussians>(config); });
    kind.offers = [](const Json&) {
        return std::vector<std::string>{table_rows, value_rows, rows_without_text, "labels of the kind class"};
    };
    kind.table = true;
    kind.expects = [](const Json& json) {
        GaussiansConfig config;
        (void)schema::load(config, json, "dataset");
        return numbered_columns_facts(config.dimensions);
    };
    kind.expects_exactly = [](const Json&) { return true; };
    return kind;
}

}  // namespace gw

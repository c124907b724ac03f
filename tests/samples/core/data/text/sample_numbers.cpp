#include "data/catalog.h"
#include "util/hash.h"
#include "util/rng.h"

namespace gw {

namespace {

struct SampleNumbersConfig {
    std::int64_t lines = 2000, seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&SampleNumbersConfig::lines>(
            {.key = "lines", .label = "Lines", .help = "How many to write.", .min = 20, .max = 1000000}),
        schema::field<&SampleNumbersConfig::seed>(
            {.key = "seed", .label = "Seed", .help = "Another seed draws other numbers.", .min = 0, .max = 9e15}),
    };
};

/// Numbers in digits, labelled as even or odd.
class SampleNumbers final : public Dataset {
  public:
    explicit SampleNumbers(const SampleNumbersConfig& config) : config_(config) {}

    Result<std::string> fingerprint(const ProgressFn&, std::stop_token) const override {
        return sha256("sample_numbers 1 " + std::to_string(config_.lines) + " " + std::to_string(config_.seed));
    }
    LabelKind labels() const override { return LabelKind::one_class; }

  private:
    Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                ReadReport&) const override {
        for (std::int64_t i = 0; i < config_.lines; ++i) {
            constexpr std::int64_t between_reports = 1024;
            if (i % between_reports == 0) {
                if (stop.stop_requested())
                    return Error{Error::Code::cancelled, "Stopped while writing numbers", "", {}};
                if (progress) progress("writing numbers", static_cast<double>(i) / static_cast<double>(config_.lines));
            }
            Rng rng(mix64(static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(i)));
            const std::uint64_t number = rng.below(1000000);
            Label label;
            label.classes = {number % 2 == 0 ? "even" : "odd"};
            const std::string text = "the number " + std::to_string(number) + "\n";
            if (!sink({text, "numbers", i, &label})) break;
        }
        return {};
    }

    SampleNumbersConfig config_;
};

}  // namespace

DatasetKind sample_numbers_kind() {
    auto kind = kind_of<DatasetKind, SampleNumbersConfig>(
        {.id = "sample_numbers", .title = "Numbers", .summary = "Numbers in digits, even or odd.", .source = ""},
        [](const SampleNumbersConfig& config) -> std::unique_ptr<Dataset> {
            return std::make_unique<SampleNumbers>(config);
        });
    kind.offers = [](const Json&) { return std::vector<std::string>{"text", "labels of the kind class"}; };
    return kind;
}

}  // namespace gw

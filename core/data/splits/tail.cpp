#include <algorithm>

#include "data/catalog.h"
#include "util/text.h"

namespace gw {

namespace {

struct TailConfig {
    double validation = 0.1, test = 0.0;
    static constexpr auto fields = std::tuple{
        schema::field<&TailConfig::validation>(
            {.key = "validation",
             .label = "Validation",
             .help = "Share of the bytes, from the end of the dataset (of series: of each file), kept for "
                     "validation.",
             .min = 0.0001,
             .max = 0.9}),
        schema::field<&TailConfig::test>({.key = "test",
                                          .label = "Test",
                                          .help = "Share of the bytes after the validation part kept for a last test.",
                                          .min = 0,
                                          .max = 0.9}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (validation + test >= 1)
            out.push_back({at + ".test", "leaves nothing to train on: validation and test together must stay below 1"});
    }
};

/// Training part, then validation, then test, in the order of the dataset; a document may be cut where one ends.
class Tail final : public Split {
  public:
    explicit Tail(const TailConfig& config) : config_(config) {}
    void cut(const Document& document, std::uint64_t offset, std::uint64_t total,
             const std::function<void(Part, std::string_view)>& piece) const override {
        const double whole = static_cast<double>(total);
        const auto train_end = static_cast<std::uint64_t>(whole * (1 - config_.validation - config_.test));
        const auto validation_end = config_.test > 0 ? static_cast<std::uint64_t>(whole * (1 - config_.test)) : total;
        auto inside = [&](std::uint64_t position) {
            return utf8_boundary(
                document.text,
                static_cast<std::size_t>(std::clamp(position, offset, offset + document.text.size()) - offset));
        };
        const std::size_t first = inside(train_end), second = std::max(first, inside(validation_end));
        if (first > 0) piece(Part::train, document.text.substr(0, first));
        if (second > first) piece(Part::validation, document.text.substr(first, second - first));
        if (second < document.text.size()) piece(Part::test, document.text.substr(second));
    }

  private:
    TailConfig config_;
};

}  // namespace

SplitKind tail_kind() {
    auto kind = kind_of<SplitKind, TailConfig>(
        {.id = "tail",
         .title = "Tail",
         .summary = "The end of the dataset is kept apart: for one long text, and for text in order of time.",
         .source = ""},
        [](const TailConfig& config) -> std::unique_ptr<Split> { return std::make_unique<Tail>(config); });
    kind.usual_for = {SplitUse::few_documents};
    kind.offers = [](const Json&) { return std::vector<std::string>{parts_in_order}; };
    return kind;
}

}  // namespace gw

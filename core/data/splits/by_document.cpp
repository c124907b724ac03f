#include "data/catalog.h"
#include "util/rng.h"

namespace gw {

namespace {

struct ByDocumentConfig {
    double validation = 0.05, test = 0.0;
    std::int64_t seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&ByDocumentConfig::validation>({.key = "validation",
                                                      .label = "Validation",
                                                      .help = "Share of the documents kept for validation.",
                                                      .min = 0.0001,
                                                      .max = 0.9}),
        schema::field<&ByDocumentConfig::test>({.key = "test",
                                                .label = "Test",
                                                .help = "Share of the documents kept for a last test.",
                                                .min = 0,
                                                .max = 0.9}),
        schema::field<&ByDocumentConfig::seed>({.key = "seed",
                                                .label = "Seed",
                                                .help = "Another seed draws other documents.",
                                                .min = 0,
                                                .max = 9e15,
                                                .audience = schema::Audience::expert}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (validation + test >= 1)
            out.push_back({at + ".test", "leaves nothing to train on: validation and test together must stay below 1"});
    }
};

/// Draws the part of each document by its number.
class ByDocument final : public Split {
  public:
    explicit ByDocument(const ByDocumentConfig& config) : config_(config) {}
    void cut(const Document& document, std::uint64_t, std::uint64_t,
             const std::function<void(Part, std::string_view)>& piece) const override {
        const double u =
            Rng(mix64(static_cast<std::uint64_t>(config_.seed), static_cast<std::uint64_t>(document.index))).uniform();
        piece(u < config_.validation                  ? Part::validation
              : u < config_.validation + config_.test ? Part::test
                                                      : Part::train,
              document.text);
    }

    std::string advice(Part part) const override {
        return Split::advice(part) + "; a single document is better split with split.kind=tail";
    }

  private:
    ByDocumentConfig config_;
};

}  // namespace

SplitKind by_document_kind() {
    auto kind = kind_of<SplitKind, ByDocumentConfig>(
        {.id = "by_document",
         .title = "By document",
         .summary = "Documents drawn at random, the same ones every time: for datasets of many documents.",
         .source = ""},
        [](const ByDocumentConfig& config) -> std::unique_ptr<Split> { return std::make_unique<ByDocument>(config); });
    kind.usual_for = {SplitUse::documents};
    return kind;
}

}  // namespace gw

#include <algorithm>
#include <cmath>

#include "data/catalog.h"
#include "data/class_order.h"
#include "util/text.h"

namespace gw {

namespace {

struct StratifiedConfig {
    double validation = 0.1, test = 0.0;
    std::int64_t seed = 1;
    static constexpr auto fields = std::tuple{
        schema::field<&StratifiedConfig::validation>({.key = "validation",
                                                      .label = "Validation",
                                                      .help = "Share of the texts of each class kept for validation.",
                                                      .min = 0.0001,
                                                      .max = 0.9}),
        schema::field<&StratifiedConfig::test>({.key = "test",
                                                .label = "Test",
                                                .help = "Share of the texts of each class kept for a last test.",
                                                .min = 0,
                                                .max = 0.9}),
        schema::field<&StratifiedConfig::seed>({.key = "seed",
                                                .label = "Seed",
                                                .help = "Another seed draws other texts.",
                                                .min = 0,
                                                .max = 9e15,
                                                .audience = schema::Audience::expert}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (validation + test >= 1)
            out.push_back({at + ".test", "leaves nothing to train on: validation and test together must stay below 1"});
    }
};

/// Every part has the classes in the same shares.
class Stratified final : public Split {
  public:
    explicit Stratified(const StratifiedConfig& config) : config_(config) {}
    bool surveys() const override { return true; }
    Status survey(const Document& document) override {
        order_.add(document, /*by_class=*/true);
        return {};
    }
    Status settle() override {
        const std::int64_t parts = config_.test > 0 ? 3 : 2;
        for (const auto& [name, members] : order_.classes())
            if (static_cast<std::int64_t>(members.size()) < parts)
                return Error{Error::Code::bad_data,
                             "The class \"" + name + "\" has " + grouped(static_cast<std::int64_t>(members.size())) +
                                 (members.size() == 1 ? " example" : " examples") + ", too few to stand in each of " +
                                 std::to_string(parts) + " parts",
                             "Add examples of this class, leave the class out, or choose split.kind=by_document",
                             order_.first_place(name)};
        order_.shuffle(static_cast<std::uint64_t>(config_.seed));
        return {};
    }
    void cut(const Document& document, std::uint64_t, std::uint64_t,
             const std::function<void(Part, std::string_view)>& piece) const override {
        const auto place = order_.place(document.index);  // clang before 16 lets no lambda see a structured binding
        const std::int64_t number = place.number, of = place.of;
        const auto share = [&](double s) {
            return s > 0 ? std::max<std::int64_t>(1, std::llround(s * static_cast<double>(of))) : 0;
        };
        // Small classes keep at least one text for training: settle() has seen to it that there are enough.
        const std::int64_t validation = std::min(share(config_.validation), of - 1 - (config_.test > 0 ? 1 : 0));
        const std::int64_t test = std::min(share(config_.test), of - 1 - validation);
        piece(number < validation          ? Part::validation
              : number < validation + test ? Part::test
                                           : Part::train,
              document.text);
    }

  private:
    StratifiedConfig config_;
    ClassOrder order_;
};

}  // namespace

SplitKind stratified_kind() {
    auto kind = kind_of<SplitKind, StratifiedConfig>(
        {.id = "stratified",
         .title = "Stratified",
         .summary = "Texts drawn at random, of each class the same share: for labelled data.",
         .source = ""},
        [](const StratifiedConfig& config) -> std::unique_ptr<Split> { return std::make_unique<Stratified>(config); });
    kind.usual_for = {SplitUse::classes};
    return kind;
}

}  // namespace gw

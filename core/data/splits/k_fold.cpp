#include "data/catalog.h"
#include "data/class_order.h"
#include "util/text.h"

namespace gw {

namespace {

struct KFoldConfig {
    std::int64_t folds = 5, fold = 1, seed = 1;
    bool stratified = true;
    static constexpr auto fields = std::tuple{
        schema::field<&KFoldConfig::folds>(
            {.key = "folds",
             .label = "Folds",
             .help = "Parts of equal size, each of which is the validation part of one run; 0 = one "
                     "text a fold (leave one out).",
             .min = 0,
             .max = 1e6}),
        schema::field<&KFoldConfig::fold>({.key = "fold",
                                           .label = "Fold",
                                           .help = "Which fold is kept for validation in this run, from 1.",
                                           .min = 1,
                                           .max = 1e9}),
        schema::field<&KFoldConfig::stratified>(
            {.key = "stratified", .label = "Stratified", .help = "Every fold has the classes in the same shares."}),
        schema::field<&KFoldConfig::seed>({.key = "seed",
                                           .label = "Seed",
                                           .help = "Another seed draws other folds.",
                                           .min = 0,
                                           .max = 9e15,
                                           .audience = schema::Audience::expert}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (folds == 1) out.push_back({at + ".folds", "must be at least 2, or 0 for one text a fold"});
        if (folds >= 2 && fold > folds)
            out.push_back({at + ".fold", "is past the last of the " + std::to_string(folds) + " folds"});
    }
};

/// One of k parts of equal size is held out; the runs with fold 1 to k hold out every text once.
class KFold final : public Split {
  public:
    explicit KFold(const KFoldConfig& config) : config_(config) {}
    bool surveys() const override { return true; }
    Status survey(const Document& document) override {
        order_.add(document, config_.stratified && config_.folds > 0);
        return {};
    }
    Status settle() override {
        if (config_.folds == 0 && config_.fold > order_.documents())
            return Error{Error::Code::bad_data,
                         "There are only " + grouped(order_.documents()) + " texts to leave out",
                         "Set split.fold to a number from 1 to " + grouped(order_.documents()),
                         {"field split.fold"}};
        if (config_.folds > order_.documents())
            return Error{Error::Code::bad_data,
                         grouped(config_.folds) + " folds cannot be made of " + grouped(order_.documents()) + " texts",
                         "Set split.folds lower, or 0 for one text a fold",
                         {"field split.folds"}};
        if (config_.stratified && config_.folds > 0)
            for (const auto& [name, members] : order_.classes())
                if (static_cast<std::int64_t>(members.size()) < config_.folds && order_.classes().size() > 1)
                    return Error{Error::Code::bad_data,
                                 "The class \"" + name + "\" has " +
                                     grouped(static_cast<std::int64_t>(members.size())) +
                                     (members.size() == 1 ? " example" : " examples") + ", fewer than the " +
                                     grouped(config_.folds) + " folds",
                                 "Add examples of this class, set split.folds lower, or split.stratified=false",
                                 order_.first_place(name)};
        order_.shuffle(static_cast<std::uint64_t>(config_.seed));
        // Classes whose size is no multiple of k would all put their spare texts into the first folds: each goes on
        // where the one before ended.
        std::int64_t before = 0;
        for (const auto& [name, members] : order_.classes()) {
            for (const std::int64_t member : members)
                shift_.resize(std::max(shift_.size(), static_cast<std::size_t>(member) + 1));
            for (const std::int64_t member : members) shift_[static_cast<std::size_t>(member)] = before;
            before += static_cast<std::int64_t>(members.size());
        }
        return {};
    }
    void cut(const Document& document, std::uint64_t, std::uint64_t,
             const std::function<void(Part, std::string_view)>& piece) const override {
        const std::int64_t folds = config_.folds == 0 ? order_.documents() : config_.folds;
        const std::int64_t place =
            order_.place(document.index).number + shift_[static_cast<std::size_t>(document.index)];
        piece(place % folds == config_.fold - 1 ? Part::validation : Part::train, document.text);
    }

    std::string advice(Part) const override { return "Add documents, or set split.folds lower"; }

  private:
    KFoldConfig config_;
    ClassOrder order_;
    std::vector<std::int64_t> shift_;
};

}  // namespace

SplitKind k_fold_kind() {
    auto kind = kind_of<SplitKind, KFoldConfig>(
        {.id = "k_fold",
         .title = "Cross-validation fold",
         .summary = "One of k parts is kept for validation; k runs judge every text once.",
         .source = "Kohavi 1995, A study of cross-validation and bootstrap"},
        [](const KFoldConfig& config) -> std::unique_ptr<Split> { return std::make_unique<KFold>(config); });
    kind.cross_validation = {
        [complete = kind.complete](std::int64_t folds, std::int64_t fold, bool by_class, const Json& chosen) {
            return complete({{"folds", folds},
                             {"fold", fold},
                             {"stratified", by_class && chosen.value("stratified", true)},
                             {"seed", chosen.value("seed", std::int64_t{1})}});
        },
        {"seed", "stratified"}};
    return kind;
}

}  // namespace gw

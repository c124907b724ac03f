#include "optim/averaging.h"

#include <array>

#include "optim/catalog.h"

namespace gw {

namespace {

struct NoAveragingConfig {
    static constexpr auto fields = std::tuple{};
};

AveragingKind no_averaging_kind() {
    return kind_of<AveragingKind, NoAveragingConfig>(
        {.id = "none",
         .title = "No average",
         .summary = "The run is judged by the weights that are trained, and saves them.",
         .source = ""},
        [](const NoAveragingConfig&) -> std::unique_ptr<Averaging> { return nullptr; });
}

}  // namespace

std::span<const AveragingKind> averagings() {
    static const std::array all{no_averaging_kind(), ema_kind(), swa_kind()};
    return all;
}

std::unique_ptr<Averaging> make_averaging(const Json& section) {
    if (!section.is_object() || !section.contains("kind")) return nullptr;
    return find_kind(averagings(), section.at("kind"))->build(section);
}

}  // namespace gw

#include "data/augmentation.h"

#include <array>

#include "data/catalog.h"

namespace gw {

namespace {

struct NoneConfig {
    static constexpr auto fields = std::tuple{};
};

AugmentationKind no_augmentation_kind() {
    return kind_of<AugmentationKind, NoneConfig>(
        {.id = "none", .title = "None", .summary = "Training rows stay as they are in every pass.", .source = ""},
        [](const NoneConfig&) -> std::unique_ptr<Augmentation> { return nullptr; });
}

}  // namespace

std::vector<std::string> differing_views(const Json& section, std::initializer_list<const char*> settings) {
    for (const char* setting : settings)
        if (const auto it = section.find(setting); it != section.end() && it->is_number() && it->get<double>() > 0)
            return {views_that_differ};
    return {};
}

std::span<const AugmentationKind> augmentations() {
    static const std::array all{no_augmentation_kind(), image_changes_kind(), views_kind(), text_changes_kind()};
    return all;
}

std::unique_ptr<Augmentation> make_augmentation(const Json& section) {
    if (!section.is_object() || !section.contains("kind")) return nullptr;
    return find_kind(augmentations(), section.at("kind"))->build(section);
}

}  // namespace gw

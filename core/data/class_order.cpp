#include "data/class_order.h"

#include <utility>

#include "util/rng.h"

namespace gw {

void ClassOrder::add(const Document& document, bool by_class) {
    const bool has_one =
        by_class && document.label && document.label->words.empty() && document.label->classes.size() == 1;
    const std::string name = has_one ? document.label->classes.front() : "";
    auto& members = classes_[name];
    if (members.empty()) first_places_[name] = where(document);
    members.push_back(documents_++);
}

std::vector<std::string> ClassOrder::first_place(const std::string& name) const {
    const auto it = first_places_.find(name);
    return it == first_places_.end() ? std::vector<std::string>() : it->second;
}

void ClassOrder::shuffle(std::uint64_t seed) {
    places_.assign(static_cast<std::size_t>(documents_), {});
    std::uint64_t number = 0;
    for (const auto& [name, members] : classes_) {
        std::vector<std::int64_t> order = members;
        Rng rng(mix64(seed, number++));
        for (std::size_t i = 0; i + 1 < order.size(); ++i) std::swap(order[i], order[i + rng.below(order.size() - i)]);
        for (std::size_t i = 0; i < order.size(); ++i)
            places_[static_cast<std::size_t>(order[i])] = {static_cast<std::int64_t>(i),
                                                           static_cast<std::int64_t>(order.size())};
    }
}

}  // namespace gw

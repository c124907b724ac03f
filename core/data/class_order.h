#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "data/dataset.h"

namespace gw {

/// Remembers the class of every document, and gives each its place in a random order of its class: what stratified
/// splits go by.
class ClassOrder {
  public:
    /// Documents come in order. A document without a class, or with several, counts to one class of them all, as it
    /// does when `by_class` is off.
    void add(const Document& document, bool by_class);
    void shuffle(std::uint64_t seed);
    struct Place {
        std::int64_t number = 0, of = 0;  ///< the number-th of so many in its class, in a random order
    };
    Place place(std::int64_t document) const { return places_[static_cast<std::size_t>(document)]; }
    std::int64_t documents() const { return documents_; }
    /// Where the first member of a class stands.
    std::vector<std::string> first_place(const std::string& name) const;
    /// Members of each class, by name.
    const std::map<std::string, std::vector<std::int64_t>>& classes() const { return classes_; }

  private:
    std::map<std::string, std::vector<std::int64_t>> classes_;
    std::vector<Place> places_;
    std::map<std::string, std::vector<std::string>> first_places_;
    std::int64_t documents_ = 0;
};

}  // namespace gw

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/read_report.h"

namespace gw {

/// The whole number that a class's name spells: "1", "1.0", "1e0", "+1" and "-0" do, "01", "1.10" and "1.5" do not,
/// since codes and versions are written so.
std::optional<double> whole_number(std::string_view name);

/// The classes of a dataset as they come: spellings of one whole number are one class, named as it was spelt first.
class ClassNames {
  public:
    /// The class's name for a cell, counted.
    const std::string& name(std::string_view cell);
    /// Puts the counts into `report`, and warnings of names that are likely meant to be one.
    void tell(ReadReport& report) const;
    /// Whether some cell was given another name than its own.
    bool merged() const { return !merged_.empty(); }

  private:
    std::map<std::string, std::int64_t, std::less<>> counts_;
    std::map<double, std::string> numbers_;
    std::map<std::string, std::string> merged_;  ///< other spellings, and the class that they went to
};

/// A number of a label: 3.5, and 3,5 where `comma` allows it.
std::optional<double> label_number(std::string_view text, bool comma);

}  // namespace gw

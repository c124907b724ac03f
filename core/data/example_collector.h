#pragma once
#include <array>
#include <map>

#include "data/examples.h"
#include "data/split.h"

namespace gw {

/// Gathers the labelled documents and the pictures of a dataset while it is read, part by part; numbers their classes
/// at the end.
class ExampleCollector {
  public:
    /// A document as an example; whoever writes its content fills in where that lies.
    struct Labelled {
        Label label;
        Example example;
    };
    /// Appends a document with its label, row and file to a part.
    Labelled& add(Part part, const Document& document);
    std::vector<Labelled>& of(Part part) { return labelled_[static_cast<std::size_t>(part)]; }
    /// What was added, by part; classes are numbered in alphabetical order.
    std::array<ExampleTable, 3> tables(LabelKind kind) const;
    /// Writes the table of each part into `folder`.
    Status write(const fs::path& folder, LabelKind kind) const;

  private:
    std::array<std::vector<Labelled>, 3> labelled_;             ///< by Part, in the order of their documents
    std::vector<std::string> files_;                            ///< of the documents, each once, in their order
    std::map<std::string, std::int32_t, std::less<>> numbers_;  ///< of files_
};

const char* part_name(Part part);
inline constexpr std::array all_parts{Part::train, Part::validation, Part::test};

}  // namespace gw

#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "schema/kind.h"
#include "util/phrase.h"
#include "util/result.h"

namespace gw {

/// Where a document stands: the file by its number in the list of all, and the row (from 1; 0 = the whole file).
struct TextPlace {
    std::uint32_t file = 0;
    std::int64_t row = 0;
};
/// A place in words, "row 12 of a.txt".
using PlaceNames = std::function<std::string(const TextPlace&)>;

struct CuratedText {
    std::string text;  ///< well-formed UTF-8 with LF line ends, but for a step that reads bytes
    TextPlace place;
};

/// One step of a curation. It sees the documents in their order, one at a time, and may remember hashes of them: what
/// it does depends on the documents before and on nothing else.
class CurationStep {
  public:
    virtual ~CurationStep() = default;
    /// Changes the text in place, or says why the document is dropped.
    virtual std::optional<Phrase> apply(CuratedText& document) = 0;
    /// What was counted so far, by its sort.
    virtual std::vector<std::pair<Phrase, std::int64_t>> found() const { return {}; }
};

/// Building reads files that settings name (lists of words), and can fail.
struct CurationKind : Kind<Result<std::unique_ptr<CurationStep>>, const PlaceNames&> {
    std::vector<std::string> presets;  ///< lists of steps, each with its defaults, that it belongs to
    bool reads_bytes = false;          ///< makes well-formed UTF-8 of whatever it is given
};

/// All steps, in the order in which they are best taken.
std::span<const CurationKind> curation_kinds();

}  // namespace gw

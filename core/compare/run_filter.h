#pragma once
#include <functional>
#include <vector>

#include "store/records.h"
#include "util/phrase.h"

namespace gw {

/// Where a filter cannot be read, and why: `length` bytes from `at`.
struct FilterProblem {
    std::size_t at = 0, length = 0;
    Phrase reason;
};

/// Which runs to show, as a person types it: words and conditions, all of which must hold.
/// - `gpt -masked`: words in name, status, kinds, tags or notes; "-" before anything turns it around
/// - `tag:good status:failed,stopped`: one of several
/// - `val<3.2 params>=10M time<2h created>2026-01-31`
/// - `optimizer.lr<=1e-3 lr:0.001`: any setting, by its path or, where only one has it, its last word
/// - `name:"two words"`
class RunFilter {
  public:
    /// An empty text lets everything through.
    static RunFilter parse(const std::string& text, std::vector<FilterProblem>& problems);
    bool accepts(const RunRecord& run) const;
    bool empty() const { return terms_.empty(); }

    /// The names that conditions may begin with, with what they mean; for completion and help.
    struct Key {
        const char *name, *help;
    };
    static const std::vector<Key>& keys();

  private:
    using Term = std::function<bool(const RunRecord&)>;
    std::vector<Term> terms_;
};

}  // namespace gw

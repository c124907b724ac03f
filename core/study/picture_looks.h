#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "data/images/picture_copy.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// Ways to look at what a model of pictures has learnt.
enum class LookKind {
    filters,    ///< the first convolution's, a picture each
    attention,  ///< where the last layer looks
    redrawn,    ///< what was shown, drawn again
    captions,   ///< that lie nearest to a picture
    neighbours  ///< pictures that lie nearest to a picture
};
inline constexpr LookKind look_kinds[] = {LookKind::filters, LookKind::attention, LookKind::redrawn, LookKind::captions,
                                          LookKind::neighbours};
/// "filters", for files and JSON.
std::string look_name(LookKind kind);

struct LookedPicture {
    enum class Role { filter, original, attention, seen, filled_in, neighbour };
    Role role = Role::original;
    PictureCopy picture;
    std::int64_t number = 0;     ///< of a filter and of a neighbour, from 1
    std::int64_t document = -1;  ///< number in its dataset; -1 of a filter
    std::string truth{};         ///< its label, in words; empty without
    double likeness = 0;         ///< of a neighbour: the cosine of its features and the picture's
};
/// "filter", "original", "attention", "seen", "filled_in" or "neighbour".
std::string role_name(LookedPicture::Role role);

struct LookedCaption {
    std::string text;
    double likeness = 0;  ///< cosine of its features and the picture's
    bool own = false;     ///< the picture's own, or one of the same words
};

/// What belongs to one held-out picture; of filters all of them.
struct LookRow {
    std::vector<LookedPicture> pictures;    ///< the original first, of what is filled in: seen, filled in, original
    std::vector<LookedCaption> captions{};  ///< the nearest first; its own last where it is not among them
    std::int64_t map_rows = 0, map_columns = 0;
    std::vector<float> map{};  ///< of attention: [map_rows, map_columns], of sum 1
};

struct Look {
    LookKind kind = LookKind::filters;
    std::vector<LookRow> rows;
};

struct PictureLooks {
    std::int64_t step = 0;       ///< of the checkpoint
    std::int64_t part_rows = 0;  ///< held-out pictures
    std::int64_t compared = 0;   ///< of these, those among which the nearest were looked for; 0 = none was
    std::vector<Look> looks;     ///< of the model's kinds, in the order of `look_kinds`
    const Look* look(LookKind kind) const;
    /// Why there is none of a kind, in a sentence.
    static std::string none_because(LookKind kind);
};

struct LooksRequest {
    fs::path checkpoint;
    fs::path cache;
    ProgressFn progress = {};
    std::stop_token stop = {};
};
inline constexpr std::int64_t most_looked_at = 8, most_compared = 500;

/// Looks at a checkpoint in every way that it allows, on at most `most_looked_at` pictures that are evenly spread over
/// the validation part of its own data; the nearest are looked for among at most `most_compared`. Errors: a model that
/// reads no pictures; data that is gone or has changed; an empty part; weights that are no finite numbers.
Result<PictureLooks> look_at_pictures(const LooksRequest& request);

}  // namespace gw

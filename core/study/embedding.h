#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "data/images/picture_copy.h"
#include "data/labels.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// A row whose features are looked at.
struct EmbeddedRow {
    std::int64_t document = 0;  ///< number in its dataset
    std::string file;           ///< empty where it is not known, as of drawn pictures
    std::int64_t file_row = 0;  ///< from 1; 0 where rows mean nothing
    std::string truth = {};     ///< its label, in words; empty without
    std::string said = {};      ///< what the checkpoint says, where it was trained on labels (but a class a word)
    bool wrong = false;         ///< that this is not the label; of numbers never
    std::int32_t group = -1;    ///< in Embedding::groups; -1 = none, or several
    std::string text = {};      ///< its beginning; of a picture its caption
    /// Reduced by a whole factor, so that no side is longer than EmbedRequest::picture_side.
    std::optional<PictureCopy> picture = {};
};

/// What a checkpoint makes of rows of its data.
struct Embedding {
    std::int64_t step = 0;  ///< of the checkpoint
    std::string part;
    std::int64_t part_rows = 0;  ///< of the whole part
    LabelKind kind = LabelKind::none;
    std::vector<std::string> groups;  ///< classes; of numbers their fifths, "0.2 – 0.7"
    std::vector<EmbeddedRow> rows;
    std::int64_t width = 0;       ///< of the features
    std::vector<float> features;  ///< row-major [rows, width], as the head is given them
};

/// Exact neighbours take time and memory by the square of the rows.
inline constexpr std::int64_t most_embedded = 5000, least_embedded = 4;

struct EmbedRequest {
    fs::path checkpoint;
    std::string part = "validation";  ///< or "train", "test"
    bool raw = false;                 ///< the values of the data itself, and not what the model makes of them
    std::int64_t rows = 1000;         ///< at most, evenly spread over the part; within the two bounds
    bool contents = true;             ///< whether texts and pictures are wanted, to be looked at
    std::int64_t picture_side = 96;   ///< px
    fs::path cache;
    ProgressFn progress = {};
    std::stop_token stop = {};
};
/// The pooled features of rows of the checkpoint's own data, which is read as the run read it. Of a picture with its
/// caption those of the picture. Raw features of a picture are its pixels, 0 to 1, and those of a row of a table or of
/// a window its values in deviations. Errors: the data is gone or has changed; text without labels, which has no rows;
/// raw features of text, which has none; a part with fewer rows than `least_embedded`; features that are no finite
/// numbers.
Result<Embedding> embed(const EmbedRequest& request);

}  // namespace gw

#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "adapt/score.h"
#include "data/images/picture_copy.h"
#include "eval/sampling.h"
#include "schema/field.h"
#include "tokenize/tokenizer.h"
#include "train/message/told.h"
#include "util/files.h"

namespace gw {

/// Continues `prompt` with the model of a checkpoint folder (verified first). For a masked model: fills each "[MASK]"
/// in the prompt. A stop ends it early: what was written by then comes back.
Result<std::string> sample_checkpoint(const fs::path& checkpoint, const std::string& prompt,
                                      const SamplingOptions& options, std::stop_token stop = {});

/// How a checkpoint is scored, beyond what its spec says.
struct ScoreWish {
    std::int64_t tokens = 0;    ///< at most about so many, as evaluation.tokens; 0 = the whole part
    bool changed_data = false;  ///< score data that has changed since the run was trained, too
    std::vector<std::pair<std::string, std::string>> settings;  ///< "dataset.format" and others, of other data alone
};

/// A score, and what it is of.
struct CheckpointScore : Score {
    std::int64_t step = 0;       ///< of the checkpoint
    bool whole = true;           ///< all of the part was scored
    std::int64_t part_size = 0;  ///< tokens of the part; of labelled data its examples
    bool labelled = false;
    bool data_has_changed = false;  ///< since the run was trained; only where that was allowed
    Json dataset;                   ///< section by which the data was read
};

/// Scores a part ("validation" or "test") of the data that the checkpoint's own spec names, or all of other data
/// (`data`: paths), which is read as the run read its own. The same weights and data give the number that the run
/// recorded. Errors: a part of nothing; data that has changed since the run was trained; other data of another form.
Result<CheckpointScore> score_checkpoint(const fs::path& checkpoint, const std::string& part,
                                         const std::vector<std::string>& data, const fs::path& cache,
                                         const ProgressFn& progress, std::stop_token stop, const ScoreWish& wish = {});

/// A text as it would be in a training set: UTF-8, line ends as LF, no byte order mark.
Result<std::string> plain_text(std::string_view text);

/// What a checkpoint says of rows that nobody has labelled.
struct Answers {
    LabelKind kind = LabelKind::none;
    std::vector<Told> rows;
};
/// Of texts, which are read as its training texts were. Errors: it was not trained on labels; a text is not UTF-8.
Result<Answers> answer_texts(const fs::path& checkpoint, const std::vector<std::string>& texts);
/// Of a picture of the size that it was trained on. Errors: as tell_picture().
Result<Answers> answer_picture(const fs::path& checkpoint, const PictureCopy& picture);

/// The same of texts, each in a line (sentence()).
Result<std::vector<std::string>> tell_checkpoint(const fs::path& checkpoint, const std::vector<std::string>& texts);

}  // namespace gw

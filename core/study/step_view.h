#pragma once
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "data/images/picture_copy.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

/// A token of a shown sample.
struct ShownToken {
    std::string text;
    bool masked = false;     ///< hidden from the model, which had to say it
    bool separator = false;  ///< end of a document
    float loss = 0;          ///< nats the model paid for it; 0 where nothing was asked
    bool counted = false;
};

/// One row of the batch of a step.
struct ShownSample {
    std::int64_t place =
        0;            ///< first token in the training part; of labelled rows the number of the row in its dataset
    double loss = 0;  ///< mean over its counted tokens, by the shown checkpoint; of labelled rows that of the row
    std::vector<ShownToken> tokens;
    std::string truth;                        ///< of labelled rows: the label
    std::string guess;                        ///< what the shown checkpoint says
    std::string said;                         ///< the same, of one class with its probability: "cat (93 %)"
    bool wrong = false;                       ///< whether that is not the label; of numbers never
    std::string where;                        ///< of windows of series: the row and file that they forecast from
    std::optional<PictureCopy> picture = {};  ///< as the model was fed it, changes by augmentation included
    std::optional<PictureCopy> second = {};   ///< its second view; or, where a part was hidden, as it was filled in
};

/// What a run was fed at a step, the hardest samples first.
struct StepView {
    std::int64_t step = 0;
    std::string checkpoint;  ///< whose weights scored the samples
    std::int64_t checkpoint_step = 0;
    std::vector<ShownSample> samples;
};

/// Builds the batch of `step` again, which is a pure function of seed and step, and scores it with the weights of
/// `checkpoint`. `first_sample`: number of its first row in the order of the data, where that is known; else it is
/// counted from the checkpoint, between which and the step the run must have passed over the data evenly. Errors: the
/// dataset is gone or has changed, the checkpoint is damaged.
Result<StepView> view_step(const Json& spec, const fs::path& checkpoint, std::int64_t step, const fs::path& cache,
                           const ProgressFn& progress, std::stop_token stop,
                           std::optional<std::int64_t> first_sample = {});

}  // namespace gw

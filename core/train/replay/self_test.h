#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "schema/field.h"
#include "util/files.h"
#include "util/phrase.h"

namespace gw {

/// What a self-test does one after the other; the last two only where something differs.
enum class SelfTestStage { straight, resumed, comparing, repeating, locating };
/// A stage for a person, marked for translation.
const char* stage_text(SelfTestStage stage);

struct SelfTestRequest {
    Json spec;       ///< complete and checked
    fs::path cache;  ///< of prepared data, as a run's
    fs::path
        scratch;  ///< where a temporary folder for the checkpoints is made, and removed again: some times their size
    std::int64_t steps = 12;   ///< that are trained in one go
    std::int64_t resumes = 2;  ///< that interrupt the same steps, spread over them
    std::function<void(SelfTestStage, double share)> progress = {};  ///< share of the stage
    std::stop_token stop = {};
    /// For tests: may damage the checkpoint that is about to be resumed from.
    std::function<void(const fs::path& checkpoint)> before_resume = {};
};

/// What differs first between what was trained in one go and what was resumed.
struct FigureDifference {
    std::int64_t step = 0;
    std::string name;                      ///< "train/loss"
    std::optional<double> straight, then;  ///< then: after a resume; nothing = it was not told
};
struct TensorDifference {
    std::int64_t step = 0;   ///< updates that were made
    std::string part;        ///< file of the checkpoint without its ending: "backbone", "head", "optimizer", "state"
    std::string name;        ///< as it is called there
    std::string layer;       ///< that it belongs to: "blocks.0"; empty of what belongs to none
    std::int64_t place = 0;  ///< of the first value that differs, row by row
    std::string straight, then;
};

struct SelfTestReport {
    /// machine: two runs in one go differ as well. begin: the first loss after a resume differs. update: that loss is
    /// the same and the weights after it differ. later: a step after that.
    enum class Cause { none, machine, begin, update, later };
    bool same = false;
    std::int64_t steps = 0, accumulation = 1;
    std::vector<std::int64_t> resumed_after;  ///< steps
    std::int64_t tensors = 0, figures = 0;    ///< that were compared
    double epochs = 0;                        ///< that the steps went over
    std::string device, precision;
    int threads = 0;
    double seconds = 0;
    Cause cause = Cause::none;
    std::optional<FigureDifference> figure;
    std::optional<TensorDifference> tensor;
    std::vector<Phrase> notes;  ///< where the test is not of the spec as it is
};

/// Proves that a spec's training goes on exactly after a resume: trains some steps in one go, trains them again with
/// saves and true resumes in between, through the checkpoints and the restoring of every run, and compares weights,
/// optimizer memory, buffers, counters and the figures of every step to the bit. How it is trained is the spec's;
/// evaluations are small, nothing is sampled, and a budget of minutes or of fewer steps is replaced. Where something
/// differs, the first tensor and figure are named, and a second run in one go tells whether the machine computes the
/// same twice. Errors: those of a run, and `cancelled`.
Result<SelfTestReport> self_test(const SelfTestRequest& request);

/// The verdict in sentences: what was found, what differs, and what may be the cause.
std::vector<Phrase> self_test_words(const SelfTestReport& report);
/// The report as one object, with the sentences in English.
Json to_json(const SelfTestReport& report);

}  // namespace gw

#pragma once
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "schema/field.h"
#include "util/files.h"
#include "util/phrase.h"

namespace gw {

/// What a check came to, worst last.
enum class CheckVerdict : std::uint8_t {
    skipped,  ///< it has nothing to look at with these settings
    fine,
    look,  ///< worth a look
    wrong
};

/// What a check found: sentences, of which the last says what to change where something is to be changed.
struct CheckFinding {
    std::string check;  ///< CheckSheet::id
    CheckVerdict verdict = CheckVerdict::fine;
    std::vector<Phrase> said;
    /// Of the range test: rates, and the smoothed loss of the step with each; of one batch: steps and losses.
    std::vector<std::pair<double, double>> curve = {};
    double rate = 0;     ///< of the range test: the one that it advises; 0 = none
    double seconds = 0;  ///< it took
};

/// A check as a person chooses it.
struct CheckSheet {
    const char* id;     ///< "one_batch"
    const char* title;  ///< marked for translation, like what follows
    const char* help;
};
/// All checks, in the order in which they are made.
std::vector<CheckSheet> check_sheets();

struct CheckupRequest {
    Json spec;                           ///< complete and checked
    fs::path cache;                      ///< of prepared data, as a run's
    std::vector<std::string> only = {};  ///< ids; empty = all
    std::int64_t steps = 100;            ///< of each training
    /// A check that begins or goes on, and how far it is (0 to 1).
    std::function<void(const CheckSheet&, double share)> progress = {};
    std::function<void(const CheckFinding&)> found = {};  ///< told of each as soon as it is there
    std::stop_token stop = {};
};

/// Looks whether a model with these settings can learn from this data, by short trainings that leave nothing behind:
/// the loss before training against that of guessing, gradients against finite differences in double precision, weights
/// that no gradient reaches and units that are always zero, one batch learnt by heart, a range of learning rates
/// (Smith 2017, arXiv:1506.01186, section 3.3), and labels against the same labels shuffled (Zhang et al. 2017,
/// arXiv:1611.03530). Errors: those of a run, an unknown check, and `cancelled`.
Result<std::vector<CheckFinding>> check_up(const CheckupRequest& request);

/// "fine", "worth a look", "wrong", "not checked"; marked for translation.
const char* verdict_text(CheckVerdict verdict);
/// The word of a verdict in JSON.
const char* verdict_word(CheckVerdict verdict);
Json to_json(const CheckFinding& finding);

}  // namespace gw

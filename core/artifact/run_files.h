#pragma once
#include "util/files.h"

/// What lies in a run's folder, runs/UUID of its workspace. These names are read by programs of later versions: keep
/// them.
namespace gw::run_files {

inline constexpr char spec[] = "spec.json";           ///< the frozen settings
inline constexpr char record[] = "run.json";          ///< the run's row of the history, written anew when it changes
inline constexpr char journal[] = "journal.jsonl";    ///< what was committed of the run, one object a line
inline constexpr char log[] = "log.txt";              ///< for people
inline constexpr char lock[] = "lock";                ///< held by whoever trains the run
inline constexpr char orders[] = "orders";            ///< folder of letters from other programs
inline constexpr char bad_steps[] = "bad-steps";      ///< folder: what is known of steps with bad numbers, a file each
inline constexpr char host[] = "host.sock";           ///< the socket of a process that trains this run alone
inline constexpr char words[] = "stderr.txt";         ///< what that process says on standard error
inline constexpr char checkpoints[] = "checkpoints";  ///< folder; in it one folder a checkpoint, and the pointers
inline constexpr char best[] = "best.json";           ///< in `checkpoints`: which one is the best
inline constexpr char verdict[] = "verdict.json";  ///< in a checkpoint, written after it: what was judged at its step
inline constexpr char current[] = "current.json";  ///< in `checkpoints`: which one holds the weights of the run

inline constexpr char pictures[] = "pictures";  ///< folder: what the model drew, a PNG for each sample of pictures

/// The picture that belongs to such a sample of a run, whether it is there or not; empty where `prompt` is no word that
/// a sample of pictures has.
fs::path sample_picture(const fs::path& run_folder, std::int64_t step, const std::string& prompt);

}  // namespace gw::run_files

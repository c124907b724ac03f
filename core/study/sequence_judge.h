#pragma once
#include <memory>

#include "data/split.h"
#include "study/sequence.h"

namespace gw {

/// Accuracies of a checkpoint on the held-out examples of each task of a sequence.
struct SequenceMarks {
    std::vector<std::optional<double>> by_head;  ///< nothing where the checkpoint's heads say nothing of the task
    std::vector<double> by_neighbours;           ///< kNN of the features among the task's training examples
};

/// Judges checkpoints by all tasks of a sequence: a task is known by its name (sequence.name of the run that learnt
/// it).
class SequenceJudge {
  public:
    /// Reads the data of all tasks. `part`: the held-out part that is evaluated. `judged`: at most so many examples of
    /// it of each task, evenly drawn, and as many neighbours. Errors: data that cannot be read, or has no two classes
    /// or no held-out example.
    static Result<SequenceJudge> make(const SequenceReading& reading, const std::vector<SequenceTask>& tasks,
                                      const Json& split, Part part, std::int64_t judged, const fs::path& cache,
                                      const ProgressFn& progress, std::stop_token stop);
    SequenceJudge(SequenceJudge&&) noexcept;
    ~SequenceJudge();
    /// Training examples of a task.
    std::int64_t examples(std::size_t task) const;
    Result<SequenceMarks> marks(const fs::path& checkpoint, std::stop_token stop) const;

  private:
    struct Task;
    SequenceJudge();
    std::vector<std::unique_ptr<Task>> tasks_;
    Part part_ = Part::validation;
};

}  // namespace gw

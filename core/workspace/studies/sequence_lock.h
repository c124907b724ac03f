#pragma once
#include <string>

#include "util/descriptor.h"
#include "workspace/workspace.h"

namespace gw {

/// The right to carry out the study of a name in a workspace: one program (and in it one call) has it at a time, since
/// each writes the study's record as a whole. It goes with its owner, however that ends.
class SequenceLock {
  public:
    /// Errors: somebody else has it; the workspace cannot be written to.
    static Result<SequenceLock> take(const Workspace& workspace, const std::string& study);
    SequenceLock(SequenceLock&&) noexcept = default;
    SequenceLock& operator=(SequenceLock&&) = delete;
    ~SequenceLock();

  private:
    SequenceLock(fs::path file, Descriptor held) : file_(std::move(file)), held_(std::move(held)) {}
    fs::path file_;
    Descriptor held_;
};

}  // namespace gw

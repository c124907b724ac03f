#include "ui/newest_runs.h"

#include <algorithm>
#include <limits>

namespace gw::ui {

std::vector<RunRecord> newestRuns(const Workspace& workspace, std::size_t most) {
    const auto store = workspace.store(Store::Mode::read_only);
    auto runs = store ? store.value().runs() : Result<std::vector<RunRecord>>(store.error());
    if (!runs) return {};
    std::vector<RunRecord> out = std::move(runs).value();
    if (out.size() > most) out.erase(out.begin() + static_cast<std::ptrdiff_t>(most), out.end());
    return out;
}

std::string newestRun(const Workspace& workspace) {
    const std::vector<RunRecord> runs = newestRuns(workspace, std::numeric_limits<std::size_t>::max());
    const auto begun =
        std::find_if(runs.begin(), runs.end(), [](const RunRecord& run) { return run.status != "queued"; });
    return begun == runs.end() ? std::string() : begun->id;
}

}  // namespace gw::ui

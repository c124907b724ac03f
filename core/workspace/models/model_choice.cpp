#include "workspace/models/model_choice.h"

#include <algorithm>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "util/named_file.h"
#include "util/text.h"
#include "workspace/models/finetune.h"

namespace gw {

namespace {

bool is_path(const std::string& text) {
    return text.starts_with("/") || text.starts_with("./") || text.starts_with("../") || text == "." || text == "..";
}

bool is_checkpoint(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "manifest.json", ignored);
}

Result<ChosenModel> best_of(const RunRecord& run, const Store& store) {
    std::vector<fs::path> marked;
    if (const auto best = best_checkpoint_of(run.path)) marked.push_back(best->path);
    // Runs of earlier versions are marked in the history alone.
    if (const auto rows = store.checkpoints(run.id))
        for (const CheckpointRecord& row : rows.value())
            if (row.best) marked.emplace_back(row.path);
    std::error_code ignored;
    for (const fs::path& path : marked) {
        if (path.empty() || !fs::is_directory(path, ignored)) continue;
        if (Status whole = verify_checkpoint(path); !whole) return whole.error();
        return ChosenModel{path, checkpoint_step(path), run, "best", {}};
    }
    return Error{Error::Code::bad_spec,
                 "No checkpoint of this run is marked as the best",
                 "Runs keep it where they are evaluated and saving.keep_best is true; leave out --best to take the "
                 "run's weights",
                 {"run " + run.name}};
}

Result<ChosenModel> model_in(const fs::path& folder) {
    std::error_code ignored;
    if (!is_checkpoint(folder) && fs::is_directory(checkpoints_of(folder), ignored)) {
        auto current = current_checkpoint(folder);
        if (!current) return current.error();
        return ChosenModel{
            current.value().path, current.value().step, {}, current.value().why, current.value().passed_over};
    }
    return ChosenModel{folder, checkpoint_step(folder), {}, "named", {}};
}

Result<ChosenModel> model_in_folder(const Workspace& workspace, const std::string& text, Weights weights) {
    if (weights != Weights::current)
        return Error{Error::Code::bad_spec,
                     text + " is a folder, so there is nothing to choose from",
                     "Name the run instead, or leave out --best and --newest",
                     {}};
    auto found = model_in(absolute_path(text));
    if (!found) return found.error();
    if (const auto store = workspace.store(Store::Mode::read_only))
        found.value().run = run_of_checkpoint(workspace, store.value(), found.value().checkpoint);
    return found;
}

}  // namespace

Result<ChosenModel> model_of_run(const Workspace& workspace, const RunRecord& run, Weights weights) {
    if (weights == Weights::best) {
        const auto store = workspace.store(Store::Mode::read_only);
        if (!store) return store.error();
        return best_of(run, store.value());
    }
    if (weights == Weights::newest) {
        auto newest = newest_whole_checkpoint(checkpoints_of(run.path));
        if (!newest) return Error(newest.error()).at("run " + run.name);
        return ChosenModel{newest.value(), checkpoint_step(newest.value()), run, "newest", {}};
    }
    auto current = current_checkpoint(run.path);
    if (!current) return Error(current.error()).at("run " + run.name);
    return ChosenModel{current.value().path, current.value().step, run, current.value().why,
                       current.value().passed_over};
}

Result<ChosenModel> choose_model(const Workspace& workspace, const std::string& text, Weights weights) {
    std::error_code ignored;
    const bool folder = fs::is_directory(text, ignored);
    if (is_path(text)) {
        if (folder) return model_in_folder(workspace, text, weights);
        return Error{Error::Code::bad_spec,
                     "There is no folder " + text,
                     "Give a checkpoint's folder, or a run's id or name",
                     {}};
    }
    const auto store = workspace.store(Store::Mode::read_only);
    const auto run = store ? store.value().run(text) : Result<RunRecord>(store.error());
    const bool exact = run && (run.value().id == text || run.value().name == text);
    if (!exact && folder) return model_in_folder(workspace, text, weights);
    if (!run) {
        Error error = run.error();
        if (error.code == Error::Code::bad_spec)
            error.hint += (error.hint.empty() ? "" : "; ") + std::string("a checkpoint's folder may be named, too");
        return error;
    }
    auto found = model_of_run(workspace, run.value(), weights);
    if (found && exact && folder && is_checkpoint(text))
        found.value().notes.push_back("\"" + text +
                                      "\" is a run and also a checkpoint's folder here; the run is taken, ./" + text +
                                      " is the folder");
    return found;
}

}  // namespace gw

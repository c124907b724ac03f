#pragma once
#include <cmath>

#include "util/hash.h"
#include "util/text.h"
#include "workspace/workspace.h"

namespace gw::ui {

/// Puts a run with made-up curves into a workspace; gives back its id.
inline std::string addRun(const Workspace& workspace, const std::string& name, double lr, int seed, double level,
                          int steps = 1000, const std::string& status = "finished") {
    Store store = workspace.store().or_throw();
    RunRecord run;
    run.id = make_uuid();
    run.name = name;
    run.status = status;
    run.created = run.started = now_utc();
    run.steps = run.total_steps = steps;
    run.tokens = steps * 100;
    run.seconds = steps * 0.1;
    run.best_validation_loss = run.validation_loss = level;
    run.spec = {{"objective", {{"kind", "next_token"}}},
                {"backbone", {{"kind", "transformer"}}},
                {"optimizer", {{"kind", "adamw"}, {"lr", lr}}},
                {"training", {{"seed", seed}}}};
    run.facts = {{"tokens_per_step", 100},   {"train_tokens", 50000},    {"parameters", 1000},
                 {"validation_tokens", 500}, {"validation_bytes", 1000}, {"dataset_hash", "d"},
                 {"tokenizer_hash", "t"},    {"device", "cpu"}};
    run.path = workspace.run_folder(run.id).string();
    store.add_run(run).or_throw();
    std::vector<MetricInsert> rows;
    for (int step = 1; step <= steps; ++step) {
        rows.push_back({"train/loss", 0, step, level + 2 * std::exp(-step / 200.0) + 0.05 * std::sin(step * 1.7 + seed),
                        0.1 * step});
        if (step % 100 == 0)
            rows.push_back({"validation/loss", 0, step, level + 2 * std::exp(-step / 200.0), 0.1 * step});
    }
    store.add_metrics(run.id, rows).or_throw();
    return run.id;
}

}  // namespace gw::ui

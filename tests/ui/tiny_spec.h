#pragma once
#include "spec/run_spec.h"

namespace gw::ui {

/// ms: a slow machine under load.
inline constexpr int longWait = 120000;

/// A run of seconds on the built-in stories; `changes` are laid over it.
inline Json tinySpec(int steps, const Json& changes = Json::object()) {
    const Json tiny = Json::parse(R"({
        "dataset": {"kind": "storybook", "stories": 300},
        "split": {"kind": "by_document", "validation": 0.1},
        "tokenizer": {"kind": "bytes"},
        "backbone": {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 16},
        "training": {"micro_batch": 2, "threads": 1, "precision": "fp32", "device": "cpu"},
        "evaluation": {"every": 20, "tokens": 500},
        "sampling": {"every": 0, "tokens": 5}
    })");
    const Json spec = overlay_spec(overlay_spec(default_spec(), tiny), {{"training", {{"budget", steps}}}});
    return overlay_spec(spec, changes);
}

}  // namespace gw::ui

#include <gtest/gtest.h>
#include <unistd.h>

#include "scratch.h"
#include "spec/run_spec.h"
#include "workspace/live_run.h"
#include "workspace/studies/sequence_study.h"

// A sequence of tasks whose runs have a process each.
namespace gw {
namespace {

/// Two tasks of two shapes each, by two strategies.
SequenceStudy shapes_in_turn() {
    const Json spec = overlay_spec(default_spec(), Json::parse(R"({
        "dataset": {"kind": "shapes", "pictures": 240, "size": 16, "only": ["circle", "square", "cross", "ring"]},
        "split": {"kind": "stratified", "validation": 0.2, "test": 0.2}, "tokenizer": {"kind": "none"},
        "backbone": {"kind": "mlp", "layers": 1, "width": 8}, "objective": {"kind": "classification"},
        "sequence": {"kind": "tasks", "scenario": "class", "strategies": ["sequential", "replay"], "seeds": 1,
                     "iterations": 4, "micro_batch": 8, "judged": 60, "replay_examples": 8, "threads": 1},
        "training": {"precision": "fp32", "device": "cpu"},
        "evaluation": {"every": 0}, "saving": {"every": 0}, "sampling": {"every": 0}})"));
    spec_status(spec).or_throw();
    return study_of_spec(spec).value();
}

struct Carried {
    SequenceStudy study;
    std::vector<std::int64_t> processes;  ///< that trained its runs, in order
    std::vector<std::vector<double>> losses;
};

Carried carried_out(HostChoice host) {
    const Scratch scratch;
    const Workspace workspace = Workspace::open(scratch / "groundwork").or_throw();
    SequenceWatch watch;
    watch.host = host;
    Carried out;
    out.study = carry_out_study(workspace, shapes_in_turn(), watch, {}).or_throw();
    const Store store = workspace.store(Store::Mode::read_only).or_throw();
    for (const SequenceStep& step : out.study.steps) {
        const RunRecord run = store.run(step.run).or_throw();
        EXPECT_EQ(run.status, "finished") << run.cause;
        out.processes.push_back(run.process);
        out.losses.emplace_back();
        for (const MetricPoint& point : store.series(run.id, "train/loss").or_throw())
            out.losses.back().push_back(point.value);
    }
    return out;
}

TEST(SequenceApart, EndsAsOneInThreadsDoes) {
    const Carried here = carried_out(HostChoice::thread), apart = carried_out(HostChoice::process);
    ASSERT_EQ(here.study.results.size(), 2U);
    ASSERT_EQ(here.losses.size(), 4U);
    EXPECT_EQ(apart.losses, here.losses) << "to the bit";
    const auto results = [](const Carried& carried) {
        Json all = to_json(carried.study).at("results");
        for (Json& one : all) one.erase("seconds");
        return all;
    };
    EXPECT_EQ(results(apart), results(here));
    for (const std::int64_t process : here.processes) EXPECT_EQ(process, ::getpid());
    for (const std::int64_t process : apart.processes) {
        EXPECT_GT(process, 0);
        EXPECT_NE(process, ::getpid());
    }
}

}  // namespace
}  // namespace gw

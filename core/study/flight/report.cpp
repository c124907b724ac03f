#include <algorithm>

#include "study/flight/flight.h"

namespace gw {

namespace {

Json json_of(const FlightBatch& batch) {
    return {{"rows", batch.rows},     {"number", batch.number}, {"seconds", to_json(batch.seconds)},
            {"memory", batch.memory}, {"fits", batch.fits},     {"as_set", batch.own}};
}

}  // namespace

std::vector<CheckSheet> flight_sheets() {
    return {
        {"numbers", GW_TEXT("Numbers"), GW_TEXT("Whether losses and gradients of the first steps are numbers.")},
        {"time", GW_TEXT("Time"),
         GW_TEXT("Steps, an evaluation, a save and samples as this machine makes them, and what the whole run comes "
                 "to at that pace.")},
        {"memory", GW_TEXT("Memory"),
         GW_TEXT("The most that steps, evaluation, save and samples held, beside what is free.")},
        {"disk", GW_TEXT("Disk"),
         GW_TEXT("What checkpoints and record take at most, beside the room on the workspace's disk.")},
        {"amount", GW_TEXT("Amount of training"),
         GW_TEXT("What the model sees in all, for each of its parameters, and how often it sees the same.")},
        {"batch", GW_TEXT("Micro-batches"),
         GW_TEXT("Other ways to cut the same rows of a step: what is trained is the same, time and memory are "
                 "not.")}};
}

bool FlightReport::can_go() const {
    return std::none_of(findings.begin(), findings.end(),
                        [](const CheckFinding& finding) { return finding.verdict == CheckVerdict::wrong; });
}

Json to_json(const FlightReport& report) {
    const FlightPace& pace = report.pace;
    const FlightCourse& course = report.course;
    const FlightMemory& memory = report.memory;
    const FlightDisk& disk = report.disk;
    Json batches = Json::array(), advice = Json::object(), findings = Json::array();
    for (const FlightBatch& batch : report.batches) batches.push_back(json_of(batch));
    for (const auto& [path, value] : report.advice) advice[path] = value;
    for (const CheckFinding& finding : report.findings) {
        Json one = to_json(finding);
        one.erase("seconds");
        findings.push_back(std::move(one));
    }
    return {{"can_go", report.can_go()},
            {"device", report.device},
            {"precision", report.precision},
            {"threads", report.threads},
            {"unit", report.unit},
            {"parameters", report.parameters},
            {"units_per_step", report.units_per_step},
            {"units_per_second", report.units_per_second},
            {"units", report.units},
            {"units_per_parameter", report.parameters > 0 ? report.units / static_cast<double>(report.parameters) : 0},
            {"epochs", report.epochs},
            {"counted_steps", report.counted_steps},
            {"measured_as_set", report.own_batch},
            {"seconds",
             {{"step", to_json(pace.step)},
              {"evaluation", pace.evaluation},
              {"last_evaluation", pace.last},
              {"save_stall", pace.stall},
              {"save_writing", pace.writing},
              {"samples", pace.samples ? Json(*pace.samples) : Json()},
              {"probe", pace.probe}}},
            {"run",
             {{"steps", course.steps},
              {"evaluations", course.evaluations},
              {"saves", course.saves},
              {"samples", course.samples},
              {"seconds", course.seconds}}},
            {"memory",
             {{"peak", memory.peak},
              {"before", memory.before},
              {"needed", memory.needed()},
              {"recorded", memory.recorded},
              {"estimated", memory.estimated},
              {"free", memory.allowed}}},
            {"disk",
             {{"checkpoint", disk.checkpoint},
              {"checkpoints", disk.checkpoints},
              {"record", disk.record},
              {"needed", disk.needed()},
              {"free", disk.allowed}}},
            {"batches", std::move(batches)},
            {"advice", std::move(advice)},
            {"findings", std::move(findings)},
            {"took", report.seconds}};
}

}  // namespace gw

#pragma once
#include <optional>
#include <string>

#include "train/message/knobs.h"
#include "workspace/live_run.h"

// What a program and the process that trains a run for it say to each other: framed bodies (util/frames.h) of JSON.
// First each greets the other; then orders go one way, and what happens comes back the other way. The record of the
// run is written by the process that trains it, and never comes this way.
namespace gw::child {

/// Grows with every change that older programs would not understand.
inline constexpr int protocol = 1;

/// Read from a stream that may hold anything; nothing unless it is one JSON object that is nested sanely.
std::optional<Json> parsed(const std::string& body);

/// Of a program: {"protocol"}, and where it is the one that wants a run to be trained {"launch", "train_alone"}.
Json greeting(const LaunchRequest* launch);
std::optional<LaunchRequest> launch_of(const Json& greeting);

/// Of the process that trains: who it is and how things stand.
struct Standing {
    std::string run, name;
    Json spec;
    Knobs knobs;
    bool paused = false;
    int watchers = 0;  ///< programs that were connected before
};
Json hello(const Standing& standing);
/// An error where it refuses or is of another version.
Result<Standing> standing_of(const Json& answer);
Json refusal(const Error& error);

}  // namespace gw::child

#pragma once
#include <optional>

#include "train/host/run_port.h"

// Messages and outcomes of a run as JSON, for the way between two processes. Numbers come back as they were, to the
// bit; those that JSON cannot hold go as "nan", "inf" and "-inf".
namespace gw {

Json to_json(const Message& message);
/// Nothing where it is none, whatever else it may be.
std::optional<Message> message_of(const Json& json);

Json to_json(const Outcome& outcome);
std::optional<Outcome> outcome_of(const Json& json);

Json to_json(const Error& error);
std::optional<Error> error_of(const Json& json);

}  // namespace gw

#pragma once
#include "schema/field.h"

namespace gw {

/// The seed of data that is made up. `help` says of what: "The same one makes the same series."
constexpr schema::Info seed_setting(std::string_view help) {
    return {.key = "seed",
            .label = "Seed",
            .help = help,
            .min = 0,
            .max = 9e15,  // whole numbers that JSON keeps
            .audience = schema::Audience::expert};
}

}  // namespace gw

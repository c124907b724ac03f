#pragma once
#include "schema/field.h"

// Settings that several optimizers and schedules share: each is declared once, here.
namespace gw::fields {

inline constexpr schema::Info lr{.key = "lr",
                                 .label = "Learning rate",
                                 .help = "Peak step size, before the schedule scales it.",
                                 .min = 0,
                                 .max = 10,
                                 .scale = schema::Scale::log,
                                 .was = "learning_rate"};
inline constexpr schema::Info decoupled_decay{.key = "weight_decay",
                                              .label = "Weight decay",
                                              .help = "Decoupled shrinkage per unit of learning rate; matrices only.",
                                              .min = 0,
                                              .max = 10};
inline constexpr schema::Info gradient_decay{.key = "weight_decay",
                                             .label = "Weight decay",
                                             .help = "Shrinkage added to the gradient; matrices only.",
                                             .min = 0,
                                             .max = 10};
inline constexpr schema::Info beta1{.key = "beta1",
                                    .label = "Beta 1",
                                    .help = "Decay of the running mean of gradients.",
                                    .min = 0,
                                    .max = 0.9999,
                                    .audience = schema::Audience::expert};
inline constexpr schema::Info beta2{.key = "beta2",
                                    .label = "Beta 2",
                                    .help = "Decay of the running mean of squared gradients.",
                                    .min = 0,
                                    .max = 0.99999,
                                    .audience = schema::Audience::expert};
inline constexpr schema::Info epsilon{.key = "epsilon",
                                      .label = "Epsilon",
                                      .help = "Added to the divisor, against division by zero.",
                                      .min = 1e-16,
                                      .max = 1,
                                      .scale = schema::Scale::log,
                                      .audience = schema::Audience::expert};
inline constexpr schema::Info momentum{
    .key = "momentum", .label = "Momentum", .help = "Share of the last step that is kept.", .min = 0, .max = 0.9999};

inline constexpr schema::Info warmup{
    .key = "warmup",
    .label = "Warm-up",
    .help = "Steps over which the rate climbs from near 0 to its peak; below 1: this share of the run.",
    .unit = "steps",
    .min = 0,
    .max = 1e9};
inline constexpr schema::Info final_rate{.key = "final",
                                         .label = "Final rate",
                                         .help = "Share of the peak rate that is left at the end.",
                                         .min = 0,
                                         .max = 1};

}  // namespace gw::fields

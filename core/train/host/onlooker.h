#pragma once
#include <utility>

#include "train/host/run_port.h"

namespace gw {

/// Hears nothing; passes a wish to stop on.
class Onlooker final : public RunPort {
  public:
    explicit Onlooker(std::stop_token stop) : stop_(std::move(stop)) {}
    void report(Message) override {}
    Orders between_steps() override { return {}; }
    std::stop_token stop_token() const override { return stop_; }

  private:
    std::stop_token stop_;
};

}  // namespace gw

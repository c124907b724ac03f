#pragma once
#include <memory>
#include <optional>

namespace gw {

/// What the processors (RAPL, through /sys/class/powercap) and the GPU (NVML, loaded when it is there) draw. What cannot be read is
/// not guessed.
class PowerMeter {
  public:
    PowerMeter();
    ~PowerMeter();
    struct Reading {
        std::optional<double> processor_watts, gpu_watts;  ///< mean since the last reading; of the whole machine, not of the run alone
        std::optional<double> gpu_load;                    ///< share of the time that the GPU computed
        double joules = 0;                                 ///< drawn since the first reading, by what can be read
        bool measured = false;
    };
    Reading read();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gw

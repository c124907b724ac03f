#pragma once
#include <memory>
#include <optional>
#include <string>

namespace gw {

/// What the processors (RAPL, through /sys/class/powercap) and the GPU (NVML, loaded when it is there) draw. What
/// cannot be read is not guessed.
class PowerMeter {
  public:
    /// `gpu`: number or UUID of the GPU to read (gpu_id()); empty = none, as for a run on the processor.
    explicit PowerMeter(const std::string& gpu = "");
    ~PowerMeter();
    PowerMeter(PowerMeter&&) noexcept;
    PowerMeter& operator=(PowerMeter&&) noexcept;
    struct Reading {
        std::optional<double> processor_watts,
            gpu_watts;                   ///< mean since the last reading; of the whole machine, not of the run alone
        std::optional<double> gpu_load;  ///< share of the time that the GPU computed
        double joules = 0;               ///< drawn since it was made, by what can be read, on top of go_on()
        bool measured = false;
    };
    Reading read();
    double joules() const;      ///< at the last reading
    void go_on(double joules);  ///< from what earlier stretches of a run drew

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace gw

#include "train/host/power_meter.h"

#include <dlfcn.h>

#include <chrono>
#include <fstream>
#include <vector>

#include "util/files.h"

namespace gw {

namespace {

using Clock = std::chrono::steady_clock;

std::optional<double> number_in(const fs::path& file) {
    std::ifstream in(file);
    double value = 0;
    return in >> value ? std::optional(value) : std::nullopt;
}

/// The packages' counters; cores and memory controllers are parts of them.
std::vector<fs::path> rapl_packages() {
    std::vector<fs::path> out;
    std::error_code problem;
    for (fs::directory_iterator it("/sys/class/powercap", problem), end; !problem && it != end; it.increment(problem)) {
        const std::string name = it->path().filename().string();
        if (name.starts_with("intel-rapl:") && name.find(':', 11) == std::string::npos &&
            number_in(it->path() / "energy_uj"))
            out.push_back(it->path());
    }
    return out;
}

/// The few calls of NVML that are needed, by their C signatures (NVML API reference).
class Nvml {
  public:
    explicit Nvml(const std::string& gpu) {
        if (gpu.empty()) return;
        library_ = ::dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
        if (!library_) return;
        auto find = [&](const char* name) { return ::dlsym(library_, name); };
        const auto init = reinterpret_cast<int (*)()>(find("nvmlInit_v2"));
        const auto by_number = reinterpret_cast<int (*)(unsigned, void**)>(find("nvmlDeviceGetHandleByIndex_v2"));
        const auto by_uuid = reinterpret_cast<int (*)(const char*, void**)>(find("nvmlDeviceGetHandleByUUID"));
        power_ = reinterpret_cast<int (*)(void*, unsigned*)>(find("nvmlDeviceGetPowerUsage"));
        load_ = reinterpret_cast<int (*)(void*, Utilization*)>(find("nvmlDeviceGetUtilizationRates"));
        shutdown_ = reinterpret_cast<int (*)()>(find("nvmlShutdown"));
        ready_ = init && by_number && by_uuid && init() == 0;
        if (!ready_) return;
        const bool number = gpu.find_first_not_of("0123456789") == std::string::npos;
        found_ = (number ? by_number(static_cast<unsigned>(std::stoul(gpu)), &device_)
                         : by_uuid(gpu.c_str(), &device_)) == 0;
    }
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;
    ~Nvml() {
        if (ready_ && shutdown_) shutdown_();
        if (library_) ::dlclose(library_);
    }
    std::optional<double> watts() const {
        unsigned milliwatts = 0;
        return found_ && power_ && power_(device_, &milliwatts) == 0 ? std::optional(milliwatts / 1000.0)
                                                                     : std::nullopt;
    }
    std::optional<double> load() const {
        Utilization now{};
        return found_ && load_ && load_(device_, &now) == 0 ? std::optional(now.gpu / 100.0) : std::nullopt;
    }

  private:
    struct Utilization {
        unsigned gpu, memory;
    };
    void *library_ = nullptr, *device_ = nullptr;
    int (*power_)(void*, unsigned*) = nullptr;
    int (*load_)(void*, Utilization*) = nullptr;
    int (*shutdown_)() = nullptr;
    bool ready_ = false, found_ = false;
};

}  // namespace

struct PowerMeter::Impl {
    explicit Impl(const std::string& id) : gpu(id) {}
    std::vector<fs::path> packages = rapl_packages();
    std::vector<double> last, wrap;
    Nvml gpu;
    Clock::time_point then = Clock::now();
    double joules = 0;
};

PowerMeter::PowerMeter(const std::string& gpu) : impl_(std::make_unique<Impl>(gpu)) {
    for (const fs::path& package : impl_->packages) {
        impl_->last.push_back(number_in(package / "energy_uj").value_or(0));
        impl_->wrap.push_back(number_in(package / "max_energy_range_uj").value_or(0));
    }
}

PowerMeter::~PowerMeter() = default;
PowerMeter::PowerMeter(PowerMeter&&) noexcept = default;
PowerMeter& PowerMeter::operator=(PowerMeter&&) noexcept = default;

double PowerMeter::joules() const {
    return impl_->joules;
}

void PowerMeter::go_on(double joules) {
    impl_->joules += joules;
}

PowerMeter::Reading PowerMeter::read() {
    Reading out;
    const Clock::time_point now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - impl_->then).count();
    impl_->then = now;
    double processor = 0;
    for (std::size_t i = 0; i < impl_->packages.size(); ++i) {
        const double value = number_in(impl_->packages[i] / "energy_uj").value_or(impl_->last[i]);
        double used = value - impl_->last[i];
        if (used < 0) used += impl_->wrap[i];  // the counter began again
        impl_->last[i] = value;
        processor += used * 1e-6;
    }
    if (!impl_->packages.empty() && seconds > 0) out.processor_watts = processor / seconds;
    out.gpu_watts = impl_->gpu.watts();
    out.gpu_load = impl_->gpu.load();
    impl_->joules += processor + out.gpu_watts.value_or(0) * seconds;
    out.joules = impl_->joules;
    out.measured = !impl_->packages.empty() || out.gpu_watts.has_value();
    return out;
}

}  // namespace gw

#include "util/processor.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>
#include <utility>

#include "util/text.h"

namespace gw {

namespace {

/// Files of the system have no size that could be asked for: read to their end.
std::string system_file(const char* path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// "model name	: AMD" -> "model name", "AMD".
std::pair<std::string, std::string> entry_of(const std::string& line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) return {};
    return {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))};
}

int usable_threads() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (::sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

std::string Processor::instructions() const {
    std::string out;
    for (const auto& [has, word] :
         {std::pair(avx2, "AVX2"), std::pair(avx512, "AVX-512"), std::pair(bf16, "bf16"), std::pair(amx, "AMX")})
        out += std::string(out.empty() ? "" : ", ") + (has ? "" : "no ") + word;
    return out;
}

Processor processor_of(const std::string& cpuinfo) {
    Processor out;
    out.threads = 0;
    std::set<std::pair<std::string, std::string>> cores;
    std::string package;
    for (const std::string& line : split(cpuinfo, '\n')) {
        const auto [key, value] = entry_of(line);
        if (key == "processor") ++out.threads;
        if (key == "model name" && out.name.empty()) out.name = value;
        if (key == "physical id") package = value;
        if (key == "core id") cores.emplace(package, value);
        if (key != "flags" || out.avx2) continue;
        const std::vector<std::string> words = split(value, ' ');
        const std::set<std::string> flags(words.begin(), words.end());
        out.avx2 = flags.contains("avx2");
        out.avx512 = flags.contains("avx512f");
        out.bf16 = flags.contains("avx512_bf16") || flags.contains("amx_bf16");
        out.amx = flags.contains("amx_tile");
    }
    if (out.name.empty()) out.name = "unknown";
    out.cores = static_cast<int>(cores.size());
    return out;
}

Processor this_processor() {
    Processor out = processor_of(system_file("/proc/cpuinfo"));
    out.threads = std::max(1, usable_threads());
    return out;
}

std::uint64_t peak_memory_of(const std::string& status) {
    for (const std::string& line : split(status, '\n')) {
        const auto [key, value] = entry_of(line);
        if (key != "VmHWM") continue;
        std::uint64_t kib = 0;
        std::istringstream(value) >> kib;
        return 1024 * kib;
    }
    return 0;
}

std::uint64_t peak_memory() {
    return peak_memory_of(system_file("/proc/self/status"));
}

MachineTime machine_time_of(const std::string& stat) {
    // cpu user nice system idle iowait irq softirq steal ...
    std::istringstream in(stat.substr(0, stat.find('\n')));
    std::string word;
    in >> word;
    MachineTime out;
    double ticks = 0;
    constexpr int idle = 3, waiting = 4, counted = 8;  // guests are counted among the users already
    for (int i = 0; word == "cpu" && i < counted && in >> ticks; ++i) {
        out.all += ticks;
        if (i != idle && i != waiting) out.busy += ticks;
    }
    const auto a_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
    return {out.busy / a_second, out.all / a_second};
}

MachineTime machine_time() {
    return machine_time_of(system_file("/proc/stat"));
}

}  // namespace gw

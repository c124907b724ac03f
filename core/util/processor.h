#pragma once
#include <cstdint>
#include <string>

namespace gw {

/// The processor that this program runs on, as far as figures measured on it must name it.
struct Processor {
    std::string name;  ///< "AMD EPYC 7B13"; "unknown" where the system does not tell
    int cores = 0;     ///< of the machine; 0 where the system does not tell
    int threads = 1;   ///< that this program may run on at once (its affinity)
    bool avx2 = false, avx512 = false, bf16 = false, amx = false;  ///< instructions that it has
    /// "AVX2, no AVX-512, no bf16, no AMX".
    std::string instructions() const;
};
Processor this_processor();
/// The same from the text of /proc/cpuinfo; `threads` is what it lists.
Processor processor_of(const std::string& cpuinfo);

/// Bytes: the most that this process ever held in memory (VmHWM); 0 where the system does not tell.
std::uint64_t peak_memory();
/// The same of what /proc/self/status says.
std::uint64_t peak_memory_of(const std::string& status);

/// Seconds of processor time that all programs of the machine together took since it was started, and that they could
/// have taken: two looks tell how busy it was. Zero where the system does not tell.
struct MachineTime {
    double busy = 0, all = 0;
};
MachineTime machine_time();
MachineTime machine_time_of(const std::string& stat);

}  // namespace gw

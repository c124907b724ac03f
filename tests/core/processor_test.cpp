#include "util/processor.h"

#include <gtest/gtest.h>

namespace gw {
namespace {

TEST(Processor, IsReadFromWhatTheSystemSays) {
    const Processor server = processor_of(
        "processor\t: 0\nmodel name\t: Intel(R) Xeon(R) 8481C\nphysical id\t: 0\ncore id\t\t: 0\n"
        "flags\t\t: fpu avx2 avx512f avx512_bf16 amx_tile amx_bf16\n\n"
        "processor\t: 1\nmodel name\t: Intel(R) Xeon(R) 8481C\nphysical id\t: 0\ncore id\t\t: 0\nflags\t\t: fpu "
        "avx2\n\n"
        "processor\t: 2\nmodel name\t: Intel(R) Xeon(R) 8481C\nphysical id\t: 1\ncore id\t\t: 0\nflags\t\t: fpu "
        "avx2\n");
    EXPECT_EQ(server.name, "Intel(R) Xeon(R) 8481C");
    EXPECT_EQ(server.threads, 3);
    EXPECT_EQ(server.cores, 2);
    EXPECT_EQ(server.instructions(), "AVX2, AVX-512, bf16, AMX");
    const Processor small = processor_of("processor\t: 0\nmodel name\t: AMD EPYC\nflags\t\t: fpu avx avx2 fma\n");
    EXPECT_EQ(small.instructions(), "AVX2, no AVX-512, no bf16, no AMX");
    EXPECT_EQ(small.cores, 0);
    EXPECT_EQ(processor_of("").name, "unknown");
}

TEST(Processor, TellsMemoryAndTimeInBytesAndSeconds) {
    EXPECT_EQ(peak_memory_of("Name:\tx\nVmPeak:\t 9 kB\nVmHWM:\t  2048 kB\nVmRSS:\t 1 kB\n"), 2048U * 1024U);
    EXPECT_EQ(peak_memory_of("Name:\tx\n"), 0U);
    // user nice system idle iowait irq softirq steal guest: a hundred ticks a second on every Linux that is known.
    const MachineTime time = machine_time_of("cpu  100 200 300 4000 500 10 20 30 70\ncpu0 1 1 1\n");
    EXPECT_NEAR(time.busy / time.all, 660.0 / 5160.0, 1e-12);
    EXPECT_EQ(machine_time_of("").all, 0);
    EXPECT_GE(this_processor().threads, 1);
    EXPECT_GT(peak_memory(), 0U);
}

}  // namespace
}  // namespace gw

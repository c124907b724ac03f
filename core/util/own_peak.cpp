#include "util/own_peak.h"

#include <fstream>

namespace gw {

bool forget_own_peak() {
    std::ofstream file("/proc/self/clear_refs");
    file << "5" << std::flush;
    return file.good();
}

}  // namespace gw

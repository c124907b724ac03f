#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "util/files.h"
#include "util/hash.h"

// What the fuzz targets share. A target is a file fuzz_NAME.cpp with one GW_FUZZ(NAME) { ... } that reads `input` as
// its parser would and must come to an end without a crash, whatever it holds. With GROUNDWORK_LIBFUZZER each is a
// program of its own for libFuzzer; else all of them are listed for the plain driver in driver.h.
namespace gw::fuzz {

using Target = void (*)(std::string_view input);
struct NamedTarget {
    std::string name;
    Target run;
};
inline std::vector<NamedTarget>& targets() {
    static std::vector<NamedTarget> all;
    return all;
}
struct Listed {
    Listed(const char* name, Target run) { targets().push_back({name, run}); }
};

/// Inputs to begin from, small and made here: whole ones of every form that the target reads.
std::vector<std::string> seeds_of(const std::string& target);

/// What must hold of a parser's answer; false ends the program, as a crash would.
inline void must(bool holds) {
    if (!holds) std::abort();
}

/// Keeps the compiler from leaving out what led to a value.
inline void keep(std::uint64_t value) {
    static volatile std::uint64_t kept = 0;
    kept = kept + value;
}

/// A folder of this process for parsers that read files; in memory where the machine has such a place.
class InputFolder {
  public:
    InputFolder() {
        std::error_code ignored;
        const fs::path memory = "/dev/shm";
        const fs::path place = fs::is_directory(memory, ignored) ? memory : fs::temp_directory_path();
        folder_ = place / ("groundwork-fuzz-" + make_uuid());
        fs::create_directories(folder_);
    }
    InputFolder(const InputFolder&) = delete;
    InputFolder& operator=(const InputFolder&) = delete;
    ~InputFolder() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    /// Writes a file of this name anew.
    fs::path put(const std::string& name, std::string_view bytes) const {
        const fs::path path = folder_ / name;
        const Descriptor file = open_file(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC);
        must(file && write_all(file, bytes));
        return path;
    }
    const fs::path& path() const { return folder_; }

  private:
    fs::path folder_;
};

}  // namespace gw::fuzz

#ifdef GROUNDWORK_LIBFUZZER
#define GW_FUZZ(NAME)                                                                   \
    static void fuzz_##NAME(std::string_view input);                                    \
    extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
        fuzz_##NAME({reinterpret_cast<const char*>(data), size});                       \
        return 0;                                                                       \
    }                                                                                   \
    static void fuzz_##NAME(std::string_view input)
#else
#define GW_FUZZ(NAME)                                                 \
    static void fuzz_##NAME(std::string_view input);                  \
    static const gw::fuzz::Listed listed_##NAME(#NAME, &fuzz_##NAME); \
    static void fuzz_##NAME(std::string_view input)
#endif

// fuzz_corpus TARGET FOLDER: writes the seeds of a target for libFuzzer, which adds what it finds.
#include <cstdio>

#include "fuzz/fuzz.h"

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("fuzz_corpus TARGET FOLDER\n", stderr);
        return 2;
    }
    const gw::fs::path folder = argv[2];
    std::filesystem::create_directories(folder);
    for (const std::string& seed : gw::fuzz::seeds_of(argv[1]))
        gw::write_file_atomic(folder / gw::sha256(seed).substr(0, 16), seed).or_throw();
    return 0;
}

// Started in the place of a program that needs LibTorch: sets what OpenBLAS and libgomp read from the environment
// before main(), then becomes the program of the same name in libexec/groundwork. Whatever the user has set stays as it
// is.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

namespace fs = std::filesystem;

namespace {

void set_unless_set(const char* name, const char* value) {
    ::setenv(name, value, /*overwrite=*/0);
}

/// OpenBLAS 0.3.21 does not know newer processors by name and then takes a kernel of half the speed, AVX-512 or not.
void choose_openblas_kernel() {
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        set_unless_set("OPENBLAS_CORETYPE", "SKYLAKEX");
#endif
}

/// The folder of the OpenBLAS that uses OpenMP: one that a bundle brings along below its own prefix, or Debian's.
fs::path openmp_blas(const fs::path& prefix) {
#if defined(__x86_64__)
    const char* system = "/usr/lib/x86_64-linux-gnu/openblas-openmp";
#elif defined(__aarch64__)
    const char* system = "/usr/lib/aarch64-linux-gnu/openblas-openmp";
#else
    const char* system = "";
#endif
    std::error_code ignored;
    for (const fs::path& folder : {prefix / "lib" / "openblas-openmp", fs::path(system)})
        if (fs::is_directory(folder, ignored)) return folder;
    return {};
}

/// OpenBLAS with threads of its own and LibTorch's OpenMP threads take the cores from each other. The build of OpenBLAS
/// that uses OpenMP too ends that where it is installed; elsewhere OpenMP's threads must at least not spin while they
/// wait.
void keep_threads_from_fighting(const fs::path& prefix) {
    const std::string folder = openmp_blas(prefix).string();
    if (folder.empty()) {
        set_unless_set("OMP_WAIT_POLICY", "PASSIVE");
        return;
    }
    const char* before = std::getenv("LD_LIBRARY_PATH");
    ::setenv("LD_LIBRARY_PATH", (before && *before ? folder + ":" + before : folder).c_str(), /*overwrite=*/1);
}

/// OpenMP's threads wait for each other hundreds of times a step. As libgomp comes they spin for long, and a single
/// other busy program then costs four fifths of the speed; after a short spin they sleep and leave the core to whoever
/// works.
void wait_without_spinning_for_long() {
    if (!std::getenv("OMP_WAIT_POLICY")) set_unless_set("GOMP_SPINCOUNT", "1000");
}

/// Where standard input is closed the first file that is opened would take its number, and be read in its place. What
/// stands there then cannot be read, which is what whoever reads it is to find.
void keep_the_place_of_standard_input() {
    if (::fcntl(STDIN_FILENO, F_GETFD) == -1 && errno == EBADF) (void)::open("/dev/null", O_WRONLY);
}

}  // namespace

int main(int, char** argv) {
    keep_the_place_of_standard_input();
    std::error_code problem;
    const fs::path self = fs::read_symlink("/proc/self/exe", problem);
    const fs::path prefix = self.parent_path().parent_path();
    const fs::path program = prefix / "libexec" / "groundwork" / self.filename();
    choose_openblas_kernel();
    keep_threads_from_fighting(prefix);
    wait_without_spinning_for_long();
    if (!problem) ::execv(program.c_str(), argv);
    std::fprintf(
        stderr,
        "Cannot start %s: %s\n  Install or build Groundwork again; this launcher belongs in bin/, beside libexec/\n",
        program.c_str(), problem ? problem.message().c_str() : std::strerror(errno));
    return 1;
}

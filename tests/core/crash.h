#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <string>

namespace gw {

/// Runs `work` in a child process that ends itself at the crash point `place` (see util/crash_point.h); its exit code,
/// 137 if it got there.
inline int run_until_crash(const std::string& place, const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("GROUNDWORK_CRASH_AT", place.c_str(), 1);
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace gw

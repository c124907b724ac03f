#include "util/io_error.h"

#include <cerrno>
#include <system_error>

namespace gw {

namespace {

const char* hint_for(int number) {
    switch (number) {
        case ENOENT:
            return "Check the path; nothing lies there";
        case EACCES:
        case EPERM:
            return "Change the permissions, or choose a place that you may use";
        case EROFS:
            return "This file system is mounted read-only; choose another place";
        case ENOSPC:
        case EDQUOT:
            return "The disk or your quota is full; free some space or choose another place";
        case EISDIR:
            return "This is a folder; name a file in it";
        case ENOTDIR:
            return "A part of this path is a file where a folder is needed";
        case ENAMETOOLONG:
            return "Choose a shorter name";
        case EMFILE:
        case ENFILE:
            return "Too many files are open; close other programs or raise the limit (ulimit -n)";
        default:
            return "";
    }
}

}  // namespace

Error io_error(const std::string& action, const fs::path& path, int number) {
    return Error{Error::Code::io,
                 "Cannot " + action + " " + path.string() + ": " + std::generic_category().message(number),
                 hint_for(number),
                 {}};
}

}  // namespace gw

#include "util/expand_path.h"

#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <deque>
#include <set>
#include <system_error>

#include "util/io_error.h"

namespace gw {

namespace {

class Walk {
  public:
    Walk(std::vector<fs::path>& files, std::vector<fs::path>* passed_over) : files_(files), passed_over_(passed_over) {}

    /// All that lies below `folder`: first without following links to folders, then what those lead to that has not
    /// been seen, in the order of their names. So a file that can be reached in two ways has always the same name.
    Status operator()(const fs::path& folder) {
        std::vector<fs::path> links;
        if (Status status = below(folder, links); !status) return status;
        while (!links.empty()) {
            std::sort(links.begin(), links.end());
            std::vector<fs::path> further;
            for (const fs::path& link : links)
                if (Status status = below(link, further); !status) return status;
            links = std::move(further);
        }
        return {};
    }

  private:
    /// True when the folder was not walked before.
    bool enter(const fs::path& folder) {
        struct stat info {};
        return ::stat(folder.c_str(), &info) != 0 || seen_.emplace(info.st_dev, info.st_ino).second;
    }
    Status below(const fs::path& root, std::vector<fs::path>& links) {
        std::deque<fs::path> waiting{root};
        for (; !waiting.empty(); waiting.pop_front()) {
            const fs::path folder = waiting.front();
            if (!enter(folder)) continue;
            std::error_code problem;
            fs::directory_iterator it(folder, problem), end;
            for (; !problem && it != end; it.increment(problem)) {
                std::error_code ignored;
                // Hidden files and folders (.git, .DS_Store) are nobody's data.
                if (it->path().filename().string().front() == '.') continue;
                if (it->is_directory(ignored))
                    (it->is_symlink(ignored) ? links.push_back(it->path()) : waiting.push_back(it->path()));
                else if (it->is_regular_file(ignored))
                    files_.push_back(it->path());
                else if (passed_over_)
                    passed_over_->push_back(it->path());
            }
            if (problem) return io_error("read the folder", folder, problem.value());
        }
        return {};
    }
    std::vector<fs::path>& files_;
    std::vector<fs::path>* passed_over_;
    std::set<std::pair<dev_t, ino_t>> seen_;
};

Status add_named(const fs::path& path, Walk& walk, std::vector<fs::path>& out) {
    std::error_code ignored;
    const fs::file_status status = fs::status(path, ignored);
    if (fs::is_directory(status)) return walk(path);
    if (fs::is_other(status))
        return Error{Error::Code::io,
                     "Cannot read " + path.string() + ": it is a pipe, a socket or a device, not a file",
                     "Choose a file, or write what it gives into one",
                     {}};
    out.push_back(path);
    return {};
}

}  // namespace

Result<std::vector<fs::path>> expand_path(const std::string& pattern, std::vector<fs::path>* passed_over) {
    std::vector<fs::path> files;
    Walk walk(files, passed_over);
    std::error_code problem;
    // A name that exists is taken as it is, even if it has brackets in it.
    if (fs::exists(pattern, problem)) {
        if (Status status = add_named(pattern, walk, files); !status) return status.error();
    } else {
        if (pattern.find_first_of("*?[") == std::string::npos)
            return io_error("open", pattern, problem ? problem.value() : ENOENT);
        glob_t found{};
        const int code = ::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found);
        std::vector<fs::path> matches(found.gl_pathv, found.gl_pathv + found.gl_pathc);
        ::globfree(&found);
        if (code != 0 && code != GLOB_NOMATCH)
            return io_error("search for", pattern, code == GLOB_NOSPACE ? ENOMEM : EACCES);
        std::sort(matches.begin(), matches.end());  // of folders that hold each other the first by name is walked
        for (const fs::path& match : matches)
            if (Status status = add_named(match, walk, files); !status) return status.error();
        if (matches.empty())
            return Error{Error::Code::io, "No file matches " + pattern, "Check the folder and the pattern", {}};
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    if (files.empty())
        return Error{Error::Code::io,
                     "The folder " + pattern + " holds no files",
                     "Choose another folder; hidden files are not counted",
                     {}};
    return files;
}

}  // namespace gw

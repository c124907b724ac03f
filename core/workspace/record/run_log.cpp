#include "workspace/record/run_log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>

namespace gw {

struct RunLog::Impl {
    spdlog::logger logger;
};

RunLog::RunLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RunLog::~RunLog() = default;

Result<std::unique_ptr<RunLog>> RunLog::open(const fs::path& file) {
    std::error_code ignored;
    const fs::file_status there = fs::symlink_status(file, ignored);
    if (fs::exists(there) && !fs::is_regular_file(there))
        return Error{Error::Code::io,
                     "The log of this run is a link, a pipe or a folder, not a file",
                     "Take it away; a new one is begun",
                     {"file " + file.string()}};
    try {
        auto sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string());
        auto impl = std::make_unique<Impl>(Impl{spdlog::logger("run", std::move(sink))});
        impl->logger.set_pattern("%Y-%m-%dT%H:%M:%SZ %l %v", spdlog::pattern_time_type::utc);
        impl->logger.flush_on(spdlog::level::info);  // whoever looks for the reason of a crash needs the last line
        return std::unique_ptr<RunLog>(new RunLog(std::move(impl)));
    } catch (const spdlog::spdlog_ex& problem) {
        return Error{Error::Code::io,
                     std::string("Cannot write the log: ") + problem.what(),
                     "Check the permissions and the free space of the workspace",
                     {"file " + file.string()}};
    }
}

void RunLog::info(const std::string& text) {
    impl_->logger.info(text);
}
void RunLog::warning(const std::string& text) {
    impl_->logger.warn(text);
}
void RunLog::error(const std::string& text) {
    impl_->logger.error(text);
}

}  // namespace gw

#include "util/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace gw {

void log_to_stderr() {
    // A registered logger keeps its name for the life of the program; asking for it twice would throw.
    std::shared_ptr<spdlog::logger> logger = spdlog::get("groundwork");
    if (!logger) logger = spdlog::stderr_logger_mt("groundwork");
    logger->set_pattern("groundwork: %l: %v");
    logger->set_level(spdlog::level::warn);
    spdlog::set_default_logger(std::move(logger));
}

}  // namespace gw

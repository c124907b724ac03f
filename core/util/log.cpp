#include "util/log.h"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <iostream>

namespace gw {

void log_to_stderr() {
    // A registered logger keeps its name for the life of the program; asking for it twice would throw.
    std::shared_ptr<spdlog::logger> logger = spdlog::get("groundwork");
    if (!logger) {
        logger = std::make_shared<spdlog::logger>("groundwork",
                                                  std::make_shared<spdlog::sinks::ostream_sink_mt>(std::cerr, true));
        spdlog::register_logger(logger);
    }
    logger->set_pattern("groundwork: %l: %v");
    logger->set_level(spdlog::level::warn);
    spdlog::set_default_logger(std::move(logger));
}

}  // namespace gw

#include "util/temporary_folder.h"

#include "util/hash.h"

namespace gw {

TemporaryFolder::TemporaryFolder() {
    std::error_code ignored;
    path_ = {new fs::path(fs::temp_directory_path(ignored) / ("groundwork-" + make_uuid())), [](const fs::path* path) {
                 std::error_code nobody_hears;
                 fs::remove_all(*path, nobody_hears);
                 delete path;
             }};
    fs::create_directory(*path_, ignored);
}

}  // namespace gw

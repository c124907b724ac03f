#include "train/message/messages.h"

#include <mutex>
#include <set>

namespace gw {

std::string_view intern(std::string_view name) {
    static std::mutex mutex;
    static std::set<std::string, std::less<>> names;  // nodes never move
    const std::scoped_lock lock(mutex);
    auto it = names.find(name);
    if (it == names.end()) it = names.emplace(name).first;
    return *it;
}

}  // namespace gw

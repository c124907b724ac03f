#include "util/phrase.h"

namespace gw {

std::string Phrase::text() const {
    std::string out;
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool mark = form[i] == '%' && i + 1 < form.size() && form[i + 1] >= '1' && form[i + 1] <= '9';
        const std::size_t number = mark ? static_cast<std::size_t>(form[i + 1] - '1') : 0;
        if (!mark || number >= values.size()) {
            out += form[i];
            continue;
        }
        out += values[number];
        ++i;
    }
    return out;
}

}  // namespace gw

#include "util/result.h"

namespace gw {

std::string to_text(const Error& error) {
    std::string text = error.message;
    for (const std::string& place : error.where) text += "\n  in " + place;
    if (!error.hint.empty()) text += "\n  " + error.hint;
    return text;
}

}  // namespace gw

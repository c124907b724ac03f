#include "study/row_text.h"

#include <algorithm>
#include <vector>

#include "util/text.h"

namespace gw {

std::string row_text(const HostBatch& rows, std::int64_t row, const Tokenizer& tokenizer) {
    constexpr std::int64_t longest = 96;  // tokens
    const auto at = static_cast<std::size_t>(row);
    const std::int64_t length = rows.lengths.empty() ? rows.length() : rows.lengths[at];
    std::vector<Token> ids;
    for (std::int64_t t = 0; t < std::min(length, rows.length()) && t < longest; ++t)
        if (const Token id = rows.token(row, t); id != tokenizer.separator()) ids.push_back(id);
    return well_formed_utf8(tokenizer.decode(ids)) + (length > longest ? " …" : "");
}

}  // namespace gw

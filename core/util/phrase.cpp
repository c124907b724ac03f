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

std::optional<std::vector<std::string>> values_in(std::string_view form, std::string_view text) {
    const auto mark_from = [&](std::size_t from) {
        for (std::size_t i = from; i + 1 < form.size(); ++i)
            if (form[i] == '%' && form[i + 1] >= '1' && form[i + 1] <= '9') return i;
        return form.size();
    };
    std::size_t mark = mark_from(0), at = mark;
    if (!text.starts_with(form.substr(0, mark))) return std::nullopt;
    std::vector<std::string> out;
    while (mark < form.size()) {
        const auto number = static_cast<std::size_t>(form[mark + 1] - '1');
        const std::size_t next = mark_from(mark + 2);
        const std::string_view words = form.substr(mark + 2, next - mark - 2);
        const std::string_view rest = text.substr(at);
        const bool last = next == form.size();
        if (last && !rest.ends_with(words)) return std::nullopt;
        const std::size_t length = last ? rest.size() - words.size() : rest.find(words);
        if (length == std::string_view::npos) return std::nullopt;
        if (out.size() <= number) out.resize(number + 1);
        out[number] = rest.substr(0, length);
        at += length + words.size();
        mark = next;
    }
    return at == text.size() ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace gw

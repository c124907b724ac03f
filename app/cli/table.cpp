#include "cli/table.h"

#include <algorithm>

namespace gw::cli {

namespace {

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

/// A cell is one line: what old names may hold of control characters is shown as a question mark.
std::string one_line(std::string cell) {
    for (char& c : cell)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    return cell;
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = one_line(std::move(cell));
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    std::vector<std::string> titles;
    for (const Column& column : columns_) titles.push_back(column.title);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        widths.push_back(characters(titles[c]));
        for (const auto& row : rows_) widths[c] = std::max(widths[c], characters(row[c]));
    }
    std::string out;
    auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const std::string pad(widths[c] - characters(cells[c]), ' ');
            text += (c ? "  " : "") + (columns_[c].align == Align::right ? pad + cells[c] : cells[c] + pad);
        }
        out += text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
    };
    line(titles);
    for (const auto& row : rows_) line(row);
    return out;
}

}  // namespace gw::cli

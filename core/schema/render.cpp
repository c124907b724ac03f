#include "schema/render.h"

#include <cmath>
#include <sstream>

namespace gw::schema {

namespace {

std::string number_text(double x) {
    return x == std::floor(x) && std::abs(x) < 1e15 ? Json(static_cast<std::int64_t>(x)).dump() : Json(x).dump();
}

std::string wide(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

std::string with_unit(const Row& row) {
    return row.info.unit.empty() ? std::string() : " " + std::string(row.info.unit);
}

}  // namespace

std::string value_text(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array()) {
        std::string out;
        for (const auto& v : value) out += (out.empty() ? "" : ", ") + value_text(v);
        return out;
    }
    return value.dump();
}

std::string range_text(const Row& row) {
    if (row.type == Type::choice) {
        std::string out;
        for (const std::string& choice : choices_of(row.info)) out += (out.empty() ? "" : ", ") + choice;
        return out;
    }
    if (row.type != Type::integer && row.type != Type::number) return "";
    const bool low = std::isfinite(row.info.min), high = std::isfinite(row.info.max);
    if (low && high) return number_text(row.info.min) + " to " + number_text(row.info.max);
    if (low) return number_text(row.info.min) + " or more";
    if (high) return number_text(row.info.max) + " or less";
    return "any number";
}

std::string sheet_text(const Sheet& sheet) {
    std::ostringstream out;
    out << sheet.card.id << " - " << sheet.card.title << "\n" << sheet.card.summary << "\n";
    if (!sheet.card.source.empty()) out << "Source: " << sheet.card.source << "\n";
    for (const Row& row : sheet.rows) {
        const std::string range = range_text(row);
        out << "\n  " << wide(std::string(row.info.key), 22) << type_name(row.type)
            << (range.empty() ? "" : " (" + range + ")") << ", default "
            << (value_text(row.default_value).empty() ? "empty" : value_text(row.default_value)) << with_unit(row)
            << "\n    " << row.info.help << "\n";
        if (!row.info.shown_when.empty()) out << "    Only when " << row.info.shown_when << ".\n";
    }
    return out.str();
}

Json sheet_json(const Sheet& sheet) {
    Json rows = Json::array();
    for (const Row& row : sheet.rows) {
        Json one = {{"key", row.info.key},
                    {"label", row.info.label},
                    {"type", type_name(row.type)},
                    {"default", row.default_value},
                    {"help", row.info.help}};
        if (!row.info.unit.empty()) one["unit"] = row.info.unit;
        if (std::isfinite(row.info.min)) one["min"] = row.info.min;
        if (std::isfinite(row.info.max)) one["max"] = row.info.max;
        if (row.type == Type::choice) {
            one["choices"] = choices_of(row.info);
            for (const std::string& choice : choices_of(row.info))
                one["titles"].push_back(choice_title(row.info, choice));
        }
        if (row.info.audience == Audience::expert) one["audience"] = "expert";
        if (!row.info.shown_when.empty()) one["shown_when"] = row.info.shown_when;
        if (!row.info.was.empty()) one["was"] = row.info.was;
        rows.push_back(std::move(one));
    }
    Json out = {{"id", sheet.card.id},         {"title", sheet.card.title}, {"summary", sheet.card.summary},
                {"source", sheet.card.source}, {"needs", sheet.needs},      {"fields", std::move(rows)}};
    if (!sheet.card.aliases.empty()) out["was"] = sheet.card.aliases;
    return out;
}

std::string sheet_markdown(const Sheet& sheet, int heading_level) {
    std::ostringstream out;
    out << std::string(static_cast<std::size_t>(heading_level), '#') << " `" << sheet.card.id << "` - "
        << sheet.card.title << "\n\n"
        << sheet.card.summary;
    if (!sheet.card.source.empty()) out << " *(" << sheet.card.source << ")*";
    out << "\n";
    if (sheet.rows.empty()) return out.str() + "\nNo settings.\n";
    out << "\n| setting | accepts | default | meaning |\n| --- | --- | --- | --- |\n";
    for (const Row& row : sheet.rows) {
        const std::string range = range_text(row), value = value_text(row.default_value);
        out << "| `" << row.info.key << "` | "
            << (row.type == Type::choice ? range : type_name(row.type) + (range.empty() ? "" : ", " + range)) << " | "
            << (value.empty() ? "empty" : "`" + value + "`") << with_unit(row) << " | " << row.info.help;
        if (!row.info.shown_when.empty()) out << " Only when `" << row.info.shown_when << "`.";
        out << " |\n";
    }
    return out.str();
}

}  // namespace gw::schema

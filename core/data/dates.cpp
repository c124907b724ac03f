#include "data/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

#include "data/text/near_text.h"
#include "util/text.h"

namespace gw {

namespace {

/// A day whose order of fields may still be open.
struct Day {
    int year = 0, month = 0, day = 0;
    bool open = false;  ///< "31/01/2026": `month` holds the first number, `day` the second
};

/// Takes a text apart from the left.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : left_(text) {}
    bool end() const { return left_.empty(); }
    bool take(char c) {
        if (left_.empty() || left_.front() != c) return false;
        left_.remove_prefix(1);
        return true;
    }
    bool take(std::string_view word) {
        if (!left_.starts_with(word)) return false;
        left_.remove_prefix(word.size());
        return true;
    }
    void blanks() {
        while (take(' ')) {
        }
    }
    /// A whole number of `least` to `most` digits.
    std::optional<int> number(std::size_t least, std::size_t most) {
        std::size_t size = 0;
        while (size < left_.size() && left_[size] >= '0' && left_[size] <= '9') ++size;
        if (size < least || size > most) return std::nullopt;
        int value = 0;
        std::from_chars(left_.data(), left_.data() + size, value);
        left_.remove_prefix(size);
        return value;
    }
    std::string letters() {
        std::size_t size = 0;
        while (size < left_.size() && left_[size] >= 'a' && left_[size] <= 'z') ++size;
        std::string out(left_.substr(0, size));
        left_.remove_prefix(size);
        return out;
    }
    double fraction() {
        double value = 0, scale = 0.1;
        for (; !left_.empty() && left_.front() >= '0' && left_.front() <= '9'; scale /= 10) {
            value += scale * (left_.front() - '0');
            left_.remove_prefix(1);
        }
        return value;
    }
    char peek() const { return left_.empty() ? '\0' : left_.front(); }

  private:
    std::string_view left_;
};

std::optional<int> month_named(const std::string& word) {
    constexpr std::array months{"january", "february", "march",     "april",   "may",      "june",
                                "july",    "august",   "september", "october", "november", "december"};
    if (word.size() < 3) return std::nullopt;
    if (word == "sept") return 9;
    for (std::size_t i = 0; i < months.size(); ++i)
        if (word == months[i] || (word.size() == 3 && std::string_view(months[i]).starts_with(word)))
            return static_cast<int>(i) + 1;
    return std::nullopt;
}

bool names_weekday(const std::string& word) {
    constexpr std::array days{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    return std::any_of(days.begin(), days.end(), [&](std::string_view day) {
        return word == day || word == day.substr(0, 3) || (word.size() == 4 && day.starts_with(word));
    });
}

/// "(日)", "(sun)"
void skip_weekday_in_brackets(Cursor& at) {
    Cursor ahead = at;
    ahead.blanks();
    if (!ahead.take('(')) return;
    for (const std::string_view day : {"日", "月", "火", "水", "木", "金", "土"})
        if (ahead.take(day)) break;
    ahead.letters();
    if (ahead.take(')')) at = ahead;
}

std::optional<Day> numbered_day(Cursor& at) {
    Cursor ahead = at;
    if (const auto all = ahead.number(8, 8)) {  // 20260131
        at = ahead;
        return Day{*all / 10000, *all / 100 % 100, *all % 100};
    }
    if (const auto year = ahead.number(4, 4)) {
        if (ahead.take("年")) {
            const auto month = ahead.number(1, 2);
            if (!month || !ahead.take("月")) return std::nullopt;
            const auto day = ahead.number(1, 2);
            if (day && !ahead.take("日")) return std::nullopt;
            at = ahead;
            return Day{*year, *month, day.value_or(1)};
        }
        const char between = ahead.peek();
        if (between != '-' && between != '/' && between != '.') return std::nullopt;
        ahead.take(between);
        const auto month = ahead.number(1, 2);
        if (!month) {
            const auto named = month_named(ahead.letters());  // 2026-Jan-31
            if (!named || !ahead.take(between)) return std::nullopt;
            const auto day = ahead.number(1, 2);
            if (!day) return std::nullopt;
            at = ahead;
            return Day{*year, *named, *day};
        }
        if (!ahead.take(between)) {  // 2026-01
            at = ahead;
            return Day{*year, *month, 1};
        }
        const auto day = ahead.number(1, 2);
        if (!day) return std::nullopt;
        at = ahead;
        return Day{*year, *month, *day};
    }
    const auto first = ahead.number(1, 2);
    const char between = ahead.peek();
    if (!first || (between != '-' && between != '/' && between != '.')) return std::nullopt;
    ahead.take(between);
    const auto second = ahead.number(1, 2);
    if (!second || !ahead.take(between)) return std::nullopt;
    const auto year = ahead.number(4, 4);
    if (!year) return std::nullopt;
    at = ahead;
    if (between == '.') return Day{*year, *second, *first};
    return Day{*year, *first, *second, true};
}

/// "31 Jan 2026", "31-Jan-2026", "Jan 31, 2026", "Sat, 31 Jan 2026", "Sat Jan 31 12:00:00 2026" without its time.
std::optional<Day> named_day(Cursor& at) {
    Cursor ahead = at;
    {
        Cursor weekday = ahead;
        if (names_weekday(weekday.letters())) {
            weekday.take('.');
            weekday.take(',');
            weekday.blanks();
            ahead = weekday;
        }
    }
    auto between = [&] {
        if (!ahead.take('-')) {
            ahead.take('.');
            ahead.take(',');
            ahead.blanks();
        }
    };
    std::optional<int> day = ahead.number(1, 2), month;
    if (day) {
        for (const std::string_view ending : {"st", "nd", "rd", "th"})
            if (ahead.take(ending)) break;
        between();
        month = month_named(ahead.letters());
    } else {
        month = month_named(ahead.letters());
        between();
        day = ahead.number(1, 2);
        for (const std::string_view ending : {"st", "nd", "rd", "th"})
            if (ahead.take(ending)) break;
    }
    between();
    const auto year = ahead.number(4, 4);
    if (!day || !month || !year) return std::nullopt;
    at = ahead;
    return Day{*year, *month, *day};
}

/// Seconds to be taken from the local time; nothing where the text is no zone.
std::optional<int> zone_offset(Cursor& at) {
    const bool east = at.peek() == '+', west = at.peek() == '-';
    if (east || west) {
        at.take(at.peek());
        const auto both = [&]() -> std::optional<std::pair<int, int>> {
            Cursor ahead = at;
            if (const auto four = ahead.number(4, 4)) {
                at = ahead;
                return std::pair(*four / 100, *four % 100);
            }
            const auto hours = at.number(1, 2);
            if (!hours) return std::nullopt;
            if (!at.take(':')) return std::pair(*hours, 0);
            const auto minutes = at.number(2, 2);
            if (!minutes) return std::nullopt;
            return std::pair(*hours, *minutes);
        }();
        if (!both || both->first > 14 || both->second > 59) return std::nullopt;
        const int offset = both->first * 3600 + both->second * 60;
        return east ? offset : -offset;
    }
    const std::string name = at.letters();
    for (const auto& [known, hours] : {std::pair{"z", 0},
                                       {"utc", 0},
                                       {"gmt", 0},
                                       {"ut", 0},
                                       {"est", -5},
                                       {"edt", -4},
                                       {"cst", -6},
                                       {"cdt", -5},
                                       {"mst", -7},
                                       {"mdt", -6},
                                       {"pst", -8},
                                       {"pdt", -7},
                                       {"jst", 9}})
        if (name == known) {
            if ((name == "utc" || name == "gmt") && (at.peek() == '+' || at.peek() == '-')) return zone_offset(at);
            return hours * 3600;
        }
    return std::nullopt;
}

/// Seconds of the day, less the zone; nothing where what is left is no time.
std::optional<double> time_of_day(Cursor& at) {
    skip_weekday_in_brackets(at);
    at.take(',');
    at.blanks();
    if (at.end()) return 0;
    at.take('t');
    at.blanks();
    double seconds = 0;
    int hours = 0, minutes = 0;
    Cursor ahead = at;
    if (const auto six = ahead.number(6, 6)) {  // 120000
        at = ahead;
        hours = *six / 10000;
        minutes = *six / 100 % 100;
        seconds = *six % 100;
    } else {
        const auto h = at.number(1, 2);
        if (!h) return std::nullopt;
        hours = *h;
        const bool japanese = at.take("時");
        if (!japanese && !at.take(':')) return std::nullopt;
        const auto m = at.number(1, 2);
        if (!m && !japanese) return std::nullopt;
        minutes = m.value_or(0);
        if (m && japanese && !at.take("分")) return std::nullopt;
        if (japanese ? at.peek() >= '0' && at.peek() <= '9' : at.take(':')) {
            const auto s = at.number(1, 2);
            if (!s) return std::nullopt;
            seconds = *s;
            if (japanese && !at.take("秒")) return std::nullopt;
        }
    }
    if (at.take('.') || at.take(',')) seconds += at.fraction();
    at.blanks();
    for (const auto& [half, add] : {std::pair{"am", 0}, {"pm", 12}, {"a.m.", 0}, {"p.m.", 12}})
        if (at.take(std::string_view(half))) {
            if (hours < 1 || hours > 12) return std::nullopt;
            hours = hours % 12 + add;
            at.blanks();
            break;
        }
    if (hours > 24 || minutes > 59 || seconds >= 61 || (hours == 24 && (minutes > 0 || seconds > 0)))
        return std::nullopt;
    int offset = 0;
    if (!at.end()) {
        const auto zone = zone_offset(at);
        if (!zone) return std::nullopt;
        offset = *zone;
        at.blanks();
        if (at.take('(')) {  // "+0900 (JST)"
            at.letters();
            if (!at.take(')')) return std::nullopt;
        }
    }
    if (!at.end()) return std::nullopt;
    return hours * 3600.0 + minutes * 60.0 + seconds - offset;
}

struct Moment {
    Day day;
    double seconds = 0;
};
std::optional<Moment> moment_of(const std::string& cell) {
    const std::string text = case_text(cell);  // full-width digits become plain ones, letters small
    Cursor at(text);
    auto day = numbered_day(at);
    if (!day) day = named_day(at);
    if (!day) return std::nullopt;
    const auto seconds = time_of_day(at);
    if (!seconds) return std::nullopt;
    return Moment{*day, *seconds};
}

std::optional<double> seconds_of(int year, int month, int day, double seconds) {
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    return static_cast<double>(sys_days(date).time_since_epoch().count()) * 86400.0 + seconds;
}

std::optional<double> number_of(const std::string& text) {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failed != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string shown(const std::string& cell) {
    constexpr std::size_t longest = 40;
    return "\"" + cell.substr(0, utf8_boundary(cell, std::min(longest, cell.size()))) + "\"";
}

const char* advice = "Write dates as 2026-01-31, with a time as 2026-01-31T18:30:00+09:00";

}  // namespace

Result<Times> read_times(const std::vector<std::string>& cells, std::size_t& bad) {
    bad = 0;
    Times out;
    for (const std::string& cell : cells)
        if (const auto value = number_of(cell)) out.values.push_back(*value);
    if (out.values.size() == cells.size()) {
        // 1e11 seconds lie in the year 5138, 1e11 milliseconds in 1973.
        constexpr double seconds_end = 1e11, clock_begin = 1e8;
        std::optional<std::size_t> seconds, milliseconds;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (out.values[i] >= seconds_end)
                milliseconds = i;
            else if (out.values[i] >= clock_begin)
                seconds = i;
        }
        if (seconds && milliseconds) {
            bad = std::max(*seconds, *milliseconds);
            return Error{Error::Code::bad_data,
                         "Some times of this column are seconds since 1970 (" + shown(cells[*seconds]) +
                             "), others milliseconds (" + shown(cells[*milliseconds]) + ")",
                         "Write them all in one unit, or as 2026-01-31T18:30:00Z",
                         {}};
        }
        out.form = "numbers";
        return out;
    }
    std::vector<Moment> moments;
    std::optional<std::size_t> day_first, month_first, open;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto moment = moment_of(cells[i]);
        if (!moment || (number_of(cells[i]) && cells[i].size() != 8)) {
            bad = i;
            return Error{Error::Code::bad_data,
                         moment || number_of(cells[i]) ? "The column holds dates, but here a number: " + shown(cells[i])
                                                       : "This is no date that is known: " + shown(cells[i]),
                         advice,
                         {}};
        }
        moments.push_back(*moment);
        const Day& day = moment->day;
        if (!day.open) continue;
        open = i;
        if (day.month > 12)
            day_first = i;
        else if (day.day > 12)
            month_first = i;
    }
    if (day_first && month_first) {
        bad = std::max(*day_first, *month_first);
        return Error{Error::Code::bad_data,
                     "Some dates of this column have the day first (" + shown(cells[*day_first]) +
                         "), others the month (" + shown(cells[*month_first]) + ")",
                     advice,
                     {}};
    }
    const bool told_apart = std::any_of(moments.begin(), moments.end(), [](const Moment& moment) {
        return moment.day.open && moment.day.month != moment.day.day;
    });
    if (open && !day_first && !month_first && told_apart) {
        bad = static_cast<std::size_t>(
            std::find_if(moments.begin(), moments.end(),
                         [](const Moment& moment) { return moment.day.open && moment.day.month != moment.day.day; }) -
            moments.begin());
        return Error{Error::Code::bad_data,
                     "It is not clear whether the day or the month stands first: " + shown(cells[bad]) +
                         " can be read in two ways, and so can all dates of this column",
                     advice,
                     {}};
    }
    for (std::size_t i = 0; i < moments.size(); ++i) {
        Day day = moments[i].day;
        if (day.open && day_first) std::swap(day.month, day.day);
        const auto value = seconds_of(day.year, day.month, day.day, moments[i].seconds);
        if (!value) {
            bad = i;
            return Error{Error::Code::bad_data, "There is no such day: " + shown(cells[i]), advice, {}};
        }
        out.values.push_back(*value);
    }
    out.values.erase(out.values.begin(), out.values.end() - static_cast<std::ptrdiff_t>(moments.size()));
    out.form = !open ? "dates" : day_first ? "dates day/month/year" : "dates month/day/year";
    return out;
}

}  // namespace gw

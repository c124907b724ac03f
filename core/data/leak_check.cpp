#include "data/leak_check.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "data/text/near_text.h"
#include "data/text/tokenise.h"
#include "util/hash.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::uint32_t no_label = 0;
constexpr const char* without_caption = "a picture";

/// The stretches of a text that are compared.
template <class Take>
void for_each_unit(std::string_view text, bool labelled, const Take& take) {
    constexpr std::size_t longest_whole = 2000, shortest = 30;
    if (labelled || text.size() <= longest_whole) {
        const std::string_view unit = trim(text);
        if (!unit.empty() && (labelled || unit.size() >= shortest)) take(unit);
        return;
    }
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const std::string_view unit = trim(text.substr(0, end)); unit.size() >= shortest) take(unit);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::uint32_t label_hash(const Label* label) {
    if (!label || !label->words.empty()) return no_label;
    std::string all = std::to_string(std::bit_cast<std::uint64_t>(label->value));
    std::vector<std::string> classes = label->classes;
    std::sort(classes.begin(), classes.end());
    for (const std::string& name : classes) all += '\n' + name;
    return static_cast<std::uint32_t>(hash64(all) >> 32) | 1U;
}

/// The stretches that are compared, by the hash that copies share and that which word-for-word copies share. A picture
/// is one, and both are that of its bytes: by them the like of a near copy is found as well.
template <class Take>
void for_each_hash(std::string_view text, const Document& document, const Take& take) {
    if (document.picture) {
        const auto& pixels = document.picture->pixels;
        const std::uint64_t hash = hash64({reinterpret_cast<const char*>(pixels.data()), pixels.size()});
        return take(hash, hash, text.empty() ? std::string_view(without_caption) : text);
    }
    if (document.table) {  // of which near copies are other rows
        const auto& values = document.table->values;
        const std::uint64_t hash = hash64({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
        return take(hash, hash, text);
    }
    for_each_unit(text, document.label != nullptr,
                  [&](std::string_view unit) { take(hash64(near_text(unit)), hash64(unit), unit); });
}

std::string shortened(std::string_view text) {
    constexpr std::size_t shown = 80;
    if (text.size() <= shown) return std::string(text);
    return std::string(text.substr(0, utf8_boundary(text, shown))) + "...";
}

constexpr std::pair<Part, Part> compared[] = {
    {Part::validation, Part::train}, {Part::test, Part::train}, {Part::test, Part::validation}};

std::string phrase(const std::string& part) {
    return part == "train" ? "training" : part;
}

std::string at(const FilePlace& place) {
    return place.file.empty() ? "" : " (" + place_text(place) + ")";
}

/// A text and where it stands; of a picture that is a file its name.
std::string example_text(const std::string& text, const FilePlace& place) {
    return text == without_caption && !place.file.empty() && place.row == 0 ? place.file : text + at(place);
}

}  // namespace

void LeakCheck::add(Part part, std::string_view text, const Document& document) {
    const std::uint32_t label = label_hash(document.label);
    pictures_ = document.picture != nullptr;
    for_each_hash(text, document, [&](std::uint64_t near, std::uint64_t exact, std::string_view) {
        const auto number =
            static_cast<std::uint32_t>(std::min<std::uint64_t>(seen_++, std::numeric_limits<std::uint32_t>::max()));
        Unit unit{near, exact, label, number, 0, part};
        if (pictures_) {
            const PictureSketch sketch = sketch_of(*document.picture);
            unit.near = common_hash(sketch);
            if ((unit.near & mask_) != 0) return;
            unit.sketch = static_cast<std::uint32_t>(sketches_.size());
            sketches_.push_back(sketch);
        }
        if ((unit.near & mask_) != 0) return;
        units_.push_back(unit);
        if (full()) thin();
    });
}

void LeakCheck::thin() {
    mask_ = (mask_ << 1) | 1;
    std::erase_if(units_, [&](const Unit& unit) { return (unit.near & mask_) != 0; });
    if (!pictures_) return;
    std::vector<PictureSketch> left;
    left.reserve(units_.size());
    for (Unit& unit : units_) {
        left.push_back(sketches_[unit.sketch]);
        unit.sketch = static_cast<std::uint32_t>(left.size() - 1);
    }
    sketches_ = std::move(left);
}

LeakReport LeakCheck::report() {
    LeakReport report;
    report.looked_at = 1.0 / static_cast<double>(mask_ + 1);
    report.pictures = pictures_;
    std::sort(units_.begin(), units_.end(), [](const Unit& a, const Unit& b) {
        return std::tie(a.near, a.exact, a.number) < std::tie(b.near, b.exact, b.number);
    });
    std::uint32_t first_conflict = std::numeric_limits<std::uint32_t>::max();
    struct Count {
        std::int64_t checked = 0, exact = 0, near = 0;
        std::uint32_t first = std::numeric_limits<std::uint32_t>::max();
        Wanted wanted;
    } counts[std::size(compared)];
    const auto like = near_pictures();
    for (auto group = units_.begin(); group != units_.end();) {
        const auto group_end =
            std::find_if(group, units_.end(), [&](const Unit& unit) { return unit.near != group->near; });
        bool near_in[3] = {};
        for (auto it = group; it != group_end; ++it) near_in[static_cast<std::size_t>(it->part)] = true;
        for (auto same = group; same != group_end;) {
            const auto same_end =
                std::find_if(same, group_end, [&](const Unit& unit) { return unit.exact != same->exact; });
            bool exact_in[3] = {}, differs = false;
            for (auto it = same; it != same_end; ++it) {
                exact_in[static_cast<std::size_t>(it->part)] = true;
                differs = differs || it->label != same->label;
            }
            report.conflicts += differs;
            if (differs && same->number < first_conflict) {
                first_conflict = same->number;
                conflict_ = same->exact;
            }
            for (auto it = same; it != same_end; ++it)
                for (std::size_t pair = 0; pair < std::size(compared); ++pair) {
                    const auto [held_out, within] = compared[pair];
                    if (it->part != held_out) continue;
                    Count& count = counts[pair];
                    ++count.checked;
                    const auto place = static_cast<std::size_t>(it - units_.begin());
                    const Unit* picture = pictures_ ? like[pair][place] : nullptr;
                    const bool exact = exact_in[static_cast<std::size_t>(within)],
                               near = pictures_ ? exact || picture : near_in[static_cast<std::size_t>(within)];
                    count.exact += exact;
                    count.near += near && !exact;
                    if (near && it->number < count.first) {
                        count.first = it->number;
                        count.wanted = {picture ? picture->exact : it->near, it->exact, exact};
                    }
                }
            same = same_end;
        }
        group = group_end;
    }
    for (std::size_t pair = 0; pair < std::size(compared); ++pair) {
        if (counts[pair].checked == 0) continue;
        const auto [held_out, within] = compared[pair];
        report.pairs.push_back({part_name(held_out),
                                part_name(within),
                                counts[pair].checked,
                                counts[pair].exact,
                                counts[pair].near,
                                "",
                                "",
                                {},
                                {}});
        wanted_.push_back(counts[pair].wanted);
    }
    units_ = {};
    sketches_ = {};
    return report;
}

std::vector<std::vector<const LeakCheck::Unit*>> LeakCheck::near_pictures() const {
    std::vector<std::vector<const Unit*>> out;
    if (!pictures_) return out;
    out.assign(std::size(compared), std::vector<const Unit*>(units_.size()));
    for (const Part within : {Part::train, Part::validation}) {
        std::vector<const Unit*> learnt;
        std::vector<const PictureSketch*> among;
        for (const Unit& unit : units_)
            if (unit.part == within) {
                learnt.push_back(&unit);
                among.push_back(&sketches_[unit.sketch]);
            }
        const NearPictures pictures(std::move(among));
        for (std::size_t pair = 0; pair < std::size(compared); ++pair)
            for (std::size_t i = 0; i < units_.size(); ++i) {
                if (compared[pair].second != within || units_[i].part != compared[pair].first) continue;
                const std::size_t found = pictures.find(sketches_[units_[i].sketch]);
                if (found != NearPictures::none) out[pair][i] = learnt[found];
            }
    }
    return out;
}

bool LeakCheck::look(LeakReport& report, Part part, std::string_view text, const Document& document) const {
    const FilePlace place{std::string(document.source), document.row};
    const std::string name = part_name(part);
    for_each_hash(text, document, [&](std::uint64_t near, std::uint64_t exact, std::string_view unit) {
        for (std::size_t i = 0; i < report.pairs.size(); ++i) {
            LeakReport::Pair& pair = report.pairs[i];
            if (pair.exact + pair.near == 0) continue;
            if (pair.example.empty() && name == pair.held_out && exact == wanted_[i].exact) {
                pair.example = shortened(unit);
                pair.example_at = place;
            } else if (pair.example_within.empty() && name == pair.within &&
                       (wanted_[i].is_exact ? exact == wanted_[i].exact : near == wanted_[i].near)) {
                pair.example_within = shortened(unit);
                pair.example_within_at = place;
            }
        }
        if (report.conflicts > 0 && exact == conflict_ && report.conflict_places.size() < 2) {
            report.conflict_example = shortened(unit);
            report.conflict_places.push_back(place);
        }
    });
    return (report.conflicts > 0 && report.conflict_places.size() < 2) ||
           std::any_of(report.pairs.begin(), report.pairs.end(), [](const auto& pair) {
               return pair.exact + pair.near > 0 && (pair.example.empty() || pair.example_within.empty());
           });
}

const LeakReport::Pair* LeakReport::pair(const std::string& held_out, const std::string& within) const {
    const auto it = std::find_if(pairs.begin(), pairs.end(),
                                 [&](const Pair& one) { return one.held_out == held_out && one.within == within; });
    return it == pairs.end() ? nullptr : &*it;
}

Json to_json(const LeakReport& report) {
    auto place = [](const FilePlace& at) { return Json{{"file", at.file}, {"row", at.row}}; };
    Json pairs = Json::array(), places = Json::array();
    for (const auto& pair : report.pairs)
        pairs.push_back({{"held_out", pair.held_out},
                         {"within", pair.within},
                         {"checked", pair.checked},
                         {"exact", pair.exact},
                         {"near", pair.near},
                         {"example", pair.example},
                         {"example_at", place(pair.example_at)},
                         {"example_within", pair.example_within},
                         {"example_within_at", place(pair.example_within_at)}});
    for (const FilePlace& at : report.conflict_places) places.push_back(place(at));
    return {{"pairs", std::move(pairs)},
            {"pictures", report.pictures},
            {"looked_at", report.looked_at},
            {"conflicts", report.conflicts},
            {"conflict_example", report.conflict_example},
            {"conflict_places", std::move(places)}};
}

LeakReport leak_report_of(const Json& json) {
    LeakReport report;
    if (!json.is_object()) return report;
    auto place = [](const Json& at) {
        return at.is_object() ? FilePlace{at.value("file", ""), at.value("row", std::int64_t{0})} : FilePlace();
    };
    for (const Json& pair : json.value("pairs", Json::array()))
        report.pairs.push_back({pair.value("held_out", ""), pair.value("within", ""),
                                pair.value("checked", std::int64_t{0}), pair.value("exact", std::int64_t{0}),
                                pair.value("near", std::int64_t{0}), pair.value("example", ""),
                                pair.value("example_within", ""), place(pair.value("example_at", Json())),
                                place(pair.value("example_within_at", Json()))});
    report.pictures = json.value("pictures", false);
    report.looked_at = json.value("looked_at", 1.0);
    report.conflicts = json.value("conflicts", std::int64_t{0});
    report.conflict_example = json.value("conflict_example", "");
    for (const Json& at : json.value("conflict_places", Json::array())) report.conflict_places.push_back(place(at));
    return report;
}

std::vector<std::string> leak_texts(const LeakReport& report) {
    std::vector<std::string> out;
    const std::string among =
        report.looked_at < 1 ? " (of a share of " + significant(100 * report.looked_at, 3) + " % that was compared)"
                             : "";
    for (const auto& pair : report.pairs) {
        if (pair.exact + pair.near == 0) continue;
        const bool both = pair.exact > 0 && pair.near > 0;
        std::string kinds = pair.exact > 0 ? (both ? grouped(pair.exact) + " " : "") +
                                                 (report.pictures ? "pixel for pixel" : "word for word")
                                           : "";
        if (pair.near > 0)
            kinds += (both ? ", " + grouped(pair.near) + " " : std::string()) +
                     (report.pictures ? "but for brightness, contrast or compression"
                                      : "but for case, white space or punctuation");
        out.push_back(grouped(pair.exact + pair.near) + " of " + grouped(pair.checked) + " " + phrase(pair.held_out) +
                      (report.pictures ? " pictures" : " texts") + " also stand in the " + phrase(pair.within) +
                      " part, " + kinds + among + ", for example: " + example_text(pair.example, pair.example_at) +
                      (pair.example_within == pair.example && pair.example_within_at.file.empty()
                           ? ""
                           : "; there: " + example_text(pair.example_within, pair.example_within_at)));
    }
    if (report.conflicts > 0) {
        std::string places;
        for (const FilePlace& place : report.conflict_places)
            places += (places.empty() ? "" : " and ") + place_text(place);
        out.push_back(grouped(report.conflicts) + (report.pictures ? " picture" : " text") +
                      (report.conflicts == 1 ? " stands" : "s stand") +
                      " several times in the data with different labels" + among +
                      ", for example: " + report.conflict_example + (places.empty() ? "" : " (" + places + ")"));
    }
    return out;
}

}  // namespace gw

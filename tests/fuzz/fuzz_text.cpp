#include "data/dates.h"
#include "data/file_list.h"
#include "fuzz/dataset_input.h"
#include "util/csv.h"
#include "util/number.h"
#include "util/text.h"

/// Plain text, and what is read out of short texts: numbers, dates, names.
GW_FUZZ(text) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    fuzz::must(!first_bad_utf8(well_formed_utf8(input)).has_value());
    fuzz::must(!first_bad_utf8(shown_name(std::string(input))).has_value());
    parse_number(input);
    parse_count(input);
    csv_cell(input);
    std::size_t bad = 0;
    const std::vector<std::string> lines = split(input.substr(0, 400), '\n');
    if (!read_times(lines, bad)) fuzz::must(bad < std::max<std::size_t>(lines.size(), 1));
    fuzz::read_dataset("text_files", {{"documents", "line"}}, {folder.put("x.txt", input)});
}

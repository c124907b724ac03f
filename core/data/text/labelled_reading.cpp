#include "data/text/labelled_reading.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "data/text/json_reading.h"
#include "data/text/text_reading.h"
#include "util/text.h"

namespace gw {

namespace {

/// Column by its number as a setting has it, or `usual`; 0 = the last.
Result<std::size_t> word_column(const std::string& value, std::size_t usual, const std::string& setting) {
    if (value.empty()) return usual;
    const auto number = whole_number(value);
    if (!number || *number < 1 || *number > 1000)
        return Error{Error::Code::bad_spec,
                     "Columns of words have no names, but " + setting + " is \"" + value + "\"",
                     "Set it to the column's number (from 1)",
                     {"field " + setting}};
    return static_cast<std::size_t>(*number);
}

/// A whole number beyond 64 bits lost digits as it was read: as a class it would fall together with its neighbours.
bool lost_digits(const Json& value) {
    constexpr double exact = 9007199254740992;  // 2^53: whole numbers in doubles are exact up to here
    return value.is_number_float() && std::abs(value.get<double>()) >= exact;
}

}  // namespace

void LabelledReading::read_as(const std::string& what) {
    if (report.reading.find(what) == std::string::npos) report.reading += (report.reading.empty() ? "" : ", ") + what;
}

bool LabelledReading::give(std::string_view text, const Label& label, std::int64_t row) {
    more = !stop.stop_requested() && sink({text, file, report.rows++, &label, row});
    return more;
}

/// Counts a row that lacks a part, and says whether it can be given.
bool LabelledReading::whole(bool has_text, bool has_label, std::int64_t row) {
    if (has_text && has_label) return true;
    if (!has_text)
        report.pass_over(has_label ? "a label but no text" : "neither text nor label", {file, row});
    else if (unlabelled++ == 0)
        first_unlabelled = {file, row};
    return false;
}

Status LabelledReading::settle_keys(const FileList& list) {
    constexpr std::size_t most_files = 64, most_rows = 200;
    std::vector<std::string> keys;
    std::int64_t looked_at = 0;
    std::set<std::string> first_texts, first_labels;  // what each row by itself would name
    for (std::size_t i = 0; i < list.files.size() && i < most_files; ++i) {
        auto map = MappedFile::open(list.files[i]);
        if (!map) return map.error();
        if (is_json_array(map.value().text()) && looked_at == 0) report.format = "json";
        std::size_t rows = 0;
        const Status read = read_json_rows(map.value().text(), [&](std::int64_t, const Json& row) {
            ++looked_at;
            std::string text, label;
            for (const auto& [key, value] : row.items()) {
                if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
                if (text.empty() && names_text(key)) text = key;
                if (label.empty() && names_label(key)) label = key;
            }
            first_texts.insert(text.empty() ? "text" : text);
            first_labels.insert(label.empty() ? "label" : label);
            return ++rows < most_rows;
        });
        if (Status whole = map.value().intact(); !whole) return whole;
        if (!read && rows == 0) return Error(read.error()).at("file " + list.shown(i));
    }
    report.columns = keys;
    auto choose = [&](const std::string& given, std::size_t (*rank)(const std::string&),
                      bool (*names)(const std::string&), const std::string& usual, const std::string& but,
                      ReadReport::Column& column) {
        std::vector<std::string> likely;
        for (const std::string& key : keys)
            if (names(key) && key != but) likely.push_back(key);
        std::stable_sort(likely.begin(), likely.end(),
                         [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
        if (given.empty() && likely.size() > 1)
            report.warnings.push_back("The field \"" + likely.front() + "\" was taken for the " + usual + "; " +
                                      quoted_list({likely.begin() + 1, likely.end()}) +
                                      " might be it as well (dataset." + usual + " settles it)");
        column.name = !given.empty() ? given : likely.empty() ? usual : likely.front();
        column.how = given.empty() ? ReadReport::How::name : ReadReport::How::given;
        return column.name;
    };
    text_key_ = choose(text_wish, text_rank, names_text, "text", label_wish, report.text);
    label_key_ = choose(label_wish, label_rank, names_label, "label", text_key_, report.label);
    if ((text_wish.empty() && first_texts != std::set{text_key_}) ||
        (label_wish.empty() && first_labels != std::set{label_key_}))
        if (looked_at > 0) read_as("fields " + text_key_ + ", " + label_key_);
    return {};
}

Status LabelledReading::read_rows_of_table(std::string_view bytes) {
    Status wrong;
    const Status read = tables.read(bytes, file, report, [&](const TableRow& row, const TableLayout& layout) {
        const std::string &text = row.cells[layout.text], &said = row.cells[layout.label];
        if (!whole(!trim(text).empty(), kind == LabelKind::class_set || !trim(said).empty(), row.number)) return true;
        Label label;
        wrong =
            set_label(label, said, row.number, "column " + std::to_string(layout.label + 1), tables.separator() != ',');
        if (!wrong) return false;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            if (i != layout.text && i != layout.label)
                label.columns.emplace_back(i < layout.names.size() ? layout.names[i] : std::to_string(i + 1),
                                           std::string(trim(row.cells[i])));
        return give(text, label, row.number);
    });
    return wrong ? read : wrong;
}

Status LabelledReading::read_objects(std::string_view bytes) {
    std::string buffer;
    Status wrong;
    const Status read = read_json_rows(bytes, [&](std::int64_t number, const Json& row) {
        const Json *text = json_field(row, text_key_), *said = json_field(row, label_key_);
        auto refuse = [&](const std::string& key, const char* field, const Json* value, const char* wanted) {
            wrong = Error{
                Error::Code::bad_data,
                value ? "The field \"" + key + "\" of this row is no " + wanted + " but " + value->dump().substr(0, 40)
                      : "This row has no field \"" + key + "\"; its fields are " + json_keys(row),
                std::string("Set dataset.") + field + " to the field with the " + field,
                {"row " + grouped(number)}};
            return false;
        };
        // A field that no row before had is a wrong name; one that is missing later is an empty cell.
        if (!text && report.rows == 0) return refuse(text_key_, "text", text, "text");
        if (!said && report.rows == 0) return refuse(label_key_, "label", said, "label");
        if (text && !text->is_null() && !text->is_string()) return refuse(text_key_, "text", text, "text");
        const bool has_text = text && text->is_string() && !trim(text->get_ref<const std::string&>()).empty();
        const bool has_label =
            said && !said->is_null() &&
            (kind == LabelKind::class_set || !said->is_string() || !trim(said->get_ref<const std::string&>()).empty());
        if (!whole(has_text, has_label, number)) return true;
        const bool lost =
            kind != LabelKind::number &&
            (said->is_array() ? std::any_of(said->begin(), said->end(), lost_digits) : lost_digits(*said));
        if (lost) {
            wrong = Error{
                Error::Code::bad_data,
                "The class " + said->dump().substr(0, 40) + " of this row has more digits than are kept of a number",
                "Write it in quotation marks",
                {"row " + grouped(number), "field " + label_key_}};
            return false;
        }
        Label label;
        if (kind == LabelKind::class_set && said->is_array()) {
            for (const Json& one : *said) {
                const std::string name = one.is_string() ? one.get<std::string>() : one.dump();
                if (trim(name).size() != name.size()) read_as("trimmed classes");
                label.classes.push_back(classes.name(trim(name)));
            }
        } else if (said->is_structured()) {
            return refuse(label_key_, "label", said, "label");
        } else {
            wrong = set_label(label, said->is_string() ? said->get<std::string>() : said->dump(), number,
                              "field " + label_key_, false);
            if (!wrong) return false;
        }
        for (const auto& [key, value] : row.items())
            if (key != text_key_ && key != label_key_ && value.is_primitive())
                label.columns.emplace_back(key, value.is_string() ? value.get<std::string>() : value.dump());
        return give(plain_lines(text->get_ref<const std::string&>(), buffer), label, number);
    });
    return wrong ? read : wrong;
}

Status LabelledReading::read_words(std::string_view bytes) {
    const auto text_at = word_column(text_wish, 1, "dataset.text"),
               label_at = word_column(label_wish, 0, "dataset.label");
    if (!text_at) return text_at.error();
    if (!label_at) return label_at.error();
    Status wrong;
    ColumnsCount count;
    std::size_t width = 0;
    const Status read = read_columns(bytes, count, [&](const std::vector<TableRow>& sentence) {
        Label label;
        std::string text;
        for (const TableRow& row : sentence) {
            auto refuse = [&](const std::string& message, const std::string& hint) {
                wrong = Error{Error::Code::bad_data, message, hint, {"row " + grouped(row.number)}};
                return false;
            };
            const std::vector<std::string>& cells = row.cells;
            if (cells.size() < 2)
                return refuse("This line has a word but no label",
                              "Each line needs a word and its label, with a space or tab between them");
            if (width == 0) width = cells.size();
            if (cells.size() != width)
                return refuse(
                    "This line has " + std::to_string(cells.size()) + " columns, but the first has " +
                        std::to_string(width),
                    "Give all lines the same columns; a word with a space in it needs tabs between the columns");
            constexpr std::size_t universal = 10;  // the columns of the CoNLL-U format
            if (text_wish.empty() && width == universal && whole_number(cells.front()))
                return refuse("This looks like CoNLL-U: the first column numbers the words",
                              "Set dataset.text=2 and dataset.label=4 (or another column)");
            if (!text_wish.empty() && width == universal && cells.front().find_first_of("-.") != std::string::npos &&
                whole_number(cells.front().substr(0, cells.front().find_first_of("-.")))) {
                report.pass_over("a number of several words or of none (CoNLL-U)", {file, row.number});
                continue;
            }
            if (text_at.value() > width || label_at.value() > width)
                return refuse("This line has only " + std::to_string(width) + " columns",
                              "Set dataset.text and dataset.label to columns that there are");
            const std::string &word = cells[text_at.value() - 1],
                              &name = label_at.value() == 0 ? cells.back() : cells[label_at.value() - 1];
            if (word.empty() || name.empty())
                return refuse(word.empty() ? "This line has a label but no word" : "This line has a word but no label",
                              "Fill it in, or remove the line");
            text += (text.empty() ? "" : " ") + word;
            label.words.push_back(word);
            label.classes.push_back(classes.name(name));
        }
        return label.words.empty() || give(text, label, sentence.front().number);
    });
    report.text = {"", static_cast<std::int64_t>(text_at.value()),
                   text_wish.empty() ? ReadReport::How::name : ReadReport::How::given};
    report.label = {"", static_cast<std::int64_t>(label_at.value() == 0 ? width : label_at.value()),
                    label_wish.empty() ? ReadReport::How::name : ReadReport::How::given};
    if (count.comments > 0) report.pass_over("a comment", {file, 0}, count.comments);
    if (count.document_starts > 0) report.pass_over("-DOCSTART-", {file, 0}, count.document_starts);
    if (count.beyond_blanks) read_as("words by tabs");
    return wrong ? read : wrong;
}

/// `comma`: whether 3,5 may be a number.
Status LabelledReading::set_label(Label& label, const std::string& cell, std::int64_t row, const std::string& where,
                                  bool comma) {
    const std::string_view text = trim(cell);
    if (kind == LabelKind::class_set) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(set_separator, at), text.size());
            if (const std::string_view one = trim(text.substr(at, end - at)); !one.empty())
                label.classes.push_back(classes.name(one));
            at = end + set_separator.size();
        }
        return {};
    }
    if (kind == LabelKind::one_class) {
        label.classes.push_back(classes.name(text));
        return {};
    }
    const auto value = label_number(text, comma);
    if (!value)
        return Error{Error::Code::bad_data,
                     "The label \"" +
                         std::string(text.substr(0, utf8_boundary(text, std::min<std::size_t>(40, text.size())))) +
                         "\" of this row is no number",
                     "Write numbers like 3.5" + std::string(comma ? " or 3,5" : "") + ", or set dataset.labels=class",
                     {"row " + grouped(row), where}};
    label.value = *value;
    const bool has_comma = text.find(',') != std::string_view::npos,
               has_point = text.find('.') != std::string_view::npos;
    auto& first = has_comma ? decimal_comma_ : decimal_point_;
    if ((has_comma || has_point) && !first) first = FilePlace{file, row};
    if (decimal_comma_ && decimal_point_)
        return Error{Error::Code::bad_data,
                     "Some numbers have a decimal comma (" + place_text(*decimal_comma_) +
                         "), others a decimal point (" + place_text(*decimal_point_) +
                         "): it is not clear what they mean",
                     "Write them all in one way",
                     {"row " + grouped(row), where}};
    return {};
}

}  // namespace gw

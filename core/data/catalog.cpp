#include "data/catalog.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "data/tables/cell_texts.h"
#include "util/text.h"

namespace gw {

std::span<const DatasetKind> datasets() {
    static const std::array all{storybook_kind(), text_files_kind(),   labelled_text_kind(), shapes_kind(),
                                idx_kind(),       image_folder_kind(), cifar_kind(),         image_text_data_kind(),
                                series_kind(),    ar_process_kind(),   adding_kind(),        table_kind(),
                                gaussians_kind(), factors_kind(),      copy_memory_kind()};
    return all;
}

std::span<const SplitKind> splits() {
    static const std::array all{by_document_kind(), tail_kind(),   by_file_kind(), test_files_kind(),
                                stratified_kind(),  k_fold_kind(), by_time_kind()};
    return all;
}

const SplitKind& usual_split(SplitUse use) {
    for (const SplitKind& kind : splits())
        if (std::find(kind.usual_for.begin(), kind.usual_for.end(), use) != kind.usual_for.end()) return kind;
    return splits().front();
}

const SplitKind& cross_validation_split() {
    for (const SplitKind& kind : splits())
        if (kind.cross_validation) return kind;
    throw Failure({Error::Code::internal, "No split makes folds", "", {}});
}

Result<std::unique_ptr<Dataset>> make_dataset(const Json& section) {
    const DatasetKind* kind = section.is_object() ? find_kind(datasets(), section.value("kind", "")) : nullptr;
    if (!kind) return Error{Error::Code::bad_spec, "The dataset is of no known kind", "", {"section dataset"}};
    for (const schema::Problem& problem : kind->check(section, "dataset"))
        if (!problem.warning)
            return Error{Error::Code::bad_spec, problem.path + ": " + problem.message, "", {"section dataset"}};
    return kind->build(section);
}

std::string text_of(const SeriesRow& row) {
    std::string text(row.time);
    for (std::size_t c = 0; c < row.values.size(); ++c)
        text += (text.empty() ? "" : "  ") + (*row.columns)[c] + " " + significant(row.values[c], 6);
    return text;
}

std::string text_of(const TableValues& row) {
    std::string text;
    for (std::size_t c = 0; c < row.values.size(); ++c) {
        const TableColumn& column = (*row.columns)[c];
        const double value = row.values[c];
        text += (text.empty() ? "" : "  ") + column.name + " " +
                (std::isnan(value)            ? "?"
                 : !column.categories.empty() ? column.categories[static_cast<std::size_t>(value)]
                 : column.dates               ? date_text(value)
                                              : short_number(value));
    }
    return text;
}

std::string text_of(const Document& document) {
    if (document.series) return text_of(*document.series);
    if (document.table) return text_of(*document.table);
    return std::string(document.text);
}

std::vector<std::string> where(const Document& document) {
    if (document.row > 0) return {"row " + grouped(document.row), "file " + std::string(document.source)};
    return {"document " + grouped(document.index + 1), "file " + std::string(document.source)};
}

Part part_of(const Split& split, const Document& given, std::uint64_t offset, std::uint64_t total) {
    Document document = given;
    if (document.is_one_thing()) document.text = "x";  // one thing, which cannot be cut: see Document::size
    Part longest = Part::train;
    std::size_t most = 0;
    split.cut(document, offset, total, [&](Part part, std::string_view text) {
        if (text.size() <= most) return;
        most = text.size();
        longest = part;
    });
    return longest;
}

}  // namespace gw

#include "study/row_view.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "data/dataset.h"
#include "data/labels.h"
#include "spec/reading.h"
#include "util/text.h"

namespace gw {

namespace {

/// A row before its words are made: of many rows only those that are shown need any.
struct RankedRow {
    std::int64_t row = 0;
    double score = 0;
    bool wrong = false;
};

bool says_class(const Predictions& p, std::int64_t row, std::int64_t output) {
    constexpr float half = 0.5F;
    return p.score(row, output) >= half;
}

bool truly_of_class(const Predictions& p, std::int64_t row, std::int64_t output) {
    const auto& truth = p.truth[static_cast<std::size_t>(row)];
    return std::find(truth.begin(), truth.end(), static_cast<std::int32_t>(output)) != truth.end();
}

RankedRow ranked(const Predictions& p, std::int64_t row) {
    if (p.kind == LabelKind::number)
        return {row, std::abs(static_cast<double>(p.score(row, 0)) - p.values[static_cast<std::size_t>(row)])};
    if (p.kind != LabelKind::class_set) {
        const std::int32_t guess = p.guess(row);
        return {row, p.score(row, guess), !truly_of_class(p, row, guess)};
    }
    // A set is wrong by its wrong answers, of which the surest counts, and right by all of them, of which the least
    // sure does.
    RankedRow out{row};
    double least = 1, surest = 0;
    for (std::int64_t c = 0; c < p.outputs; ++c) {
        const bool said = says_class(p, row, c);
        const double sure = said ? p.score(row, c) : 1 - p.score(row, c);
        least = std::min(least, sure);
        if (said == truly_of_class(p, row, c)) continue;
        out.wrong = true;
        surest = std::max(surest, sure);
    }
    out.score = out.wrong ? surest : least;
    return out;
}

JudgedRow in_words(const Predictions& p, const RankedRow& one) {
    const auto at = static_cast<std::size_t>(one.row);
    JudgedRow out{p.documents[at], "", "", one.score, one.wrong};
    if (p.kind == LabelKind::number) {
        out.truth = significant(p.values[at], 6);
        out.said = significant(p.score(one.row, 0), 6);
        return out;
    }
    std::vector<std::int32_t> said;
    if (p.kind != LabelKind::class_set)
        said.push_back(p.guess(one.row));
    else
        for (std::int64_t c = 0; c < p.outputs; ++c)
            if (says_class(p, one.row, c)) said.push_back(static_cast<std::int32_t>(c));
    out.truth = class_text(p.truth[at], p.classes, p.kind, "–");
    out.said = class_text(said, p.classes, p.kind, "–");
    return out;
}

}  // namespace

JudgedRows judged_rows(const Predictions& predictions, const RowWish& wish) {
    const bool numbers = predictions.kind == LabelKind::number;
    const bool sets = predictions.kind == LabelKind::class_set;
    std::vector<RankedRow> chosen;
    for (std::int64_t row = 0; row < predictions.rows(); ++row) {
        const auto& truth = predictions.truth;
        if (wish.cell && !numbers && !sets) {
            const auto [is, guess] = *wish.cell;
            if (truth[static_cast<std::size_t>(row)] != std::vector{is} || predictions.guess(row) != guess) continue;
            chosen.push_back(ranked(predictions, row));
            continue;
        }
        RankedRow one = ranked(predictions, row);
        if (numbers || one.wrong != wish.right) chosen.push_back(one);
    }
    const bool ascending = wish.right && !wish.cell;
    std::stable_sort(chosen.begin(), chosen.end(), [&](const RankedRow& a, const RankedRow& b) {
        return ascending ? a.score < b.score : a.score > b.score;
    });
    JudgedRows out{static_cast<std::int64_t>(chosen.size()), {}};
    for (std::size_t i = 0; i < std::min(wish.most, chosen.size()); ++i)
        out.rows.push_back(in_words(predictions, chosen[i]));
    return out;
}

Result<std::vector<ShownRow>> view_rows(const Json& dataset_section, std::vector<std::int64_t> documents,
                                        const ProgressFn& progress, std::stop_token stop) {
    const auto dataset = make_dataset(dataset_section);
    if (!dataset) return dataset.error();
    std::set<std::int64_t> missing(documents.begin(), documents.end());
    std::map<std::int64_t, ShownRow> found;
    if (!missing.empty()) {
        const Status read = dataset.value()->visit(
            [&](const Document& document) {
                if (missing.erase(document.index) == 0) return true;
                ShownRow row{document.index, text_of(document), {}, std::string(document.source), document.row};
                if (document.picture) row.picture = PictureCopy(*document.picture);
                found.emplace(document.index, std::move(row));
                return !missing.empty();
            },
            progress, stop);
        if (!read) return read.error();
    }
    if (!missing.empty())
        return Error{
            Error::Code::bad_data, "The data has no row " + grouped(*missing.begin()), "Put the old files back", {}};
    std::vector<ShownRow> out;
    for (const std::int64_t document : documents) out.push_back(found.at(document));
    return out;
}

Result<std::vector<ShownRow>> view_rows_of_run(const Json& spec, const std::string& dataset_hash,
                                               std::vector<std::int64_t> documents, const ProgressFn& progress,
                                               std::stop_token stop) {
    if (Status same = unchanged(spec.at("dataset"), spec.at("split"), dataset_hash, progress, stop); !same) {
        Error error = same.error();
        if (error.code == Error::Code::bad_data)
            error.hint = "Put the old files back: what the run said of each row is found by the row's number";
        return error;
    }
    return view_rows(spec.at("dataset"), std::move(documents), progress, stop);
}

}  // namespace gw

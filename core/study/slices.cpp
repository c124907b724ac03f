#include "study/slices.h"

#include <algorithm>
#include <map>
#include <set>

#include "data/dataset.h"
#include "eval/task_metrics.h"
#include "schema/metric.h"
#include "spec/reading.h"
#include "util/text.h"

namespace gw {

namespace {

/// Whether a text holds a word on its own; letters beyond ASCII count as part of a word's surroundings only where they
/// are ASCII.
bool holds(const std::string& text, const std::string& word) {
    auto inside = [&](std::size_t at) {
        return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0);
    };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const bool ascii = std::isalnum(static_cast<unsigned char>(word.front())) != 0;
        if (!ascii || ((at == 0 || !inside(at - 1)) && !inside(at + word.size()))) return true;
    }
    return false;
}

/// Names of the slices that each document lies in.
Result<std::map<std::int64_t, std::vector<std::string>>> membership(const std::set<std::int64_t>& judged,
                                                                    const Json& section, const SliceWish& wish,
                                                                    const ProgressFn& progress,
                                                                    const std::stop_token& stop) {
    const auto dataset = make_dataset(section);
    if (!dataset) return dataset.error();
    std::vector<std::string> words;
    for (const std::string& word : wish.words) words.push_back(lower_case(word));
    std::map<std::int64_t, std::vector<std::string>> out;
    Status wrong;
    const Status read = dataset.value()->visit(
        [&](const Document& document) {
            if (judged.count(document.index) == 0) return true;
            auto& names = out[document.index];
            if (!wish.column.empty()) {
                const auto* columns = document.label ? &document.label->columns : nullptr;
                const auto it = columns ? std::find_if(columns->begin(), columns->end(),
                                                       [&](const auto& c) { return c.first == wish.column; })
                                        : decltype(columns->begin()){};
                if (!columns || it == columns->end()) {
                    std::string known;
                    if (columns)
                        for (const auto& [name, cell] : *columns) known += (known.empty() ? "" : ", ") + name;
                    wrong = Error{
                        Error::Code::bad_spec, "There is no column \"" + wish.column + "\" beside text and label",
                        known.empty() ? "The data has no other columns; cut by words instead" : "There are " + known,
                        where(document)};
                    return false;
                }
                names.push_back(it->second);
            }
            const std::string text = lower_case(text_of(document));
            for (std::size_t i = 0; i < words.size(); ++i)
                if (holds(text, words[i])) names.push_back(wish.words[i]);
            return out.size() < judged.size();  // what stands behind the last one need not be decoded
        },
        progress, stop);
    if (!wrong) return wrong.error();
    if (!read) return read.error();
    return out;
}

}  // namespace

Result<std::vector<std::string>> slice_columns(const Json& dataset) {
    const auto made = make_dataset(dataset);
    if (!made) return made.error();
    std::vector<std::string> names;
    const Status read = made.value()->visit(
        [&](const Document& document) {
            if (document.label)
                for (const auto& [name, cell] : document.label->columns) names.push_back(name);
            return false;
        },
        {}, {});
    if (!read) return read.error();
    return names;
}

Result<SliceReport> slices_of_run(const fs::path& run_folder, const Json& spec, const std::string& dataset_hash,
                                  const std::string& part, const SliceWish& wish, const ProgressFn& progress,
                                  std::stop_token stop) {
    const fs::path file = run_folder / ("predictions-" + part + ".jsonl");
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return Error{Error::Code::bad_spec,
                     "This run keeps no predictions of the " + part + " part",
                     "Only finished runs on labelled data do",
                     {}};
    if (Status same = unchanged(spec.at("dataset"), spec.at("split"), dataset_hash, progress, stop); !same) {
        Error error = same.error();
        if (error.code == Error::Code::bad_data)
            error.hint = "Put the old files back: what the run said of each row is found by the row's number";
        return error;
    }
    const auto predictions = read_predictions(file);
    if (!predictions) return predictions.error();
    return slices_of(predictions.value(), spec.at("dataset"), wish, progress, stop);
}

Result<SliceReport> slices_of(const Predictions& predictions, const Json& dataset, const SliceWish& wish,
                              const ProgressFn& progress, std::stop_token stop) {
    if (wish.column.empty() && wish.words.empty())
        return Error{Error::Code::bad_spec, "There is nothing to cut by", "Name a column, or words", {}};
    if (std::any_of(wish.words.begin(), wish.words.end(), [](const std::string& word) { return trim(word).empty(); }))
        return Error{Error::Code::bad_spec,
                     "One of the words to cut by is empty",
                     "Write words with a comma between them, such as price,service",
                     {}};
    const auto found =
        membership({predictions.documents.begin(), predictions.documents.end()}, dataset, wish, progress, stop);
    if (!found) return found.error();
    const std::string main = main_metric(predictions.kind);
    auto value_of = [&](const Predictions& some) {
        const auto metrics = task_metrics(some);
        const auto it = metrics.find(main);
        return it == metrics.end() ? 0.0 : it->second;
    };
    SliceReport report{main, value_of(predictions), predictions.rows(), {}};
    std::set<std::string> names(wish.words.begin(), wish.words.end());
    for (const auto& [document, its] : found.value()) names.insert(its.begin(), its.end());
    constexpr std::size_t many = 200;
    if (names.size() > many)
        return Error{Error::Code::bad_data,
                     "The column \"" + wish.column + "\" has " + grouped(static_cast<std::int64_t>(names.size())) +
                         " different values, too many to compare",
                     "Choose a column with groups",
                     {}};
    for (const std::string& name : names) {
        std::vector<bool> keep(static_cast<std::size_t>(predictions.rows()));
        for (std::size_t row = 0; row < keep.size(); ++row) {
            const auto it = found.value().find(predictions.documents[row]);
            keep[row] =
                it != found.value().end() && std::find(it->second.begin(), it->second.end(), name) != it->second.end();
        }
        const Predictions part = predictions.only(keep);
        if (part.rows() == 0)
            return Error{Error::Code::bad_data,
                         "The slice \"" + name + "\" is empty: none of the " + grouped(predictions.rows()) +
                             " judged texts holds it",
                         "Leave it out, or judge more texts",
                         {}};
        const double value = value_of(part);
        report.slices.push_back(
            {name, part.rows(), value, higher_is_better(main) ? report.overall - value : value - report.overall});
    }
    std::stable_sort(report.slices.begin(), report.slices.end(),
                     [](const Slice& a, const Slice& b) { return a.gap > b.gap; });
    return report;
}

}  // namespace gw

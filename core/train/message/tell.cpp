#include "train/message/tell.h"

#include <torch/types.h>

#include <algorithm>
#include <sstream>

#include "data/series/series_table.h"
#include "data/series/windows.h"
#include "data/tables/encoded_rows.h"
#include "data/tables/typed_row.h"
#include "util/text.h"

namespace gw {

namespace {

/// A text as the objective is fed it; word by word where each has a class, as the training data was.
Status encode(const Tokenizer& tokenizer, LabelKind kind, const std::string& text, std::vector<Token>& ids,
              Example& example, std::vector<std::string>& words) {
    example.classes = {0};
    if (kind != LabelKind::word_classes) return tokenizer.encode(text, ids);
    std::istringstream stream(text);
    for (std::string word; stream >> word;) {
        example.word_starts.push_back(static_cast<std::int64_t>(ids.size()));
        if (Status status = tokenizer.encode((words.empty() ? "" : " ") + word, ids); !status) return status;
        words.push_back(word);
    }
    example.classes.assign(words.size(), 0);
    return {};
}

Status judges(const Model& model, const std::string& what) {
    if (model.objective->labels() != LabelKind::none) return {};
    return Error{Error::Code::bad_spec,
                 "This model was not trained on labels, so it cannot judge " + what,
                 "Let it write instead, or fine-tune it on labelled data",
                 {}};
}

/// `words`: of LabelKind::word_classes.
Told told_of(const Model& model, const HostBatch& row, const std::vector<std::string>& words) {
    const LabelKind kind = model.objective->labels();
    const Batch batch = model.objective->feed(row, 0).to(model.compute.device);
    const torch::Tensor said = model.objective->predict(*model.backbone, batch, model.pass(false))
                                   .to(torch::kCPU, torch::kFloat32)
                                   .contiguous();
    Told told;
    if (kind == LabelKind::number) {
        told.value = said.item<float>();
    } else if (kind == LabelKind::word_classes) {
        const torch::Tensor guesses = said.argmax(-1);
        for (std::int64_t i = 0; i < guesses.size(0); ++i)
            told.words.emplace_back(words[static_cast<std::size_t>(i)],
                                    model.labels.classes[static_cast<std::size_t>(guesses[i].item<std::int64_t>())]);
    } else {
        for (std::size_t c = 0; c < model.labels.classes.size(); ++c)
            told.classes.emplace_back(model.labels.classes[c], said[0][static_cast<std::int64_t>(c)].item<float>());
        std::stable_sort(told.classes.begin(), told.classes.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
    }
    return told;
}

/// One row, still without values; the example must outlive it.
HostBatch row_of(const Example& example) {
    HostBatch row;
    row.rows = 1;
    row.places = {0};
    row.examples = {&example};
    return row;
}

/// Of rows of a table in words.
Result<std::vector<Told>> tell_rows(const Model& model, const std::vector<std::string>& texts) {
    const torch::InferenceMode inference;
    const TableInput& table = *model.input.table;
    const std::vector<TableColumn> columns = columns_of(table);
    const RowEncoder encoder(table, columns);
    std::vector<Told> out;
    for (const std::string& text : texts) {
        const auto values = typed_row(text, columns);
        if (!values) return values.error();
        Example example;
        example.classes = {0};
        HostBatch row = row_of(example);
        HostArray encoded(HostArray::Type::f32, {1, encoder.values()});
        encoder.encode(values.value(), encoded.values<float>());
        row.arrays.emplace(array::table, std::move(encoded));
        out.push_back(told_of(model, row, {}));
        out.back().text = text;
    }
    return out;
}

/// Of windows, each a table in words of which the last rows count; lines alone are the rows of one.
Result<std::vector<Told>> tell_windows(const Model& model, std::vector<std::string> texts) {
    const bool lines = std::all_of(texts.begin(), texts.end(),
                                   [](const std::string& text) { return text.find('\n') == std::string::npos; });
    if (lines && texts.size() > 1) {
        std::string table;
        for (const std::string& line : texts) table += line + "\n";
        texts = {table};
    }
    if (texts.empty())
        return Error{Error::Code::bad_spec,
                     "There are no rows",
                     "Give it " + grouped(model.input.series->look_back) +
                         " of them, each a line with commas between its values",
                     {}};
    const torch::InferenceMode inference;
    const SeriesInput& series = *model.input.series;
    const auto columns = static_cast<std::int64_t>(series.columns.size());
    std::vector<Told> out;
    for (const std::string& text : texts) {
        ReadReport report;
        // Rows of the training file have their target and more beside the columns that are asked for.
        const std::string_view head = std::string_view(text).substr(0, text.find('\n'));
        const bool named = std::all_of(series.columns.begin(), series.columns.end(), [&](const std::string& name) {
            return head.find(name) != std::string_view::npos;
        });
        SeriesReading reading;
        if (named) reading.columns = series.columns;
        const auto table = read_series(text, "text", reading, report);
        if (!table) return table.error();
        if (Status same = same_columns(series, table.value().columns); !same) return same.error();
        const std::int64_t rows = table.value().rows();
        if (rows < series.look_back)
            return Error{
                Error::Code::bad_spec,
                "There are " + grouped(rows) + " rows, but the model looks back at " + grouped(series.look_back),
                "Give it so many rows, each a line with commas between its values",
                {}};
        Example example;
        example.classes = {0};
        HostBatch row = row_of(example);
        HostArray past(HostArray::Type::f32, {1, series.look_back, columns});
        const std::span<const double> values(table.value().values);
        in_deviations(values.last(static_cast<std::size_t>(series.look_back * columns)), series, past.values<float>());
        row.arrays.emplace(array::series, std::move(past));
        out.push_back(told_of(model, row, {}));
        out.back().text = text;
    }
    return out;
}

}  // namespace

Result<std::vector<Told>> tell(const Model& model, const Tokenizer& tokenizer, const std::vector<std::string>& texts) {
    const char* what = model.input.table ? "rows" : model.input.series ? "windows" : "texts";
    if (Status able = judges(model, what); !able) return able.error();
    if (model.input.table) return tell_rows(model, texts);
    if (model.input.series) return tell_windows(model, texts);
    const LabelKind kind = model.objective->labels();
    const torch::InferenceMode inference;
    const auto context = static_cast<std::size_t>(model.backbone->facts().context);
    std::vector<Told> out;
    for (const std::string& text : texts) {
        Example example;
        std::vector<Token> ids;
        std::vector<std::string> words;
        if (Status status = encode(tokenizer, kind, text, ids, example, words); !status) return status.error();
        if (ids.empty()) ids.push_back(tokenizer.separator());
        if (ids.size() > context) ids.resize(context);
        HostBatch row = row_of(example);
        row.lengths = {static_cast<std::int64_t>(ids.size())};
        HostArray tokens(HostArray::Type::i32, {1, row.lengths.front()});
        std::copy(ids.begin(), ids.end(), tokens.values<Token>());
        row.arrays.emplace(array::tokens, std::move(tokens));
        Told told = told_of(model, row, words);
        told.text = text;
        out.push_back(std::move(told));
    }
    return out;
}

Result<Told> tell_picture(const Model& model, const PictureCopy& picture) {
    if (Status able = judges(model, "pictures"); !able) return able.error();
    const Picture given{picture.channels, picture.height, picture.width, picture.pixels};
    if (!model.input.image)
        return Error{Error::Code::bad_spec, "This model takes no pictures", "Give it a text to judge", {}};
    const Picture wanted{model.input.image->channels, model.input.image->height, model.input.image->width, {}};
    if (!given.same_size(wanted) || static_cast<std::int64_t>(given.pixels.size()) != model.input.image->values())
        return Error{Error::Code::bad_data,
                     "The picture has " + picture_size(given) + ", and the model takes " + picture_size(wanted),
                     "Scale it to the size of the training pictures",
                     {}};
    const torch::InferenceMode inference;
    Example example;
    example.classes = {0};
    HostBatch row;
    row.rows = 1;
    row.places = {0};
    row.examples = {&example};
    HostArray pixels(HostArray::Type::u8, {1, given.channels, given.height, given.width});
    std::copy(given.pixels.begin(), given.pixels.end(), pixels.values<std::uint8_t>());
    row.arrays.emplace(array::image, std::move(pixels));
    return told_of(model, row, {});
}

std::string sentence(const Told& told, LabelKind kind) {
    if (kind == LabelKind::number) return significant(told.value);
    std::string out;
    if (kind == LabelKind::word_classes) {
        for (const auto& [word, name] : told.words) out += (out.empty() ? "" : " ") + word + "/" + name;
        return out;
    }
    for (std::size_t i = 0; i < told.classes.size(); ++i) {
        const auto& [name, share] = told.classes[i];
        if (i > 0 && (kind == LabelKind::one_class || share < 0.5)) break;
        out += (out.empty() ? "" : ", ") + name + " " + significant(100 * share, 3) + " %";
    }
    return out;
}

}  // namespace gw

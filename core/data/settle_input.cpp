#include "data/settle_input.h"

#include "data/example_collector.h"
#include "data/series/windows.h"
#include "data/tables/encoded_rows.h"
#include "util/text.h"

namespace gw {

namespace {

Error other_sort(const std::string& message, const std::string& hint) {
    return {Error::Code::bad_data, message, hint, {"section dataset"}};
}

Status settle_series(const InputFacts& wanted, PreparedData& data) {
    if (!wanted.series)
        return other_sort("The model was not made for series, but this data is some", "Choose data of its own sort");
    if (!data.input.series) return other_sort("The model was made for series, but this data is none", "Choose series");
    const SeriesInput &model = *wanted.series, &here = *data.input.series;
    // What only knows windows by their labels asks for no rows behind them.
    const bool labelled = here.horizon == 0;
    if (model.horizon == 0 && !labelled)
        return other_sort("The model was trained on labels of windows, but the data is read to be forecast",
                          "Set dataset.labels=class or number, and name the column in dataset.target");
    if (here.look_back != model.look_back || (here.horizon != model.horizon && !labelled))
        return other_sort("The model looks back at " + grouped(model.look_back) + " rows and forecasts " +
                              grouped(model.horizon) + ", but the data is cut into " + grouped(here.look_back) +
                              " and " + grouped(here.horizon),
                          "Set dataset.look_back and dataset.horizon to the model's");
    if (Status same = same_columns(model, here.columns); !same) return same;
    data.input = wanted;
    if (labelled) data.input.series->horizon = 0;
    return {};
}

Status settle_table(const InputFacts& wanted, PreparedData& data) {
    if (!wanted.table)
        return other_sort("The model was not made for rows of a table, but this data is some",
                          "Choose data of its own sort");
    if (!data.input.table)
        return other_sort("The model was made for rows of a table, but this data is none", "Choose a table");
    if (Status same = same_columns(*wanted.table, data.table_columns); !same) return same;
    data.input = wanted;
    return {};
}

std::string size_text(std::int64_t channels, std::int64_t height, std::int64_t width) {
    return std::to_string(channels) + " × " + std::to_string(height) + " × " + std::to_string(width);
}

}  // namespace

Status settle_input(const InputFacts& wanted, bool captions, PreparedData& data) {
    if (wanted.series || data.input.series) return settle_series(wanted, data);
    if (wanted.table || data.input.table) return settle_table(wanted, data);
    for (const Part part : all_parts) {
        const PictureStore& store = data.pictures[static_cast<std::size_t>(part)];
        if (store.size() == 0 || !wanted.image) continue;
        const Picture& shape = store.shape();
        const ImageInput& model = *wanted.image;
        if (shape.channels != model.channels || shape.height != model.height || shape.width != model.width)
            return other_sort("The pictures are of another size than the model was made for: " +
                                  size_text(shape.channels, shape.height, shape.width) +
                                  " (channels × height × width) instead of " +
                                  size_text(model.channels, model.height, model.width),
                              "Bring them to that size, or train a model of their own");
    }
    if (wanted.image && !data.input.image)
        return other_sort("The model was made for pictures, but this data is text", "Choose pictures");
    if (wanted.tokens && !wanted.image && data.input.image)
        return other_sort("The model was made for text, but this data is pictures", "Choose text");
    if (!wanted.image) return {};
    if (captions && wanted.tokens && wanted.tokens != data.input.tokens)
        return Error{Error::Code::bad_data,
                     "The captions are cut into " + grouped(data.input.tokens->vocabulary) +
                         " kinds of tokens, but the model was made for " + grouped(wanted.tokens->vocabulary),
                     "Keep the tokenizer that the model was trained with",
                     {"section tokenizer"}};
    // A model of pictures and captions keeps both of its sides where the new pictures have no captions.
    const std::optional<TokensInput> of_captions = data.input.tokens;
    data.input = wanted;
    if (!data.input.tokens) data.input.tokens = of_captions;
    return {};
}

}  // namespace gw

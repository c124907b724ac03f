#include "cli/embedded_rows.h"

#include "util/csv.h"
#include "util/text.h"

namespace gw::cli {

void add_embedded_rows_options(CLI::App& verb, EmbeddedRowsOptions& options) {
    add_model_option(verb, options.model);
    verb.add_option("--part", options.part, "validation, test or train")
        ->check(CLI::IsMember({"validation", "test", "train"}))
        ->capture_default_str();
    verb.add_option("--features", options.features,
                    "model: what the model has learnt of each row; data: its own values, such as pixels")
        ->check(CLI::IsMember({"model", "data"}))
        ->capture_default_str();
    whole_number(verb.add_option("--rows", options.rows, "At most so many, evenly spread over the part"))
        ->check(CLI::Range(least_embedded, most_embedded))
        ->capture_default_str();
}

Result<Embedding> embedded_rows(const Workspace& workspace, const ChosenModel& model,
                                const EmbeddedRowsOptions& options, const ProgressFn& progress) {
    EmbedRequest request{model.checkpoint};
    request.part = options.part;
    request.raw = options.features == "data";
    request.rows = options.rows;
    request.contents = false;
    request.cache = workspace.cache();
    request.progress = progress;
    return embed(request);
}

std::string embedded_rows_text(const Embedding& embedding, const EmbeddedRowsOptions& options,
                               const ChosenModel& model) {
    return grouped(static_cast<std::int64_t>(embedding.rows.size())) + " of " + grouped(embedding.part_rows) +
           " rows of the " + options.part + " part, by " +
           (options.features == "data" ? "their own values" : "the weights of " + model_text(model));
}

std::string embedded_row_cells(const EmbeddedRow& row) {
    return std::to_string(row.document) + "," + csv_cell(row.file) + "," +
           (row.file_row > 0 ? std::to_string(row.file_row) : "") + "," + csv_cell(row.truth);
}

Json embedded_row_json(const EmbeddedRow& row) {
    return {{"document", row.document}, {"file", row.file}, {"row", row.file_row}, {"label", row.truth}};
}

}  // namespace gw::cli

#pragma once
#include "cli/cli.h"
#include "cli/model_choice.h"
#include "study/embedding.h"

namespace gw::cli {

/// What verbs ask for that look at what a model makes of rows of a part.
struct EmbeddedRowsOptions {
    ModelOption model;
    std::string part = "validation";
    std::string features = "model";
    std::int64_t rows = 1000;
};
void add_embedded_rows_options(CLI::App& verb, EmbeddedRowsOptions& options);

Result<Embedding> embedded_rows(const Workspace& workspace, const ChosenModel& model,
                                const EmbeddedRowsOptions& options, const ProgressFn& progress);
/// "618 of 618 rows of the validation part, by the weights of ..."
std::string embedded_rows_text(const Embedding& embedding, const EmbeddedRowsOptions& options,
                               const ChosenModel& model);

/// Where a row comes from and its label: cells of a table under `embedded_row_head`, and an object.
inline constexpr const char* embedded_row_head = "document,file,row,label";
std::string embedded_row_cells(const EmbeddedRow& row);
Json embedded_row_json(const EmbeddedRow& row);

}  // namespace gw::cli

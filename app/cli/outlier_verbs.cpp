#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/embedded_rows.h"
#include "cli/progress_line.h"
#include "study/outliers.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct OutlierOptions {
    EmbeddedRowsOptions rows;
    std::string out;
    std::int64_t neighbours = 0;
    bool replace = false, json = false;
};

std::string rows_csv(const Embedding& embedding, const Outliers& found) {
    constexpr int digits = 6;
    std::string text = embedded_row_head + std::string(",factor\n");
    for (const std::size_t i : found.order)
        text += embedded_row_cells(embedding.rows[i]) + "," + significant(found.factors[i], digits) + "\n";
    return text;
}

std::string place_of(const EmbeddedRow& row) {
    return row.file_row > 0 && !row.file.empty() ? "row " + grouped(row.file_row) + " of " + row.file
                                                 : "number " + grouped(row.document) + " of the data";
}

void print_outliers(const OutlierOptions& o, const ChosenModel& model, const Embedding& embedding,
                    const Outliers& found) {
    std::cout << embedded_rows_text(embedding, o.rows, model) << "\n"
              << grouped(found.count()) << " stand apart from their " << grouped(found.neighbours)
              << " nearest (a factor of " << significant(Outliers::apart, 2) << " or more)\n";
    constexpr std::size_t shown = 20;
    for (std::size_t i = 0; i < std::min(shown, found.order.size()); ++i) {
        const EmbeddedRow& row = embedding.rows[found.order[i]];
        std::cout << "  " << significant(found.factors[found.order[i]], 3) << "  " << place_of(row)
                  << (row.truth.empty() ? "" : "  " + row.truth) << "\n";
    }
}

void find_outliers(const Cli& cli, const OutlierOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.rows.model);
    ProgressLine progress;
    auto read = embedded_rows(workspace, model, o.rows, progress.shown());
    auto measured = read ? outliers_of(read.value(), o.neighbours, progress.shown()) : Result<Outliers>(read.error());
    progress.end();
    const Embedding embedding = std::move(read).or_throw();
    const Outliers found = std::move(measured).or_throw();
    if (!o.out.empty()) put_out(rows_csv(embedding, found), o.out, o.replace);
    if (!o.json) return print_outliers(o, model, embedding, found);
    Json told = model_json(model);
    told["part"] = o.rows.part;
    told["part_rows"] = embedding.part_rows;
    told["neighbours"] = found.neighbours;
    told["apart"] = found.count();
    told["rows"] = Json::array();
    for (const std::size_t i : found.order) {
        told["rows"].push_back(embedded_row_json(embedding.rows[i]));
        told["rows"].back()["factor"] = found.factors[i];
    }
    print_json(told);
}

}  // namespace

void add_outlier_verbs(Cli& cli) {
    auto o = std::make_shared<OutlierOptions>();
    CLI::App& verb =
        cli.verb("outliers",
                 "List rows of a run's data that stand apart from their like, by what the model has learnt "
                 "of them or by their own values");
    add_embedded_rows_options(verb, o->rows);
    whole_number(verb.add_option("--neighbours", o->neighbours,
                                 "Nearest rows that each is held against; 0 = 20, or all where there are fewer"))
        ->check(zero_or_more())
        ->capture_default_str();
    verb.add_option("--out", o->out, "Write all rows with their factors to this file, as CSV")->type_name("FILE.csv");
    add_replace(verb, o->replace);
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { find_outliers(cli, *o); });
}

}  // namespace gw::cli

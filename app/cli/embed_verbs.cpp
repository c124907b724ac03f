#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/embedded_rows.h"
#include "cli/progress_line.h"
#include "study/independent.h"
#include "study/plane.h"
#include "util/csv.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct EmbedOptions {
    EmbeddedRowsOptions rows;
    std::string method = "pca", out;
    double perplexity = 0;
    bool replace = false, json = false;
};

std::string points_csv(const Embedding& embedding, const Plane& plane) {
    constexpr int digits = 9;
    std::string text = embedded_row_head + std::string(",said,x,y\n");
    for (std::size_t i = 0; i < embedding.rows.size(); ++i)
        text += embedded_row_cells(embedding.rows[i]) + "," + csv_cell(embedding.rows[i].said) + "," +
                significant(plane.points[i][0], digits) + "," + significant(plane.points[i][1], digits) + "\n";
    return text;
}

std::string directions_text(const Plane& plane) {
    const std::int64_t directions = plane.directions_for(0.9);
    return directions > 2 ? ", " + grouped(directions) + " directions keep 90 %" : "";
}

void place_rows(const Cli& cli, const EmbedOptions& o) {
    if (o.method != "tsne" && o.perplexity != 0)
        throw Failure(Error{Error::Code::bad_spec,
                            std::string("--perplexity means nothing for ") +
                                (o.method == "pca" ? "principal" : "independent") + " components",
                            "Add --method tsne, or leave it out",
                            {}});
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.rows.model);
    const bool pca = o.method == "pca", ica = o.method == "ica";
    ProgressLine progress;
    auto found = embedded_rows(workspace, model, o.rows, progress.shown());
    auto placed = !found ? Result<Plane>(found.error())
                  : pca  ? Result<Plane>(principal_plane(found.value()))
                  : ica  ? independent_plane(found.value(), progress.shown())
                         : neighbour_plane(found.value(), o.perplexity, progress.shown(), {});
    progress.end();
    const Embedding embedding = std::move(found).or_throw();
    const Plane plane = std::move(placed).or_throw();
    if (!o.json || !o.out.empty()) put_out(points_csv(embedding, plane), o.out, o.replace);
    if (!o.json) {
        std::cerr << embedded_rows_text(embedding, o.rows, model) << ": "
                  << (pca ? "the plane keeps " + significant(100 * plane.explained, 3) + " % of the variance" +
                                directions_text(plane)
                      : ica ? std::string("the two independent components that are the least like a bell curve") +
                                  (plane.settled ? "" : " (the search has not come to rest: others may be as good)")
                            : "perplexity " + significant(plane.perplexity, 3) + ", divergence " +
                                  significant(plane.cost, 4) + " nats")
                  << "\n";
        return;
    }
    Json told = model_json(model);
    told["part"] = o.rows.part;
    told["part_rows"] = embedding.part_rows;
    told["width"] = embedding.width;
    told["method"] = o.method;
    if (pca) {
        told["explained"] = plane.explained;
        told["shares"] = plane.shares;
    } else if (ica) {
        told["settled"] = plane.settled;
    } else {
        told["perplexity"] = plane.perplexity;
        told["divergence"] = plane.cost;
    }
    told["rows"] = Json::array();
    for (std::size_t i = 0; i < embedding.rows.size(); ++i) {
        Json told_row = embedded_row_json(embedding.rows[i]);
        told_row["said"] = embedding.rows[i].said;
        told_row["x"] = plane.points[i][0];
        told_row["y"] = plane.points[i][1];
        told["rows"].push_back(std::move(told_row));
    }
    print_json(told);
}

}  // namespace

void add_embed_verbs(Cli& cli) {
    auto o = std::make_shared<EmbedOptions>();
    CLI::App& verb =
        cli.verb("embed",
                 "Place rows of a run's data in a plane by what the model has learnt of them, or by their own "
                 "values, as a table of points");
    add_embedded_rows_options(verb, o->rows);
    verb.add_option("--method", o->method,
                    "pca: two principal components; ica: two independent components; tsne: t-SNE, like rows near one "
                    "another")
        ->check(CLI::IsMember({"pca", "ica", "tsne"}))
        ->capture_default_str();
    real_number(verb.add_option("--perplexity", o->perplexity,
                                "Of t-SNE, about how many rows around each count; 0 = 30, or a third of the rows"))
        ->check(zero_or_more())
        ->capture_default_str();
    verb.add_option("--out", o->out, "Write the points to this file, as CSV")->type_name("FILE.csv");
    add_replace(verb, o->replace);
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { place_rows(cli, *o); });
}

}  // namespace gw::cli

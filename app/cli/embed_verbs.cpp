#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "study/plane.h"
#include "util/csv.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct EmbedOptions {
    ModelOption model;
    std::string method = "pca", part = "validation", out;
    std::int64_t rows = 1000;
    double perplexity = 0;
    bool replace = false, json = false;
};

std::string points_csv(const Embedding& embedding, const Plane& plane) {
    constexpr int digits = 9;
    std::string text = "document,file,row,label,said,x,y\n";
    for (std::size_t i = 0; i < embedding.rows.size(); ++i) {
        const EmbeddedRow& row = embedding.rows[i];
        text += std::to_string(row.document) + "," + csv_cell(row.file) + "," +
                (row.file_row > 0 ? std::to_string(row.file_row) : "") + "," + csv_cell(row.truth) + "," +
                csv_cell(row.said) + "," + significant(plane.points[i][0], digits) + "," +
                significant(plane.points[i][1], digits) + "\n";
    }
    return text;
}

std::string directions_text(const Plane& plane) {
    const std::int64_t directions = plane.directions_for(0.9);
    return directions > 2 ? ", " + grouped(directions) + " directions keep 90 %" : "";
}

void place_rows(const Cli& cli, const EmbedOptions& o) {
    if (o.method == "pca" && o.perplexity != 0)
        throw Failure(Error{Error::Code::bad_spec,
                            "--perplexity means nothing for principal components",
                            "Add --method tsne, or leave it out",
                            {}});
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.model);
    const bool pca = o.method == "pca";
    ProgressLine progress;
    EmbedRequest request{model.checkpoint};
    request.part = o.part;
    request.rows = o.rows;
    request.contents = false;
    request.cache = workspace.cache();
    request.progress = progress.shown();
    auto found = embed(request);
    auto placed = !found ? Result<Plane>(found.error())
                  : pca  ? Result<Plane>(principal_plane(found.value()))
                         : neighbour_plane(found.value(), o.perplexity, progress.shown(), {});
    progress.end();
    const Embedding embedding = std::move(found).or_throw();
    const Plane plane = std::move(placed).or_throw();
    if (!o.json || !o.out.empty()) put_out(points_csv(embedding, plane), o.out, o.replace);
    const auto rows = static_cast<std::int64_t>(embedding.rows.size());
    if (!o.json) {
        std::cerr << grouped(rows) << " of " << grouped(embedding.part_rows) << " rows of the " << o.part
                  << " part, by the weights of " << model_text(model) << ": "
                  << (pca ? "the plane keeps " + significant(100 * plane.explained, 3) + " % of the variance" +
                                directions_text(plane)
                          : "perplexity " + significant(plane.perplexity, 3) + ", divergence " +
                                significant(plane.cost, 4) + " nats")
                  << "\n";
        return;
    }
    Json told = model_json(model);
    told["part"] = o.part;
    told["part_rows"] = embedding.part_rows;
    told["width"] = embedding.width;
    told["method"] = o.method;
    if (pca) {
        told["explained"] = plane.explained;
        told["shares"] = plane.shares;
    } else {
        told["perplexity"] = plane.perplexity;
        told["divergence"] = plane.cost;
    }
    told["rows"] = Json::array();
    for (std::size_t i = 0; i < embedding.rows.size(); ++i) {
        const EmbeddedRow& row = embedding.rows[i];
        told["rows"].push_back({{"document", row.document},
                                {"file", row.file},
                                {"row", row.file_row},
                                {"label", row.truth},
                                {"said", row.said},
                                {"x", plane.points[i][0]},
                                {"y", plane.points[i][1]}});
    }
    print_json(told);
}

}  // namespace

void add_embed_verbs(Cli& cli) {
    auto o = std::make_shared<EmbedOptions>();
    CLI::App& verb = cli.verb("embed",
                              "Place pictures or labelled texts in a plane by what a model has learnt of them, as a "
                              "table of points");
    add_model_option(verb, o->model);
    verb.add_option("--method", o->method, "pca: two principal components; tsne: t-SNE, like rows near one another")
        ->check(CLI::IsMember({"pca", "tsne"}))
        ->capture_default_str();
    verb.add_option("--part", o->part, "validation, test or train")
        ->check(CLI::IsMember({"validation", "test", "train"}))
        ->capture_default_str();
    whole_number(verb.add_option("--rows", o->rows, "At most so many, evenly spread over the part"))
        ->check(CLI::Range(least_embedded, most_embedded))
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

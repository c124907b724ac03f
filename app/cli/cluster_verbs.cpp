#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include "cli/cli.h"
#include "cli/embedded_rows.h"
#include "cli/progress_line.h"
#include "study/clustering.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct ClusterOptions {
    EmbeddedRowsOptions rows;
    std::string method = "kmeans", out;
    std::int64_t clusters = 0, seed = 1;
    bool replace = false, json = false;
};

std::string rows_csv(const Embedding& embedding, const Clustering& found) {
    std::string text = embedded_row_head + std::string(",cluster\n");
    for (std::size_t i = 0; i < embedding.rows.size(); ++i)
        text += embedded_row_cells(embedding.rows[i]) + "," + std::to_string(found.of[i] + 1) + "\n";
    return text;
}

/// The classes of a cluster's rows, the most frequent first: "cat 31, dog 2".
std::string classes_in(const Embedding& embedding, const Clustering& found, std::int32_t one) {
    std::map<std::int32_t, std::int64_t> counts;
    for (std::size_t i = 0; i < found.of.size(); ++i)
        if (found.of[i] == one && embedding.rows[i].group >= 0) ++counts[embedding.rows[i].group];
    std::vector<std::pair<std::int64_t, std::int32_t>> order;
    for (const auto& [group, count] : counts) order.emplace_back(-count, group);
    std::sort(order.begin(), order.end());
    constexpr std::size_t shown = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, order.size()); ++i)
        text += (i ? ", " : "") + embedding.groups[static_cast<std::size_t>(order[i].second)] + " " +
                grouped(-order[i].first);
    return text + (order.size() > shown ? ", …" : "");
}

void print_clusters(const ClusterOptions& o, const ChosenModel& model, const Embedding& embedding,
                    const Clustering& found) {
    std::cout << embedded_rows_text(embedding, o.rows, model) << "\n";
    for (const auto& [count, silhouette] : found.tried)
        std::cout << "  " << count << " clusters: silhouette " << significant(silhouette, 3) << "\n";
    std::cout << found.count << " clusters"
              << (found.asked > found.count ? " (the others of " + grouped(found.asked) + " stayed empty)" : "")
              << ", silhouette " << significant(found.silhouette, 3);
    if (found.adjusted_rand)
        std::cout << "; against the labels adjusted Rand " << significant(*found.adjusted_rand, 3) << ", purity "
                  << significant(found.purity.value_or(0), 3);
    std::cout << "\n";
    const std::vector<std::int64_t> sizes = found.sizes();
    for (std::int32_t one = 0; one < found.count; ++one) {
        const std::string classes = classes_in(embedding, found, one);
        std::cout << "  cluster " << one + 1 << ": " << grouped(sizes[static_cast<std::size_t>(one)]) << " rows"
                  << (classes.empty() ? "" : " (" + classes + ")") << "\n";
    }
}

Json told_of(const ClusterOptions& o, const ChosenModel& model, const Embedding& embedding, const Clustering& found) {
    Json told = model_json(model);
    told["part"] = o.rows.part;
    told["part_rows"] = embedding.part_rows;
    told["method"] = o.method;
    told["clusters"] = found.count;
    told["asked"] = found.asked;
    told["silhouette"] = found.silhouette;
    told["spread"] = found.spread;
    if (found.adjusted_rand) told["adjusted_rand"] = *found.adjusted_rand;
    if (found.purity) told["purity"] = *found.purity;
    told["sizes"] = found.sizes();
    told["tried"] = Json::array();
    for (const auto& [count, silhouette] : found.tried)
        told["tried"].push_back({{"clusters", count}, {"silhouette", silhouette}});
    told["rows"] = Json::array();
    for (std::size_t i = 0; i < embedding.rows.size(); ++i) {
        told["rows"].push_back(embedded_row_json(embedding.rows[i]));
        told["rows"].back()["cluster"] = found.of[i] + 1;
    }
    return told;
}

void sort_rows(const Cli& cli, const ClusterOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.rows.model);
    ProgressLine progress;
    auto read = embedded_rows(workspace, model, o.rows, progress.shown());
    auto sorted = read ? cluster(read.value(), {.method = o.method,
                                                .count = static_cast<int>(o.clusters),
                                                .seed = static_cast<std::uint64_t>(o.seed),
                                                .progress = progress.shown()})
                       : Result<Clustering>(read.error());
    progress.end();
    const Embedding embedding = std::move(read).or_throw();
    const Clustering found = std::move(sorted).or_throw();
    if (!o.out.empty()) put_out(rows_csv(embedding, found), o.out, o.replace);
    if (o.json)
        print_json(told_of(o, model, embedding, found));
    else
        print_clusters(o, model, embedding, found);
}

}  // namespace

void add_cluster_verbs(Cli& cli) {
    auto o = std::make_shared<ClusterOptions>();
    CLI::App& verb =
        cli.verb("cluster",
                 "Sort rows of a run's data into clusters by what the model has learnt of them, or by their "
                 "own values, and hold these against the labels");
    add_embedded_rows_options(verb, o->rows);
    verb.add_option("--method", o->method,
                    "kmeans: about means; mixture: Gaussians, each with a variance a feature; ward, average, complete "
                    "or single: by merging the nearest two again and again")
        ->check(CLI::IsMember({"kmeans", "mixture", "ward", "average", "complete", "single"}))
        ->capture_default_str();
    whole_number(
        verb.add_option("--clusters", o->clusters,
                        "How many; 0 = that with the best silhouette of 2 to " + std::to_string(most_tried_clusters)))
        ->check(CLI::Range(std::int64_t{0}, most_embedded))
        ->capture_default_str();
    whole_number(verb.add_option("--seed", o->seed, "Draws the first centres"))
        ->check(zero_or_more())
        ->capture_default_str();
    verb.add_option("--out", o->out, "Write the cluster of each row to this file, as CSV")->type_name("FILE.csv");
    add_replace(verb, o->replace);
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { sort_rows(cli, *o); });
}

}  // namespace gw::cli

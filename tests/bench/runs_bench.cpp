// How long the list of a long history takes to be read, filtered and sorted: the model behind the page of runs.
// - build/ci/tests/runs_bench [RUNS] [FOLDER] (10,000 and a temporary folder otherwise)
// Prints medians and spreads in milliseconds.
#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>

#include "ui/models/run_table_model.h"
#include "util/hash.h"
#include "util/processor.h"
#include "util/text.h"
#include "workspace/workspace.h"

using namespace gw;
using namespace gw::ui;

namespace {

void makeRuns(const Workspace& workspace, int runs) {
    Store store = workspace.store().or_throw();
    for (int r = 0; r < runs; ++r) {
        RunRecord run;
        run.id = make_uuid();
        run.name = "run " + std::to_string(r);
        run.status = r % 7 == 0 ? "failed" : "finished";
        run.created = run.started = now_utc();
        run.steps = run.total_steps = 1000;
        run.tokens = 1000 * 1024;
        run.seconds = 100 + r % 50;
        run.train_loss = run.validation_loss = run.best_validation_loss = 2 + 0.001 * (r % 1000);
        run.spec = {{"objective", {{"kind", r % 3 == 0 ? "masked" : "next_token"}}},
                    {"backbone", {{"kind", "transformer"}, {"layers", 1 + r % 8}}},
                    {"optimizer", {{"kind", "adamw"}, {"lr", 1e-4 * (1 + r % 20)}}},
                    {"training", {{"seed", r % 5}}}};
        run.facts = {{"tokens_per_step", 1024}, {"parameters", 1000 * (1 + r % 8)}, {"main_metric", "loss"}};
        run.path = workspace.run_folder(run.id).string();
        store.add_run(run).or_throw();
        std::vector<MetricInsert> rows;
        for (int i = 0; i < 20; ++i) rows.push_back({"train/loss", 0, 50 * i, 5.0 - 0.1 * i, 5.0 * i});
        store.add_metrics(run.id, rows).or_throw();
        if (r % 1000 == 999) std::fprintf(stderr, "written: %d of %d runs\n", r + 1, runs);
    }
}

template <class Work>
void measure(const char* what, int rounds, const Work& work) {
    std::vector<double> ms;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer clock;
        clock.start();
        work(i);
        ms.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
    }
    std::sort(ms.begin(), ms.end());
    std::printf("%-46s median %8.2f ms   least %8.2f   worst %8.2f   (n = %zu)\n", what, ms[ms.size() / 2], ms.front(),
                ms.back(), ms.size());
}

gw::RunFilter filterOf(const std::string& text) {
    std::vector<FilterProblem> problems;
    gw::RunFilter filter = gw::RunFilter::parse(text, problems);
    if (!problems.empty()) std::fprintf(stderr, "the filter %s is not understood\n", text.c_str());
    return filter;
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("groundwork-bench"));
    const int runs = argc > 1 ? std::atoi(argv[1]) : 10000;
    const fs::path folder =
        argc > 2 ? fs::path(argv[2]) : fs::temp_directory_path() / ("groundwork-bench-" + make_uuid());
    {
        const Workspace workspace = Workspace::open(folder).or_throw();
        if (workspace.store().or_throw().run_ids().or_throw().empty()) makeRuns(workspace, runs);
        RunTableModel model;
        std::printf("%s; %d runs\n", this_processor().name.c_str(), runs);
        measure("read the whole list (behind the page)", 3,
                [&](int) { (void)readRunChanges(workspace.database(), 0).or_throw(); });
        measure("put it into the table", 1,
                [&, found = readRunChanges(workspace.database(), 0).or_throw()](int) { model.apply(found); });
        measure("ask what is new, and nothing is", 10,
                [&](int) { (void)readRunChanges(workspace.database(), model.revision()).or_throw(); });
        const gw::RunFilter all, some = filterOf("val<2.1 arch:transformer"), named = filterOf("name:run lr>0.001");
        measure("filter: val<2.1 arch:transformer", 20, [&](int i) { model.setFilter(i % 2 ? all : some); });
        measure("filter: name:run lr>0.001", 20, [&](int i) { model.setFilter(i % 2 ? all : named); });
        model.setFilter(all);
        measure("sort by the best loss, by name", 20,
                [&](int i) { model.sort(i % 2 ? RunTableModel::name : RunTableModel::best, Qt::AscendingOrder); });
        if (model.total() != runs) {
            std::fprintf(stderr, "%d runs are listed\n", model.total());
            return 1;
        }
    }
    if (argc <= 2) fs::remove_all(folder);
    return 0;
}

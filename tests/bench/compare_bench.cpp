// How long a comparison of many long runs takes to open, and how long a redraw takes while it is panned and zoomed.
// - build/ci/tests/compare_bench [RUNS] [POINTS] [FOLDER] (50, 1,000,000 and a temporary folder otherwise)
// Needs about 45 bytes of disk a point. Prints medians and spreads in milliseconds.
#include <SQLiteCpp/SQLiteCpp.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>

#include "store/pyramid_rows.h"
#include "ui/pages/compare_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"
#include "util/hash.h"
#include "util/text.h"

using namespace gw;
using namespace gw::ui;

namespace {

void makeHistory(const Workspace& workspace, int runs, int points) {
    Store store = workspace.store().or_throw();
    for (int r = 0; r < runs; ++r) {
        RunRecord run;
        run.id = make_uuid();
        run.name = "run " + std::to_string(r);
        run.status = "finished";
        run.created = now_utc();
        run.steps = points;
        run.spec = {{"objective", {{"kind", "next_token"}}}, {"optimizer", {{"lr", 1e-4 * (r + 1)}}}};
        run.facts = {{"tokens_per_step", 1000}};
        run.path = workspace.run_folder(run.id).string();
        store.add_run(run).or_throw();
        // The metric's name, by the usual way; the other points straight into the table, which is what takes its time
        // here.
        store.add_metrics(run.id, {{"train/loss", 0, 0, 5.0, 0.0}}).or_throw();
        SQLite::Database db(workspace.database().string(), SQLite::OPEN_READWRITE, 10000);
        db.exec("PRAGMA synchronous = OFF");
        const std::int64_t key = db.execAndGet("SELECT max(key) FROM runs").getInt64(),
                           metric = db.execAndGet("SELECT key FROM metric_names WHERE name = 'train/loss'").getInt64();
        SQLite::Transaction all(db);
        SQLite::Statement insert(
            db, "INSERT INTO metrics(run, metric, segment, step, value, flag, seconds) VALUES(?,?,0,?,?,0,?)");
        std::mt19937 random(static_cast<unsigned>(r));
        std::uniform_real_distribution<double> noise(-0.1, 0.1);
        insert.bind(1, key);
        insert.bind(2, metric);
        for (int i = 1; i < points; ++i) {
            insert.bind(3, i);
            insert.bind(4, 2 + 3 * std::exp(-8.0 * i / points) + 0.01 * r + noise(random) + (i == points / 2 ? 3 : 0));
            insert.bind(5, 0.01 * i);
            insert.exec();
            insert.reset();
        }
        (void)rebuild_pyramid(db, {key, metric, 0});
        all.commit();
        if (r % 10 == 9) std::fprintf(stderr, "written: %d of %d runs\n", r + 1, runs);
    }
}

void say(const char* what, std::vector<double> ms) {
    std::sort(ms.begin(), ms.end());
    const auto at = [&](double share) {
        return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
    };
    std::printf("%-46s median %8.2f ms   p10 %8.2f   p90 %8.2f   worst %8.2f   (n = %zu)\n", what, at(0.5), at(0.1),
                at(0.9), ms.back(), ms.size());
}

}  // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("groundwork-bench"));
    const int runs = argc > 1 ? std::atoi(argv[1]) : 50, points = argc > 2 ? std::atoi(argv[2]) : 1000000;
    const fs::path folder =
        argc > 3 ? fs::path(argv[3]) : fs::temp_directory_path() / ("groundwork-bench-" + make_uuid());
    const Workspace workspace = Workspace::open(folder).or_throw();
    if (workspace.store().or_throw().runs().or_throw().empty()) makeHistory(workspace, runs, points);
    std::vector<std::string> ids = workspace.store().or_throw().run_ids().or_throw();
    Theme::instance().apply();
    Workbench bench(workspace);
    MainWindow window(bench);
    window.resize(1440, 900);
    window.show();
    auto* page = static_cast<ComparePage*>(window.page(QStringLiteral("compare")));
    auto* reader = page->findChild<CurveReader*>();
    window.showPage(QStringLiteral("compare"));
    QApplication::processEvents();

    std::vector<double> opening, finer, panning, zooming, good;
    for (int i = 0; i < 7; ++i) {
        QSignalSpy ready(reader, &CurveReader::ready);
        QElapsedTimer clock;
        clock.start();
        page->compareRuns(ids);
        if (!ready.wait(60000)) return 1;
        page->plots().drawNow(false);
        opening.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
    }
    ComparePlots& plots = page->plots();
    const double width = plots.range().second;
    std::mt19937 random(1);
    for (int i = 0; i < 12; ++i) {
        const double from = width * 0.8 * std::uniform_real_distribution<double>()(random),
                     size = width * std::pow(10.0, -4.0 * i / 11);
        plots.setRange(from, from + size);
        QSignalSpy ready(reader, &CurveReader::ready);
        QElapsedTimer clock;
        clock.start();
        Q_EMIT plots.rangeSettled(from, from + size);
        if (!ready.wait(60000)) return 1;
        finer.push_back(static_cast<double>(clock.nsecsElapsed()) * 1e-6);
        for (int k = 0; k < 20; ++k) {
            QElapsedTimer move;
            move.start();
            plots.setRange(from + size * 0.02 * k, from + size * (1 + 0.02 * k));
            plots.drawNow(true);
            panning.push_back(static_cast<double>(move.nsecsElapsed()) * 1e-6);
        }
        for (int k = 0; k < 20; ++k) {
            QElapsedTimer move;
            move.start();
            const double grow = std::pow(1.02, k);
            plots.setRange(from, from + size * grow);
            plots.drawNow(true);
            zooming.push_back(static_cast<double>(move.nsecsElapsed()) * 1e-6);
        }
        good.push_back(plots.drawNow(false));
    }
    std::printf("%d runs of %d points, window 1440 x 900, offscreen\n", static_cast<int>(ids.size()), points);
    say("open the comparison, until drawn", opening);
    say("redraw while panning", panning);
    say("redraw while zooming", zooming);
    say("redraw at rest (antialiased)", good);
    say("read finer curves after a zoom", finer);
    if (argc <= 3) fs::remove_all(folder);
    return 0;
}

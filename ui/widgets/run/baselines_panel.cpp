#include "ui/widgets/run/baselines_panel.h"

#include <QCoreApplication>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "schema/metric.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "workspace/models/model_choice.h"

namespace gw::ui {

BaselinesPanel::BaselinesPanel(const Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    bar_ = new ReadingBar(tr("Stops the comparison with classic methods"));
    connect(&bar_->cancel(), &QPushButton::clicked, this, [this] { part_.clear(); });
    column->addWidget(bar_);
    table_ = new HeatTable(tr("What classic methods reach, and this run"));
    column->addWidget(table_, 1);
    about_ = label({}, "muted");
    about_->setWordWrap(true);
    column->addWidget(about_);
    table_->hide();
}

void BaselinesPanel::setRun(const RunRecord& run) {
    if (run_.id == run.id) return;
    run_ = run;
    part_.clear();
    bar_->drop();
    table_->hide();
    about_->clear();
}

void BaselinesPanel::measure(const std::string& part) {
    if (run_.id.empty() || part_ == part) return;
    part_ = part;
    bar_->drop();
    table_->hide();
    about_->clear();
    bar_->begin(tr("Reading the data…"));
    inBackground(
        this,
        [workspace = workbench_.workspace(), run = run_, part, progress = bar_->told(),
         stop = bar_->stop().get_token()]() -> Result<BaselineReport> {
            const auto model = model_of_run(workspace, run);
            if (!model) return model.error();
            BaselineRequest request;
            request.checkpoint = model.value().checkpoint;
            request.run_folder = run.path;
            request.part = part;
            request.cache = workspace.cache();
            request.progress = progress;
            request.stop = stop;
            return measure_baselines(request);
        },
        [this, stop = bar_->stop()](const Result<BaselineReport>& found) {
            if (stop != bar_->stop()) return;  // another part or run was asked for meanwhile
            bar_->end();
            if (!found) return bar_->sayWhy(found.error());
            show(found.value());
        });
}

void BaselinesPanel::show(const BaselineReport& report) {
    QStringList rows;
    std::vector<std::vector<std::optional<HeatTable::Cell>>> cells;
    const auto add = [&](const QString& name, const std::map<std::string, double>& figures, const QString& time) {
        rows << name;
        std::vector<std::optional<HeatTable::Cell>>& row = cells.emplace_back();
        for (const std::string& metric : report.metrics) {
            const auto it = figures.find(metric);
            if (it == figures.end()) {
                row.emplace_back();
                continue;
            }
            const MetricRange range = range_of(metric);
            const double shade =
                range.most < HUGE_VAL && higher_is_better(metric) ? std::clamp(it->second, 0.0, 1.0) : 0;
            row.push_back(HeatTable::Cell{valueText(it->second, 3), {}, shade});
        }
        row.push_back(HeatTable::Cell{time, {}, 0});
    };
    const std::string& main = report.metrics.front();
    bool beaten = false;
    for (const BaselineScore& score : report.scores) {
        add(QCoreApplication::translate("Core", score.title.c_str()), score.figures, secondsText(score.seconds));
        beaten =
            beaten || (report.network && is_better(better_of(main), score.figures.at(main), report.network->at(main)));
    }
    if (report.network) add(tr("This run"), *report.network, {});
    QStringList heads;
    for (const std::string& metric : report.metrics) heads << metricText(metric);
    table_->show(rows, heads << tr("Time"), cells);
    table_->setVisible(true);
    bar_->say(!report.network ? QString()
              : beaten        ? tr("A classic method does better than this run.")
                              : tr("No classic method does better than this run."));
    about_->setText(tr("Learnt from %1 of %2 training rows and evaluated on %3, in the same split.")
                        .arg(countText(report.learnt), countText(report.learnt_of), countText(report.judged)));
}

}  // namespace gw::ui

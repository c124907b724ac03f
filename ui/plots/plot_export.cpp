#include "ui/plots/plot_export.h"

#include <QFileDialog>
#include <QFileInfo>
#include <map>

#include "ui/background.h"
#include "ui/plots/linked_plots.h"
#include "ui/plots/plot_file.h"
#include "ui/texts/text.h"
#include "util/csv.h"
#include "util/named_file.h"
#include "util/text.h"

namespace gw::ui {

PlotExport::PlotExport(Workbench& workbench, LinkedPlots& plots, QWidget* window)
    : QObject(window), workbench_(workbench), plots_(plots), window_(window), menu_(new QMenu(window)) {
    auto entry = [&](const QString& text, const char* ending) {
        menu_->addAction(text, this, [this, text, ending] {
            wanted(QString::fromLatin1(ending), QStringLiteral("%1 (*.%2)").arg(text, QLatin1String(ending)));
        });
    };
    entry(tr("Plots as SVG"), "svg");
    entry(tr("Plots as PDF"), "pdf");
    entry(tr("Plots as PNG"), "png");
    menu_->addSeparator();
    entry(tr("Curves as CSV"), "csv");
    connect(&plots_, &LinkedPlots::menuWanted, this, [this](const QPoint& at) {
        if (!run_.empty()) menu_->popup(at);
    });
}

void PlotExport::setRun(const RunRecord& run) {
    run_ = run.id;
    name_ = qs(run.name);
    metrics_ = keptMetrics(run);
}

void PlotExport::wanted(const QString& ending, const QString& filter) {
    if (run_.empty()) return;
    QString offered = name_.isEmpty() ? QStringLiteral("run") : name_;
    for (const QChar of : QStringLiteral("/\\:*?\"<>|")) offered.replace(of, QLatin1Char('-'));
    const QString file =
        QFileDialog::getSaveFileName(window_, tr("Export"), offered + QLatin1Char('.') + ending, filter);
    if (file.isEmpty()) return;
    const QString named = QFileInfo(file).suffix().isEmpty() ? file + QLatin1Char('.') + ending : file;
    if (QFileInfo(named).suffix().toLower() != QLatin1String("csv")) {
        if (const Status written = exportTo(named); !written)
            workbench_.showError(written.error());
        else
            workbench_.say(tr("Written: %1").arg(named));
        return;
    }
    // All values of a long run are many.
    inBackground(
        this,
        [database = workbench_.workspace().database(), run = run_, metrics = metrics_, named]() -> Status {
            auto store = Store::open(database, Store::Mode::read_only);
            if (!store) return store.error();
            const auto bytes = curvesCsv(store.value(), run, metrics);
            return bytes ? write_named_file(ss(named), bytes.value(), Existing::replace) : Status(bytes.error());
        },
        [this, named](const Status& written) {
            if (!written)
                workbench_.showError(written.error());
            else
                workbench_.say(tr("Written: %1").arg(named));
        });
}

Status PlotExport::exportTo(const QString& file) {
    const QString ending = QFileInfo(file).suffix().toLower();
    Result<std::string> bytes = std::string();
    if (ending == QLatin1String("csv")) {
        auto store = workbench_.workspace().store(Store::Mode::read_only);
        bytes = store ? curvesCsv(store.value(), run_, metrics_) : Result<std::string>(store.error());
    } else {
        bytes = plotFile(plots_, ending);
    }
    return bytes ? write_named_file(ss(file), bytes.value(), Existing::replace) : Status(bytes.error());
}

Result<std::string> curvesCsv(const Store& store, const std::string& run, const std::vector<std::string>& metrics) {
    struct Line {
        double seconds;
        std::map<std::size_t, double> values;  // by the metric's place
    };
    std::map<std::pair<std::int64_t, std::int64_t>, Line> lines;
    std::vector<std::string> found;
    for (const std::string& metric : metrics) {
        const auto points = store.series(run, metric);
        if (!points) return points.error();
        if (points.value().empty()) continue;
        for (const MetricPoint& point : points.value()) {
            Line& line = lines[{point.segment, point.step}];
            line.seconds = point.seconds;
            line.values[found.size()] = point.value;
        }
        found.push_back(metric);
    }
    std::string out = "segment,step,seconds";
    for (const std::string& metric : found) out += "," + csv_cell(metric);
    out += "\n";
    for (const auto& [at, line] : lines) {
        out += std::to_string(at.first) + "," + std::to_string(at.second) + "," + exact_number(line.seconds);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto value = line.values.find(i);
            out += value == line.values.end() ? "," : "," + exact_number(value->second);
        }
        out += "\n";
    }
    return out;
}

}  // namespace gw::ui

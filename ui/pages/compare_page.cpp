#include "ui/pages/compare_page.h"

#include <QKeyEvent>
#include <algorithm>
#include <set>

#include "ui/background.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/run_picker.h"

namespace gw::ui {

namespace {

constexpr std::size_t mostPlots = 6, mostRuns = 50;

}  // namespace

QStringList ComparePage::shortcuts() const {
    return {tr("B\tTake the chosen run as baseline"),
            tr("Space\tShow or hide the chosen run"),
            tr("Del\tLeave the chosen run out"),
            tr("X\tNext axis"),
            tr("Y\tLosses, perplexity, bits per byte"),
            tr("[ and ]\tLess or more smoothing"),
            tr("G\tSeeds as band"),
            tr("D\tDifference to the baseline"),
            tr("H\tRecorded values"),
            tr("L, Shift+L\tLogarithmic y, x"),
            tr("R\tShow all"),
            tr("P\tChoose the plots"),
            tr("Ctrl+S\tSave the comparison"),
            tr("Ctrl+E\tExport")};
}

void ComparePage::keyPressEvent(QKeyEvent* event) {
    const bool shift = event->modifiers() & Qt::ShiftModifier, control = event->modifiers() & Qt::ControlModifier;
    const int line = list_->currentIndex().row();
    auto step = [](QComboBox* box, int by) {
        const int next = box->currentIndex() + by;
        if (next < 0 || next >= box->count()) return;
        box->setCurrentIndex(next);
        Q_EMIT box->activated(next);
    };
    auto cycle = [](QComboBox* box) {
        box->setCurrentIndex((box->currentIndex() + 1) % box->count());
        Q_EMIT box->activated(box->currentIndex());
    };
    if (!comparison_) return Page::keyPressEvent(event);
    if (control && event->key() == Qt::Key_E) return export_->showMenu();
    if (control && event->key() == Qt::Key_S) return save();
    if (control) return Page::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_B:
            if (line >= 0) setBaseline(line);
            break;
        case Qt::Key_Delete:
            if (line >= 0) removeLine(line);
            break;
        case Qt::Key_X:
            cycle(x_);
            break;
        case Qt::Key_Y:
            cycle(y_);
            break;
        case Qt::Key_BracketLeft:
            step(smoothing_, -1);
            break;
        case Qt::Key_BracketRight:
            step(smoothing_, 1);
            break;
        case Qt::Key_G:
            group_->click();
            break;
        case Qt::Key_D:
            delta_->click();
            break;
        case Qt::Key_H:
            ghost_->click();
            break;
        case Qt::Key_L:
            shift ? logX_->click() : logY_->click();
            break;
        case Qt::Key_R:
            plots_->showAll();
            break;
        case Qt::Key_P:
            plotsButton_->showMenu();
            break;
        default:
            Page::keyPressEvent(event);
    }
}

void ComparePage::entered() {
    readSavedNames();
    if (restored_) {
        if (comparison_) refresh();
        return;
    }
    restored_ = true;
    if (!wish_.runs.empty()) return;
    if (auto store = workbench().workspace().store(Store::Mode::read_only))
        if (const auto views = store.value().saved("view"))
            for (const SavedRecord& view : views.value())
                if (view.name == "compare") setState(view.body);
}

void ComparePage::compareRuns(const std::vector<std::string>& runs) {
    restored_ = true;
    wish_.runs.assign(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(std::min(mostRuns, runs.size())));
    if (std::find(wish_.runs.begin(), wish_.runs.end(), wish_.baseline) == wish_.runs.end()) wish_.baseline.clear();
    wish_.metric.clear();
    metrics_.clear();
    hidden_.clear();
    savedName_.clear();
    zoom_.reset();
    plots_->showAll();
    tabs_->setNotes({});
    // Recorded values of many runs are a cloud.
    constexpr std::size_t few = 8;
    plots_->setGhost(wish_.runs.size() <= few);
    refresh();
}

void ComparePage::takeLastTwo() {
    auto store = workbench().workspace().store(Store::Mode::read_only);
    if (!store) return workbench().showError(store.error());
    const auto runs = store.value().runs();
    if (!runs) return workbench().showError(runs.error());
    std::vector<std::string> ids;
    for (const RunRecord& run : runs.value())
        if (run.steps > 0 && ids.size() < 2) ids.push_back(run.id);
    if (ids.size() < 2) {
        newRun_->show();
        return emptyText_->setText(ids.empty()
                                       ? tr("There is no run with a step yet. Train two, then compare them here.")
                                       : tr("There is only one run with a step yet. Train another, then compare them "
                                            "here."));
    }
    compareRuns(ids);
}

void ComparePage::pickRuns() {
    RunPicker picker(workbench(), wish_.runs, this);
    if (picker.exec() == QDialog::Accepted) compareRuns(picker.chosen());
}

void ComparePage::refresh() {
    if (wish_.runs.empty()) return states_->setCurrentIndex(nothing);
    if (reading_) {
        again_ = true;
        return;
    }
    reading_ = true;
    inBackground(
        this,
        [database = workbench().workspace().database(), wish = wish_]() -> Result<std::shared_ptr<const Comparison>> {
            auto store = Store::open(database, Store::Mode::read_only);
            if (!store) return store.error();
            auto compared = compare(store.value(), wish);
            if (!compared) return compared.error();
            return std::shared_ptr<const Comparison>(std::make_shared<Comparison>(std::move(compared).value()));
        },
        [this](const Result<std::shared_ptr<const Comparison>>& compared) {
            reading_ = false;
            if (std::exchange(again_, false)) return refresh();
            if (compared) return show(compared.value());
            comparison_.reset();
            emptyText_->setText(errorText(compared.error()));
            states_->setCurrentIndex(nothing);
        });
}

void ComparePage::show(std::shared_ptr<const Comparison> comparison) {
    comparison_ = std::move(comparison);
    wish_.baseline = comparison_->wish.baseline;
    wish_.metric = comparison_->wish.metric;
    std::erase_if(metrics_, [&](const std::string& metric) {
        return std::find(comparison_->metrics.begin(), comparison_->metrics.end(), metric) ==
               comparison_->metrics.end();
    });
    if (metrics_.empty()) {
        metrics_ = {wish_.metric};
        for (const char* usual : {"train/loss", "validation/loss"})
            if (usual != wish_.metric && std::find(comparison_->metrics.begin(), comparison_->metrics.end(), usual) !=
                                             comparison_->metrics.end())
                metrics_.push_back(usual);
    }
    states_->setCurrentIndex(body);
    export_->setEnabled(true);
    save_->setEnabled(!workbench().readOnly());
    for (std::size_t i = 0; i < x_names().size(); ++i)
        if (x_names()[i].kind == wish_.x) x_->setCurrentIndex(static_cast<int>(i));
    for (std::size_t i = 0; i < y_names().size(); ++i)
        if (y_names()[i].kind == wish_.y) y_->setCurrentIndex(static_cast<int>(i));
    for (std::size_t i = 0; i < std::size(smoothingWindows); ++i)
        if (smoothingWindows[i] == wish_.window) smoothing_->setCurrentIndex(static_cast<int>(i));
    const bool seeds = comparison_->groups.size() < comparison_->runs.size();
    group_->setEnabled(seeds);
    group_->setToolTip(seeds ? tr("Runs that differ only in their seed as mean and standard deviation (G)")
                             : tr("None of these runs differ only in their seed"));
    if (!seeds) grouped_ = false;
    group_->setChecked(grouped_);
    delta_->setChecked(difference_);
    ghost_->setChecked(plots_->ghost());
    logX_->setChecked(plots_->logX());
    logY_->setChecked(plots_->logY());
    tabs_->setComparison(comparison_);
    showWarnings();
    const Counted counted = this->counted();
    plots_->setMetrics(metrics_, counted,
                       std::any_of(comparison_->runs.begin(), comparison_->runs.end(),
                                   [](const ComparedRun& run) { return run.by_criterion; }));
    for (std::size_t i = 0; i < x_names().size(); ++i)
        if (x_names()[i].kind == XKind::tokens) x_->setItemText(static_cast<int>(i), countedText(counted));
    const XName& name = x_names()[static_cast<std::size_t>(x_->currentIndex())];
    plots_->setAxis(x_->currentText(), RunScale::is_time(name.kind));
    showLines();
    readCurves({});
    // The part of the axis that was looked at last; finer curves of it follow those of the whole.
    if (zoom_) plots_->setRange(zoom_->first, zoom_->second);
    zoom_.reset();
    remember();
}

void ComparePage::showWarnings() {
    QStringList lines;
    constexpr int most = 6;
    for (const Phrase& warning : comparison_->warnings) lines << QStringLiteral("⚠ ") + phraseText(warning);
    warnings_->setToolTip(lines.join(QLatin1Char('\n')));
    if (lines.size() > most) {
        const auto more = lines.size() - most;
        lines = lines.mid(0, most);
        lines << tr("and %1 more").arg(more);
    }
    // Short ones share a line, so that the plots keep their place.
    warningText_->setText(lines.join(QStringLiteral("    ")));
    warnings_->setVisible(!lines.isEmpty());
}

void ComparePage::showLines() {
    std::vector<PlotLine> lines;
    std::vector<CompareRunModel::Row> rows;
    auto add = [&](const QString& text, std::int64_t number, bool band, bool baseline, double value, const QString& tip,
                   const std::string& id) {
        const bool visible = !hidden_.contains(id);
        lines.push_back({text, number, visible, band});
        rows.push_back({text, tip, number, visible, baseline, band, value});
    };
    if (grouped_)
        for (std::size_t g = 0; g < comparison_->groups.size(); ++g) {
            const RunGroup& group = comparison_->groups[g];
            const ComparedRun& first = comparison_->runs[group.runs.front()];
            const bool band = group.runs.size() > 1;
            const QString text =
                band ? tr("%1 (%2 seeds)").arg(qs(group.label)).arg(group.runs.size()) : qs(group.label);
            add(text, first.record.number, band, g == 0, group.spread.count > 0 ? group.spread.mean : NAN,
                g == 0 ? text : phraseText(group.verdict.phrase()), first.record.id);
        }
    else {
        // A name may say nothing of how its run differs from the others.
        constexpr std::size_t mostSettings = 8;
        const std::vector<SpecRow> telling = telling_rows(comparison_->settings);
        for (std::size_t i = 0; i < comparison_->runs.size(); ++i) {
            const ComparedRun& run = comparison_->runs[i];
            QString tip = qs(run.label);
            if (!telling.empty()) tip += QLatin1Char('\n') + qs(settings_label(telling, i, mostSettings));
            if (run.trace.empty()) tip += QLatin1Char('\n') + phraseText(run.missing);
            add(qs(run.label), run.record.number, false, i == comparison_->baseline, run.last.value_or(NAN), tip,
                run.record.id);
        }
    }
    QStringList labels;
    for (const auto& row : rows) labels << row.label;
    labels = tellingNames(labels);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].label = lines[i].label = labels[static_cast<qsizetype>(i)];
    const bool same = rows.size() == static_cast<std::size_t>(model_->rowCount());
    std::vector<double> values;
    for (const auto& row : rows) values.push_back(row.value);
    bool changed = !same;
    for (std::size_t i = 0; same && i < rows.size(); ++i) {
        const auto& old = model_->row(static_cast<int>(i));
        changed = changed || old.label != rows[i].label || old.baseline != rows[i].baseline ||
                  old.visible != rows[i].visible || old.number != rows[i].number || old.band != rows[i].band;
    }
    if (!changed) return model_->setValues(values);
    const int at = list_->currentIndex().row();
    model_->setRows(std::move(rows));
    plots_->setLines(std::move(lines));
    // Keys act on the line that was chosen; a list of other lines has none.
    if (same && at >= 0) list_->setCurrentIndex(model_->index(at, 0));
}

void ComparePage::readCurves(std::optional<std::pair<double, double>> range) {
    if (!comparison_) return;
    ReadWish wish;
    for (const ComparedRun& run : comparison_->runs) wish.runs.push_back({run.record.id, run.scale, run.group});
    wish.metrics = metrics_;
    wish.drawing = {wish_.x, wish_.y, wish_.window};
    wish.range = range;
    wish.baseline = comparison_->baseline;
    wish.difference = difference_;
    wish.grouped = grouped_;
    wish.columns = static_cast<std::size_t>(plots_->columns());
    reader_->read(std::move(wish));
}

std::size_t ComparePage::runOfLine(int line) const {
    const auto index = static_cast<std::size_t>(line);
    return grouped_ ? comparison_->groups[index].runs.front() : index;
}

std::string ComparePage::saveRun(int line) const {
    return comparison_->runs[runOfLine(line)].record.id;
}

void ComparePage::setBaseline(int line) {
    wish_.baseline = saveRun(line);
    refresh();
}

void ComparePage::removeLine(int line) {
    const std::vector<std::size_t> gone = grouped_ ? comparison_->groups[static_cast<std::size_t>(line)].runs
                                                   : std::vector<std::size_t>{static_cast<std::size_t>(line)};
    for (const std::size_t run : gone) std::erase(wish_.runs, comparison_->runs[run].record.id);
    if (wish_.runs.empty()) comparison_.reset();
    refresh();
}

Counted ComparePage::counted() const {
    if (!comparison_) return Unit::tokens;
    return countedBy(comparison_->runs, [](const ComparedRun& run) -> const RunRecord& { return run.record; });
}

void ComparePage::showPlotsMenu() {
    plotsMenu_->clear();
    if (!comparison_) return;
    QMenu* layers = nullptr;
    for (const std::string& metric : comparison_->metrics) {
        const bool layer = metric.starts_with("layers/");
        if (layer && !layers) layers = new QMenu(tr("Layers"), plotsMenu_);
        QAction* action = (layer ? layers : plotsMenu_)->addAction(metricText(metric, counted()));
        action->setCheckable(true);
        const auto found = std::find(metrics_.begin(), metrics_.end(), metric);
        action->setChecked(found != metrics_.end());
        action->setEnabled(action->isChecked() ? metrics_.size() > 1 : metrics_.size() < mostPlots);
        connect(action, &QAction::triggered, this, [this, metric](bool on) {
            if (on)
                metrics_.push_back(metric);
            else
                std::erase(metrics_, metric);
            // What the tables speak of is the metric of the first plot.
            wish_.metric = metrics_.front();
            refresh();
        });
    }
    if (layers) plotsMenu_->addMenu(layers);
}

}  // namespace gw::ui

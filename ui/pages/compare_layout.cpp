// How the page to compare runs is put together; what it does stands in compare_page.cpp.
#include <QCoreApplication>
#include <QHeaderView>
#include <QSplitter>
#include <algorithm>

#include "ui/models/run_table_model.h"
#include "ui/pages/compare_page.h"
#include "ui/shell/theme.h"
#include "ui/texts/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/run_delegates.h"
#include "ui/widgets/small_choice.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

ComparePage::ComparePage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Compare"), parent) {
    makeTitleRow();
    states_ = new QStackedLayout;
    states_->addWidget(makeEmpty());
    auto* whole = new QWidget;
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    warnings_ = new QFrame;
    warnings_->setProperty("look", QStringLiteral("notice"));
    auto* inside = new QVBoxLayout(warnings_);
    inside->setContentsMargins(16, 6, 16, 6);
    warningText_ = label({}, "warning");
    warningText_->setWordWrap(true);
    warningText_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    inside->addWidget(warningText_);
    column->addWidget(warnings_);
    auto* across = new QSplitter(Qt::Horizontal);
    across->setHandleWidth(16);
    across->setObjectName(QStringLiteral("compare.across"));
    across->addWidget(makeList());
    auto* right = new QSplitter(Qt::Vertical);
    right->setHandleWidth(12);
    right->setObjectName(QStringLiteral("compare.down"));
    auto* card = new QFrame;
    card->setProperty("look", QStringLiteral("card"));
    auto* cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(16, 12, 8, 8);
    plots_ = new ComparePlots;
    cardColumn->addWidget(makeBar());
    cardColumn->addWidget(plots_, 1);
    tabs_ = new CompareTabs;
    right->addWidget(card);
    right->addWidget(tabs_);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    right->setChildrenCollapsible(false);
    across->addWidget(right);
    across->setStretchFactor(1, 1);
    across->setChildrenCollapsible(false);
    across->setSizes({300, 900});
    column->addWidget(across, 1);
    states_->addWidget(whole);
    content()->addLayout(states_, 1);

    reader_ = new CurveReader(this->workbench().workspace().database(), this);
    connect(reader_, &CurveReader::ready, this, [this](const ReadCurves& curves, bool whole) {
        plots_->setCurves(curves, whole);
        if (whole && plots_->zoomed()) readCurves(plots_->range());
    });
    connect(reader_, &CurveReader::failed, this, [this](const Error& error) { this->workbench().showError(error); });
    connect(plots_, &ComparePlots::rangeSettled, this,
            [this](double from, double to) { readCurves(std::pair(from, to)); });
    connect(plots_, &ComparePlots::viewSettled, this, [this] {
        if (comparison_) remember();
    });
    connect(plots_, &ComparePlots::pointed, this,
            [this](double, const std::vector<double>& values) { model_->setValues(values); });
    connect(plots_, &ComparePlots::left, this, [this] { showLines(); });
    connect(plots_, &ComparePlots::hovered, this, [this](int line) {
        markLine(line);
        tabs_->highlight(line < 0 || grouped_ ? -1 : line);
    });
    connect(plots_, &ComparePlots::clicked, this,
            [this](int line) { list_->setCurrentIndex(model_->index(line, CompareRunModel::label)); });
    connect(tabs_, &CompareTabs::hovered, this, [this](int run) {
        if (grouped_) return;
        plots_->highlight(run);
        markLine(run);
    });
    connect(tabs_, &CompareTabs::runWanted, this, [this](int run) {
        this->workbench().openRun(qs(comparison_->runs[static_cast<std::size_t>(run)].record.id));
    });
    connect(&this->workbench(), &Workbench::compareWanted, this, [this](const std::vector<std::string>& runs) {
        compareRuns(runs);
        this->workbench().showPage(QStringLiteral("compare"));
    });
    connect(&this->workbench(), &Workbench::historyChanged, this, [this] {
        const auto active = [](const ComparedRun& r) { return is_active(r.record.status); };
        if (isVisible() && comparison_ && std::any_of(comparison_->runs.begin(), comparison_->runs.end(), active))
            refresh();
    });
    states_->setCurrentIndex(nothing);
    for (QWidget* widget : {static_cast<QWidget*>(export_), static_cast<QWidget*>(save_)}) widget->setEnabled(false);
}

void ComparePage::makeTitleRow() {
    saved_ = new QComboBox;
    saved_->setAccessibleName(tr("Saved comparisons"));
    saved_->setPlaceholderText(tr("Saved comparisons…"));
    saved_->setMinimumWidth(200);
    connect(saved_, &QComboBox::activated, this, [this](int index) { openSaved(saved_->itemText(index)); });
    save_ = new QPushButton(tr("Save…"));
    save_->setToolTip(tr("Keep this comparison with its notes under a name (Ctrl+S)"));
    connect(save_, &QPushButton::clicked, this, &ComparePage::save);
    export_ = new QPushButton(tr("Export"));
    export_->setToolTip(tr("Write the plots or the tables to a file (Ctrl+E)"));
    auto* menu = new QMenu(export_);
    auto entry = [&](const QString& text, const char* ending) {
        menu->addAction(text, this, [this, text, ending] {
            exportWanted(QString::fromLatin1(ending), QStringLiteral("%1 (*.%2)").arg(text, QLatin1String(ending)));
        });
    };
    entry(tr("Plots as SVG"), "svg");
    entry(tr("Plots as PDF"), "pdf");
    entry(tr("Plots as PNG"), "png");
    menu->addSeparator();
    entry(tr("Curves as CSV"), "csv");
    entry(tr("Tables as Markdown"), "md");
    entry(tr("Report as HTML"), "html");
    export_->setMenu(menu);
    auto* pick = new QPushButton(tr("Choose runs…"));
    pick->setProperty("primary", true);
    pick->setObjectName(QStringLiteral("compare.pick"));
    pick->setToolTip(tr("Choose the runs to compare (Ctrl+Enter)"));
    connect(pick, &QPushButton::clicked, this, &ComparePage::pickRuns);
    for (QWidget* widget : {static_cast<QWidget*>(saved_), static_cast<QWidget*>(save_), static_cast<QWidget*>(export_),
                            static_cast<QWidget*>(pick)})
        titleRow()->addWidget(widget);
}

QWidget* ComparePage::makeEmpty() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->addStretch(2);
    emptyText_ = label(tr("Pick two runs or more, here or in the table of runs (C)."), "muted");
    emptyText_->setAlignment(Qt::AlignCenter);
    auto* go = new QPushButton(tr("Compare the last two runs"));
    go->setObjectName(QStringLiteral("compare.lastTwo"));
    connect(go, &QPushButton::clicked, this, &ComparePage::takeLastTwo);
    newRun_ = new QPushButton(tr("Set up a run"));
    newRun_->setObjectName(QStringLiteral("compare.newRun"));
    newRun_->hide();
    connect(newRun_, &QPushButton::clicked, this, [this] { workbench().showPage(QStringLiteral("new")); });
    column->addWidget(emptyText_, 0, Qt::AlignHCenter);
    column->addWidget(go, 0, Qt::AlignHCenter);
    column->addWidget(newRun_, 0, Qt::AlignHCenter);
    column->setSpacing(12);
    column->addStretch(3);
    return box;
}

QWidget* ComparePage::makeList() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    model_ = new CompareRunModel(this);
    list_ = plainTable(tr("Compared runs"), model_);
    list_->setObjectName(QStringLiteral("compare.runs"));
    list_->horizontalHeader()->setStretchLastSection(false);
    list_->horizontalHeader()->setSectionResizeMode(CompareRunModel::label, QHeaderView::Stretch);
    setColumnWidths(list_, {{CompareRunModel::value, 84}});
    list_->setItemDelegateForColumn(CompareRunModel::label, new LineDelegate(list_));
    list_->setMouseTracking(true);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    box->setMinimumWidth(230);
    connect(list_, &QTableView::entered, this, [this](const QModelIndex& index) {
        plots_->highlight(index.row());
        if (!grouped_) tabs_->highlight(index.row());
    });
    list_->viewport()->installEventFilter(this);
    connect(list_, &QTableView::activated, this,
            [this](const QModelIndex& index) { workbench().openRun(qs(saveRun(index.row()))); });
    connect(model_, &CompareRunModel::shownChanged, this, [this](int row, bool shown) {
        const std::string id = saveRun(row);
        if (shown)
            hidden_.erase(id);
        else
            hidden_.insert(id);
        plots_->setVisibleLine(static_cast<std::size_t>(row), shown);
        remember();
    });
    connect(list_, &QTableView::customContextMenuRequested, this, [this](const QPoint& at) {
        const QModelIndex index = list_->indexAt(at);
        if (!index.isValid()) return;
        QMenu menu(this);
        menu.addAction(tr("Open"), this, [this, index] { workbench().openRun(qs(saveRun(index.row()))); });
        menu.addAction(tr("Take as baseline (B)"), this, [this, index] { setBaseline(index.row()); });
        menu.addAction(tr("Show only this one"), this, [this, index] {
            for (int i = 0; i < model_->rowCount(); ++i)
                model_->setData(model_->index(i, 0), i == index.row() ? Qt::Checked : Qt::Unchecked,
                                Qt::CheckStateRole);
        });
        menu.addAction(tr("Show all"), this, [this] {
            for (int i = 0; i < model_->rowCount(); ++i)
                model_->setData(model_->index(i, 0), Qt::Checked, Qt::CheckStateRole);
        });
        menu.addSeparator();
        menu.addAction(tr("Leave out (Del)"), this, [this, index] { removeLine(index.row()); });
        menu.exec(list_->viewport()->mapToGlobal(at));
    });
    column->addWidget(list_, 1);
    return box;
}

QWidget* ComparePage::makeBar() {
    auto* bar = new QWidget;
    auto* row = new FlowLayout(bar);
    auto choice = [&](const QString& name, const QStringList& items, const QString& tip, auto action) {
        QComboBox* box = smallChoice(name, items, tip);
        row->addWidget(box);
        connect(box, &QComboBox::activated, this, action);
        return box;
    };
    QStringList xs, ys;
    for (const XName& name : x_names()) xs << QCoreApplication::translate("Core", name.title);
    for (const YName& name : y_names()) ys << QCoreApplication::translate("Core", name.title);
    x_ = choice(tr("Axis"), xs, tr("What the common axis counts (X)"), [this](int index) {
        wish_.x = x_names()[static_cast<std::size_t>(index)].kind;
        refresh();
    });
    y_ = choice(tr("Losses"), ys,
                tr("Losses as they are, as perplexity or as bits per byte: the last compares different tokenizers (Y)"),
                [this](int index) {
                    wish_.y = y_names()[static_cast<std::size_t>(index)].kind;
                    refresh();
                });
    x_->setMaximumWidth(130);
    QStringList smooth{tr("No smoothing")};
    for (std::size_t i = 1; i < std::size(smoothingWindows); ++i)
        smooth << tr("Mean of %1 steps").arg(smoothingWindows[i]);
    smoothing_ = choice(
        tr("Smoothing"), smooth,
        tr("Moving mean over about so many steps of the whole series; the recorded values stay behind it ([ and ])"),
        [this](int index) {
            wish_.window = smoothingWindows[index];
            refresh();
        });
    smoothing_->setCurrentIndex(3);
    plotsButton_ = new QPushButton(tr("Plots"));
    plotsButton_->setProperty("look", QStringLiteral("small"));
    plotsButton_->setToolTip(tr("Which metrics are drawn, six at most (P)"));
    plotsMenu_ = new QMenu(plotsButton_);
    plotsButton_->setMenu(plotsMenu_);
    connect(plotsMenu_, &QMenu::aboutToShow, this, &ComparePage::showPlotsMenu);
    row->addWidget(plotsButton_);
    row->addGap();
    auto toggle = [&](const QString& text, const QString& tip, auto action) {
        auto* made = new QPushButton(text);
        made->setProperty("look", QStringLiteral("small"));
        made->setCheckable(true);
        made->setToolTip(tip);
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, action);
        return made;
    };
    group_ = toggle(tr("Seeds as band"), tr("Runs that differ only in their seed as mean and standard deviation (G)"),
                    [this](bool on) {
                        grouped_ = on;
                        showLines();
                        readCurves({});
                        remember();
                    });
    delta_ = toggle(tr("Difference"), tr("Difference to the baseline at equal x (D)"), [this](bool on) {
        difference_ = on;
        readCurves({});
        remember();
    });
    ghost_ = toggle(tr("Raw"), tr("Recorded values behind the smoothed line (H)"), [this](bool on) {
        plots_->setGhost(on);
        remember();
    });
    ghost_->setChecked(true);
    logY_ = toggle(tr("Log y"), tr("Logarithmic values (L)"), [this](bool on) {
        plots_->setLogY(on);
        remember();
    });
    logX_ = toggle(tr("Log x"), tr("Logarithmic x axis (Shift+L)"), [this](bool on) {
        plots_->setLogX(on);
        remember();
    });
    auto* all = new QPushButton(tr("Show all"));
    all->setProperty("look", QStringLiteral("small"));
    all->setToolTip(
        tr("All of the curves (R or double click). Wheel: zoom along x; Shift and wheel: zoom one plot along y; drag: "
           "move"));
    connect(all, &QPushButton::clicked, this, [this] { plots_->showAll(); });
    row->addWidget(all);
    return bar;
}

void ComparePage::markLine(int line) {
    // The line that the keys act on stays what it was.
    const QModelIndex index = line >= 0 ? model_->index(line, 0) : list_->currentIndex();
    if (index.isValid())
        list_->selectionModel()->select(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    else
        list_->clearSelection();
}

bool ComparePage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) {
        plots_->highlight(-1);
        tabs_->highlight(-1);
    }
    return Page::eventFilter(watched, event);
}

}  // namespace gw::ui

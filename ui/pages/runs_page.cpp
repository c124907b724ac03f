#include "ui/pages/runs_page.h"

#include <QDesktopServices>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QUrl>

#include "ui/background.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/run_delegates.h"

namespace gw::ui {

RunsPage::RunsPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Runs"), parent) {
    model_ = new RunTableModel(this);
    filter_ = new RunFilter(this);
    filter_->setSourceModel(model_);
    filter_->setSortRole(RunTableModel::sortRole);
    connect(model_, &RunTableModel::renamed, this, [this](const QString& id, const QString& name) { this->workbench().rename(ss(id), name); });

    filterField_ = new QLineEdit;
    filterField_->setPlaceholderText(tr("Filter: name, status or kind (Ctrl+F)"));
    filterField_->setClearButtonEnabled(true);
    filterField_->setFixedWidth(300);
    connect(filterField_, &QLineEdit::textChanged, this, [this](const QString& text) {
        filter_->setWords(text);
        count_->setText(tr("%1 of %2").arg(filter_->rowCount()).arg(plural(model_->rowCount(), tr("1 run"), tr("%1 runs"))));
    });
    auto* add = new QPushButton(tr("New run"));
    add->setProperty("primary", true);
    add->setToolTip(tr("Set up a new run (Ctrl+N)"));
    connect(add, &QPushButton::clicked, this, [this] { this->workbench().showPage(QStringLiteral("new")); });
    count_ = label({}, "muted");
    titleRow()->addWidget(count_);
    titleRow()->addWidget(filterField_);
    titleRow()->addWidget(add);

    states_ = new QStackedLayout;
    states_->addWidget(makeMessage(&loading_));
    states_->addWidget(makeEmpty());
    states_->addWidget(makeTable());
    states_->addWidget(makeMessage(&failure_));
    loading_->setText(tr("Reading the history…"));
    content()->addLayout(states_);
    connect(&this->workbench(), &Workbench::historyChanged, this, &RunsPage::refresh);
}

QWidget* RunsPage::makeTable() {
    view_ = new QTableView;
    view_->setModel(filter_);
    view_->setSortingEnabled(true);
    view_->sortByColumn(RunTableModel::started, Qt::DescendingOrder);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->setEditTriggers(QAbstractItemView::EditKeyPressed);
    view_->setShowGrid(false);
    view_->setWordWrap(false);
    view_->verticalHeader()->hide();
    view_->verticalHeader()->setDefaultSectionSize(32);
    view_->horizontalHeader()->setHighlightSections(false);
    view_->horizontalHeader()->setSectionResizeMode(RunTableModel::name, QHeaderView::Stretch);
    const std::pair<int, int> widths[] = {{RunTableModel::status, 124}, {RunTableModel::spark, 120}, {RunTableModel::objective, 110}, {RunTableModel::parameters, 100},
        {RunTableModel::tokens, 90}, {RunTableModel::best, 124}, {RunTableModel::started, 116}, {RunTableModel::duration, 116}};
    for (const auto& [column, width] : widths) view_->setColumnWidth(column, width);
    view_->setItemDelegateForColumn(RunTableModel::status, new StatusDelegate(view_));
    view_->setItemDelegateForColumn(RunTableModel::spark, new SparkDelegate(view_));
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    view_->setFont(Theme::numberFont());
    view_->setAccessibleName(tr("Runs"));
    connect(view_, &QTableView::customContextMenuRequested, this, &RunsPage::showMenu);
    connect(view_, &QTableView::doubleClicked, this, &RunsPage::open);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(key), view_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, [this] { open(view_->currentIndex()); });
    }
    auto* rename = new QShortcut(QKeySequence(Qt::Key_F2), view_);
    rename->setContext(Qt::WidgetShortcut);
    connect(rename, &QShortcut::activated, this, [this] {
        if (const QModelIndex index = view_->currentIndex(); index.isValid()) view_->edit(index.siblingAtColumn(RunTableModel::name));
    });
    return view_;
}

QWidget* RunsPage::makeEmpty() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->addStretch(2);
    auto* heading = label(tr("No runs yet"), "section");
    auto* words = label(tr("Every run that you train in this workspace stands here, with its curves, samples and checkpoints.\n"
                           "The quick-start recipe trains a small language model in under two minutes and needs no data."), "muted");
    words->setAlignment(Qt::AlignCenter);
    auto* go = new QPushButton(tr("Set up the first run"));
    go->setProperty("primary", true);
    connect(go, &QPushButton::clicked, this, [this] { workbench().showPage(QStringLiteral("new")); });
    for (QWidget* widget : {static_cast<QWidget*>(heading), static_cast<QWidget*>(words), static_cast<QWidget*>(go)}) column->addWidget(widget, 0, Qt::AlignHCenter);
    column->setSpacing(12);
    column->addStretch(3);
    return box;
}

QWidget* RunsPage::makeMessage(QLabel** text) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    *text = label({}, "muted");
    (*text)->setAlignment(Qt::AlignCenter);
    (*text)->setWordWrap(true);
    column->addWidget(*text);
    return box;
}

void RunsPage::findWanted() {
    filterField_->setFocus();
    filterField_->selectAll();
}

void RunsPage::refresh() {
    if (!isVisible() && states_->currentIndex() != loading) return;
    if (reading_) {
        again_ = true;
        return;
    }
    reading_ = true;
    inBackground(
        this, [database = workbench().workspace().database()] { return readRunRows(database); },
        [this](Result<std::vector<RunRow>> rows) {
            reading_ = false;
            show(std::move(rows));
            if (std::exchange(again_, false)) refresh();
        });
}

void RunsPage::show(Result<std::vector<RunRow>> rows) {
    if (!rows) {
        failure_->setText(tr("The history cannot be read.\n\n%1").arg(qs(to_text(rows.error()))));
        states_->setCurrentIndex(failed);
        return;
    }
    const bool first = states_->currentIndex() != table;
    model_->setRows(std::move(rows).value());
    states_->setCurrentIndex(model_->rowCount() == 0 ? empty : table);
    count_->setText(model_->rowCount() == 0 ? QString() : plural(model_->rowCount(), tr("1 run"), tr("%1 runs")));
    if (first && filter_->rowCount() > 0) view_->setCurrentIndex(filter_->index(0, RunTableModel::name));
}

std::optional<RunRow> RunsPage::current() const {
    const QModelIndex index = filter_->mapToSource(view_->currentIndex());
    return index.isValid() ? std::optional(model_->row(index.row())) : std::nullopt;
}

void RunsPage::open(const QModelIndex& index) {
    if (index.isValid()) workbench().openRun(index.data(RunTableModel::idRole).toString());
}

void RunsPage::showMenu(const QPoint& at) {
    const QModelIndex index = view_->indexAt(at);
    if (!index.isValid()) return;
    view_->setCurrentIndex(index);
    const auto run = current();
    if (!run) return;
    QMenu menu(this);
    menu.setToolTipsVisible(true);
    menu.addAction(tr("Open"), this, [this, index] { open(index); });
    menu.addAction(tr("Rename"), this, [this, index] { view_->edit(index.siblingAtColumn(RunTableModel::name)); });
    menu.addAction(tr("Duplicate into New run"), this, [this, run] { workbench().newRun(run->record.spec); });
    QAction* resume = menu.addAction(tr("Resume"), this, [this, run] { workbench().resume(run->record.id); });
    const bool canResume = !isActiveStatus(run->record.status) && run->record.status != "finished";
    resume->setEnabled(canResume);
    if (!canResume) resume->setToolTip(run->record.status == "finished" ? tr("This run has finished; its budget is spent") : tr("This run is being trained"));
    menu.addSeparator();
    menu.addAction(tr("Show folder"), this, [run] { QDesktopServices::openUrl(QUrl::fromLocalFile(qs(run->record.path))); });
    menu.exec(view_->viewport()->mapToGlobal(at));
}

}  // namespace gw::ui

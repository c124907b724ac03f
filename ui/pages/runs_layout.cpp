// How the page of the history is put together; what it does stands in runs_page.cpp.
#include <QCoreApplication>
#include <QHeaderView>
#include <QShortcut>

#include "ui/pages/runs_page.h"
#include "ui/texts/text.h"
#include "ui/widgets/run_delegates.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

void RunsPage::makeTitleRow() {
    count_ = label({}, "muted");
    titleRow()->addWidget(count_);
    compare_ = new QPushButton(tr("Compare"));
    compare_->setObjectName(QStringLiteral("runs.compare"));
    connect(compare_, &QPushButton::clicked, this, &RunsPage::compareChosen);
    titleRow()->addWidget(compare_);
    auto* add = new QPushButton(tr("New run"));
    add->setProperty("primary", true);
    add->setToolTip(tr("Set up a new run (Ctrl+N)"));
    connect(add, &QPushButton::clicked, this, [this] { workbench().showPage(QStringLiteral("new")); });
    titleRow()->addWidget(add);
}

QWidget* RunsPage::makeFilterRow() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    filterField_ = new QLineEdit;
    filterField_->setObjectName(QStringLiteral("runs.filter"));
    filterField_->setPlaceholderText(tr("Filter, such as val<3.2 tag:good arch:transformer (Ctrl+F)"));
    filterField_->setClearButtonEnabled(true);
    filterField_->setAccessibleName(tr("Filter of the runs"));
    QString help = tr("Words and conditions, all of which must hold; - in front turns one around. : contains, = != < "
                      "<= > >= compare.") +
                   QStringLiteral("<table cellspacing=2>");
    for (const gw::RunFilter::Key& key : gw::RunFilter::keys())
        help += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>")
                    .arg(QLatin1String(key.name), QCoreApplication::translate("Core", key.help).toHtmlEscaped());
    filterField_->setToolTip(help + QStringLiteral("</table>") +
                             tr("And any setting by its path or last word: optimizer.lr<=1e-3, width:128"));
    connect(filterField_, &QLineEdit::textChanged, this, &RunsPage::applyFilter);
    saved_ = new QComboBox;
    saved_->setAccessibleName(tr("Saved filters"));
    saved_->setPlaceholderText(tr("Saved filters…"));
    saved_->setMinimumWidth(150);
    connect(saved_, &QComboBox::activated, this, [this](int index) {
        if (saved_->itemData(index).isNull()) return saveFilter();
        filterField_->setText(saved_->itemData(index).toString());
    });
    group_ = new QComboBox;
    group_->setAccessibleName(tr("Group by"));
    for (const QString& text : {tr("No groups"), tr("By status"), tr("By objective"), tr("By backbone"),
                                tr("By dataset"), tr("By tags"), tr("By seeds")})
        group_->addItem(text);
    group_->setToolTip(tr("Put the runs in groups under headings; a click on a heading folds it"));
    connect(group_, &QComboBox::activated, this,
            [this](int index) { model_->setGroup(static_cast<RunTableModel::Group>(index)); });
    trash_ = new QPushButton(tr("Trash"));
    trash_->setCheckable(true);
    trash_->setObjectName(QStringLiteral("runs.trash"));
    connect(trash_, &QPushButton::toggled, this, &RunsPage::showTrash);
    emptyTrash_ = new QPushButton(tr("Empty the trash"));
    connect(emptyTrash_, &QPushButton::clicked, this, &RunsPage::emptyTrash);
    emptyTrash_->hide();
    row->addWidget(filterField_, 1);
    for (QWidget* widget : {static_cast<QWidget*>(saved_), static_cast<QWidget*>(group_), static_cast<QWidget*>(trash_),
                            static_cast<QWidget*>(emptyTrash_)})
        row->addWidget(widget);
    column->addLayout(row);
    problem_ = label({}, "problem");
    problem_->setTextFormat(Qt::RichText);
    problem_->setObjectName(QStringLiteral("runs.filterProblem"));
    problem_->hide();
    column->addWidget(problem_);
    readSavedFilters();
    return box;
}

QWidget* RunsPage::makeLines() {
    auto* box = new QWidget;
    lines_ = new QStackedLayout(box);
    lines_->addWidget(makeTable());
    auto* nothing = new QWidget;
    auto* column = new QVBoxLayout(nothing);
    column->setSpacing(12);
    column->addStretch(2);
    nothingText_ = label({}, "muted");
    nothingText_->setObjectName(QStringLiteral("runs.nothing"));
    clearFilter_ = new QPushButton(tr("Clear the filter"));
    clearFilter_->setObjectName(QStringLiteral("runs.clearFilter"));
    connect(clearFilter_, &QPushButton::clicked, this, &RunsPage::clearFilter);
    column->addWidget(nothingText_, 0, Qt::AlignHCenter);
    column->addWidget(clearFilter_, 0, Qt::AlignHCenter);
    column->addStretch(3);
    lines_->addWidget(nothing);
    return box;
}

QWidget* RunsPage::makeTable() {
    view_ = plainTable(tr("Runs"), model_);
    view_->setObjectName(QStringLiteral("runs.table"));
    view_->setSortingEnabled(true);
    view_->sortByColumn(RunTableModel::started, Qt::DescendingOrder);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->setEditTriggers(QAbstractItemView::EditKeyPressed);
    view_->horizontalHeader()->setStretchLastSection(false);
    view_->horizontalHeader()->setSectionResizeMode(RunTableModel::name, QHeaderView::Stretch);
    setColumnWidths(view_, {{RunTableModel::status, 118},
                            {RunTableModel::spark, 112},
                            {RunTableModel::objective, 164},
                            {RunTableModel::parameters, 90},
                            {RunTableModel::tokens, 80},
                            {RunTableModel::best, 130},
                            {RunTableModel::started, 124},
                            {RunTableModel::duration, 88},
                            {RunTableModel::cost, 90},
                            {RunTableModel::disk, 104},
                            {RunTableModel::tags, 110}});
    // What a run is and how large (its objective, parameters, disk) goes last: values of different tasks stand in one
    // column.
    constexpr int forANameOfManyWords = 220;
    keepColumnsFitting(view_, RunTableModel::name, forANameOfManyWords,
                       {RunTableModel::tags, RunTableModel::cost, RunTableModel::tokens, RunTableModel::duration,
                        RunTableModel::spark, RunTableModel::disk, RunTableModel::parameters, RunTableModel::started});
    view_->setItemDelegateForColumn(RunTableModel::status, new StatusDelegate(view_));
    view_->setItemDelegateForColumn(RunTableModel::name, new NameDelegate(view_));
    view_->setItemDelegateForColumn(RunTableModel::spark, new SparkDelegate(view_));
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(view_, &QTableView::customContextMenuRequested, this, &RunsPage::showMenu);
    connect(view_, &QTableView::doubleClicked, this, &RunsPage::open);
    connect(view_, &QTableView::clicked, this, [this](const QModelIndex& index) { model_->toggle(index.row()); });
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPage::showCount);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(key), view_);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, [this] { open(view_->currentIndex()); });
    }
    return view_;
}

QWidget* RunsPage::makeEmpty() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->addStretch(2);
    auto* heading = label(tr("No runs yet"), "section");
    auto* words =
        label(tr("Every run that you train in this workspace stands here, with its curves, samples and checkpoints.\n"
                 "The quick-start recipe trains a small language model in under two minutes and needs no data."),
              "muted");
    words->setAlignment(Qt::AlignCenter);
    auto* go = new QPushButton(tr("Set up the first run"));
    go->setProperty("primary", true);
    connect(go, &QPushButton::clicked, this, [this] { workbench().showPage(QStringLiteral("new")); });
    for (QWidget* widget : {static_cast<QWidget*>(heading), static_cast<QWidget*>(words), static_cast<QWidget*>(go)})
        column->addWidget(widget, 0, Qt::AlignHCenter);
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

}  // namespace gw::ui

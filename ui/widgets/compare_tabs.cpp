#include "ui/widgets/compare_tabs.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QPushButton>
#include <QResizeEvent>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/page.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

CompareTabs::CompareTabs(QWidget* parent) : QTabWidget(parent) {
    setDocumentMode(true);
    setMinimumHeight(160);
    summary_ = new SummaryModel(this);
    groups_ = new GroupModel(this);
    settings_ = new SettingsModel(this);
    summaryView_ = plainTable(tr("Summary"), summary_);
    summaryView_->setObjectName(QStringLiteral("compare.summary"));
    constexpr int forAPhrase = 240;
    keepColumnsFitting(summaryView_, SummaryModel::target, forAPhrase, {SummaryModel::cost, SummaryModel::trained});
    summaryView_->setMouseTracking(true);
    summaryView_->viewport()->installEventFilter(this);
    connect(summaryView_, &QTableView::entered, this,
            [this](const QModelIndex& index) { Q_EMIT hovered(index.row()); });
    connect(summaryView_, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT runWanted(index.row()); });
    groupView_ = plainTable(tr("Seeds"), groups_);
    notes_ = new QPlainTextEdit;
    notes_->setPlaceholderText(tr("Notes on this comparison (Markdown). They are kept when the comparison is saved."));
    notes_->setAccessibleName(tr("Notes"));
    notes_->setTabChangesFocus(true);
    connect(notes_, &QPlainTextEdit::textChanged, this, &CompareTabs::notesEdited);
    addTab(summaryView_, tr("Summary"));
    addTab(makeSeeds(), tr("Seeds"));
    addTab(makeSettings(), tr("Settings"));
    addTab(makeFields(), tr("Fields and results"));
    addTab(notes_, tr("Notes"));
}

QWidget* CompareTabs::makeSeeds() {
    auto* box = new QWidget;
    seeds_ = new QStackedLayout(box);
    seeds_->addWidget(groupView_);
    noSeeds_ = label({}, "muted");
    noSeeds_->setObjectName(QStringLiteral("compare.noSeeds"));
    noSeeds_->setAlignment(Qt::AlignCenter);
    noSeeds_->setWordWrap(true);
    noSeeds_->setMargin(24);
    seeds_->addWidget(noSeeds_);
    return box;
}

void CompareTabs::showSeeds(const Comparison* comparison) {
    const bool any = comparison && tells_of_seeds(*comparison);
    seeds_->setCurrentIndex(any ? 0 : 1);
    if (any || !comparison) return;
    noSeeds_->setText(comparison->groups.size() < comparison->runs.size()
                          ? tr("These runs have no value of this metric at a common x, so there is nothing to take a "
                               "mean of.")
                          : tr("None of these runs differ only in their seed. Train one of them again with another "
                               "seed, and this says whether a difference is more than chance."));
}

/// The table of settings, or why it has no line.
void CompareTabs::showSettings() {
    const bool any = filter_->rowCount() > 0, searched = !search_->text().isEmpty();
    settingsShown_->setCurrentIndex(any ? 0 : 1);
    noSettings_->setText(searched ? tr("No setting or value has these letters.")
                                  : tr("These runs do not differ in any setting."));
    clearSearch_->setVisible(searched);
}

QWidget* CompareTabs::makeSettings() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 8, 0, 0);
    auto* row = new QHBoxLayout;
    search_ = new QLineEdit;
    search_->setPlaceholderText(tr("Search settings and values"));
    search_->setClearButtonEnabled(true);
    search_->setMaximumWidth(280);
    search_->setAccessibleName(tr("Search settings"));
    auto* all = new QCheckBox(tr("Show equal settings too"));
    auto* copy = new QPushButton(tr("Copy"));
    copy->setProperty("look", QStringLiteral("small"));
    copy->setToolTip(tr("Copy the chosen rows, or all, as text with tabs"));
    row->addWidget(search_);
    row->addWidget(all);
    row->addStretch(1);
    row->addWidget(copy);
    column->addLayout(row);
    filter_ = new SettingsFilter(this);
    filter_->setSourceModel(settings_);
    settingsView_ = plainTable(tr("Settings"), filter_);
    settingsView_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    settingsView_->horizontalHeader()->setStretchLastSection(false);
    settingsView_->horizontalHeader()->setTextElideMode(Qt::ElideMiddle);
    auto* nothing = new QWidget;
    auto* words = new QVBoxLayout(nothing);
    noSettings_ = label({}, "muted");
    noSettings_->setObjectName(QStringLiteral("compare.noSettings"));
    clearSearch_ = new QPushButton(tr("Clear the search"));
    clearSearch_->setObjectName(QStringLiteral("compare.clearSearch"));
    connect(clearSearch_, &QPushButton::clicked, search_, &QLineEdit::clear);
    words->addStretch(1);
    words->addWidget(noSettings_, 0, Qt::AlignHCenter);
    words->addWidget(clearSearch_, 0, Qt::AlignHCenter);
    words->addStretch(2);
    auto* shown = new QWidget;
    settingsShown_ = new QStackedLayout(shown);
    settingsShown_->addWidget(settingsView_);
    settingsShown_->addWidget(nothing);
    column->addWidget(shown, 1);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        filter_->setWord(text);
        showSettings();
    });
    connect(all, &QCheckBox::toggled, this, [this](bool on) {
        filter_->setOnlyDiffering(!on);
        showSettings();
    });
    connect(copy, &QPushButton::clicked, this, &CompareTabs::copySettings);
    auto* shortcut = new QShortcut(QKeySequence::Copy, settingsView_);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, &CompareTabs::copySettings);
    return box;
}

QWidget* CompareTabs::makeFields() {
    auto* splitter = new QSplitter(Qt::Horizontal);
    parallel_ = new ParallelPlot;
    scatter_ = new FieldScatter;
    splitter->addWidget(parallel_);
    splitter->addWidget(scatter_);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setHandleWidth(16);
    connect(parallel_, &ParallelPlot::hovered, this, &CompareTabs::hovered);
    return splitter;
}

void CompareTabs::copySettings() {
    const auto selected = settingsView_->selectionModel()->selectedRows();
    std::vector<int> rows;
    for (const QModelIndex& index : selected) rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    if (rows.empty())
        for (int i = 0; i < filter_->rowCount(); ++i) rows.push_back(i);
    QString text;
    for (int column = 0; column < filter_->columnCount(); ++column)
        text += (column ? QStringLiteral("\t") : QString()) +
                filter_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    for (const int row : rows) {
        text += QLatin1Char('\n');
        for (int column = 0; column < filter_->columnCount(); ++column)
            text += (column ? QStringLiteral("\t") : QString()) + filter_->index(row, column).data().toString();
    }
    QApplication::clipboard()->setText(text);
}

void CompareTabs::setComparison(std::shared_ptr<const Comparison> comparison) {
    summary_->setComparison(comparison);
    groups_->setComparison(comparison);
    settings_->setComparison(comparison);
    parallel_->setComparison(comparison);
    scatter_->setComparison(comparison);
    setColumnWidths(summaryView_, {{SummaryModel::run, 230},
                                   {SummaryModel::best, 76},
                                   {SummaryModel::last, 76},
                                   {SummaryModel::atEqualX, 130},
                                   {SummaryModel::difference, 96},
                                   {SummaryModel::trained, 124},
                                   {SummaryModel::cost, 96}});
    const QAbstractItemView* figures = summaryView_;
    for (const int column : {SummaryModel::best, SummaryModel::last, SummaryModel::atEqualX, SummaryModel::difference})
        summaryView_->setColumnWidth(  // they are read whole, the baseline's in bold too
            column, std::max(summaryView_->columnWidth(column), figures->sizeHintForColumn(column)));
    QResizeEvent now(summaryView_->viewport()->size(), summaryView_->viewport()->size());
    QApplication::sendEvent(summaryView_->viewport(), &now);  // columns of other widths fit otherwise
    setColumnWidths(
        groupView_,
        {{GroupModel::group, 130}, {GroupModel::count, 64}, {GroupModel::mean, 100}, {GroupModel::deviation, 100}});
    showSeeds(comparison.get());
    showSettings();
    settingsView_->setColumnWidth(0, 200);
    constexpr int widest = 220, narrowest = 120;
    for (int i = 1; i < settings_->columnCount(); ++i)
        settingsView_->setColumnWidth(
            i, std::clamp(settingsView_->horizontalHeader()->sectionSizeHint(i), narrowest, widest));
}

void CompareTabs::highlight(int run) {
    parallel_->highlight(run);
    if (run >= 0)
        summaryView_->selectRow(run);
    else
        summaryView_->clearSelection();
}

bool CompareTabs::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Leave) Q_EMIT hovered(-1);
    return QTabWidget::eventFilter(watched, event);
}

void CompareTabs::focusSearch() {
    setCurrentIndex(2);
    search_->setFocus();
    search_->selectAll();
}

void CompareTabs::setNotes(const QString& text) {
    if (text == notes()) return;
    const QSignalBlocker quiet(notes_);
    notes_->setPlainText(text);
}

}  // namespace gw::ui

#include "ui/pages/runs_page.h"

#include <QInputDialog>
#include <QKeyEvent>

#include "store/stored_json.h"
#include "ui/background.h"
#include "ui/models/compare_models.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

RunsPage::RunsPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Runs"), parent) {
    model_ = new RunTableModel(this);
    connect(model_, &RunTableModel::renamed, this,
            [this](const QString& id, const QString& name) { this->workbench().rename(ss(id), name); });
    connect(model_, &RunTableModel::layoutChanged, this, &RunsPage::showSpans);
    makeTitleRow();
    interrupted_ = new InterruptedBar;
    connect(interrupted_, &InterruptedBar::resumeWanted, this,
            [this](const QString& run) { this->workbench().resume(ss(run)); });
    connect(interrupted_, &InterruptedBar::forkWanted, this,
            [this](const QString& run) { this->workbench().fork(ss(run)); });
    connect(interrupted_, &InterruptedBar::dismissWanted, this, [this](const QString& run) {
        write([id = ss(run)](Store& store) { return store.set_dismissed(id, true); });
    });
    content()->addWidget(interrupted_);
    notice_ = new QFrame;
    notice_->setProperty("look", QStringLiteral("card"));
    auto* row = new QHBoxLayout(notice_);
    row->setContentsMargins(16, 6, 12, 6);
    noticeText_ = label({});
    noticeText_->setTextFormat(Qt::PlainText);
    auto* back = new QPushButton(tr("Undo (Ctrl+Z)"));
    back->setObjectName(QStringLiteral("runs.undo"));
    back->setProperty("look", QStringLiteral("small"));
    connect(back, &QPushButton::clicked, this, &RunsPage::undo);
    row->addWidget(noticeText_, 1);
    row->addWidget(back);
    notice_->hide();
    content()->addWidget(notice_);

    states_ = new QStackedLayout;
    states_->addWidget(makeMessage(&loading_));
    states_->addWidget(makeEmpty());
    auto* whole = new QWidget;
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(makeFilterRow());
    column->addWidget(makeLines(), 1);
    states_->addWidget(whole);
    states_->addWidget(makeMessage(&failure_));
    loading_->setText(tr("Reading the history…"));
    content()->addLayout(states_, 1);
    connect(&this->workbench(), &Workbench::historyChanged, this, &RunsPage::refresh);
}

void RunsPage::findWanted() {
    filterField_->setFocus();
    filterField_->selectAll();
}

QStringList RunsPage::shortcuts() const {
    return {tr("Enter\tOpen the run"),
            tr("C\tCompare the chosen runs"),
            tr("F2\tRename"),
            tr("T\tTags"),
            tr("N\tNotes"),
            tr("Ctrl+D\tDuplicate into New run"),
            tr("Del\tPut into the trash"),
            tr("Ctrl+Z\tTake out of the trash again")};
}

void RunsPage::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers() & Qt::ControlModifier;
    const auto runs = chosen();
    if (control && event->key() == Qt::Key_D && !runs.empty()) return workbench().newRun(runs.front().spec);
    if (control) return Page::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_C:
            compareChosen();
            break;
        case Qt::Key_T:
            tagChosen();
            break;
        case Qt::Key_N:
            noteChosen();
            break;
        case Qt::Key_Delete:
            deleteChosen();
            break;
        case Qt::Key_F2:
            if (const QModelIndex index = view_->currentIndex(); index.isValid())
                view_->edit(index.siblingAtColumn(RunTableModel::name));
            break;
        default:
            Page::keyPressEvent(event);
    }
}

void RunsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    showSpans();
}

void RunsPage::refresh() {
    if (!isVisible() && states_->currentIndex() != loading) return;
    if (reading_) {
        again_ = true;
        return;
    }
    reading_ = true;
    inBackground(
        this,
        [database = workbench().workspace().database(), since = model_->revision(), history = model_->history(),
         rates = model_->rates(), trash = trash_->isChecked()] {
            return std::pair(trash, readRunChanges(database, since, trash, history, rates));
        },
        [this](std::pair<bool, Result<RunChanges>> changes) {
            reading_ = false;
            if (changes.first == trash_->isChecked()) show(std::move(changes.second));
            if (std::exchange(again_, false)) refresh();
        });
}

void RunsPage::show(Result<RunChanges> changes) {
    if (!changes) {
        failure_->setText(tr("The history cannot be read.\n\n%1").arg(errorText(changes.error())));
        states_->setCurrentIndex(failed);
        return;
    }
    const bool first = states_->currentIndex() != table;
    const int trashed = changes.value().trashed;
    model_->apply(std::move(changes).value());
    trash_->setText(trashed > 0 ? tr("Trash (%1)").arg(trashed) : tr("Trash"));
    emptyTrash_->setVisible(trash_->isChecked());
    emptyTrash_->setEnabled(trashed > 0 && !workbench().readOnly());
    const bool none = model_->total() == 0 && model_->leftOut() == 0;
    states_->setCurrentIndex(none && trashed == 0 && !trash_->isChecked() ? empty : table);
    std::vector<RunRecord> interrupted;
    if (!trash_->isChecked())
        for (const RunRow* row : model_->interrupted()) interrupted.push_back(row->record);
    interrupted_->show(interrupted, !workbench().session().active() && !workbench().readOnly());
    showCount();
    if (first && model_->rowCount() > 0 && !model_->isHeading(0))
        view_->setCurrentIndex(model_->index(0, RunTableModel::name));
}

void RunsPage::clearFilter() {
    filterField_->clear();
    filterField_->setFocus();
}

/// A table without lines says why there are none, and what to do.
void RunsPage::showNothing() {
    const bool filtered = model_->total() > 0, nothing = model_->shown() == 0;
    nothingText_->setText(
        filtered ? tr("No run matches this filter.")
        : model_->leftOut() > 0
            ? tr("No run can be read: their rows in the history are damaged. `groundwork-cli rebuild` "
                 "makes it again from the folders of the runs.")
        : trash_->isChecked() ? tr("The trash is empty.")
                              : tr("There is no run outside of the trash."));
    clearFilter_->setVisible(filtered);
    lines_->setCurrentIndex(nothing ? 1 : 0);
}

void RunsPage::showCount() {
    showNothing();
    const int total = model_->total(), shown = model_->shown();
    const auto runs = chosen();
    QString text = total == 0       ? QString()
                   : shown == total ? plural(total, tr("1 run"), tr("%1 runs"))
                                    : tr("%1 of %2").arg(shown).arg(plural(total, tr("1 run"), tr("%1 runs")));
    if (const int out = model_->leftOut(); out > 0)
        text += (text.isEmpty() ? QString() : QStringLiteral(" · ")) +
                plural(out, tr("1 cannot be read"), tr("%1 cannot be read"));
    count_->setToolTip(model_->leftOut() > 0
                           ? tr("Their rows in the history are damaged. `groundwork-cli rebuild` makes "
                                "it again from the folders of the runs.")
                           : QString());
    if (runs.size() > 1) text = tr("%1 chosen").arg(runs.size()) + QStringLiteral(" · ") + text;
    count_->setText(text);
    compare_->setEnabled(runs.size() > 1 && runs.size() <= 50);
    compare_->setToolTip(runs.size() < 2    ? tr("Choose two runs or more first (Ctrl or Shift and click)")
                         : runs.size() > 50 ? tr("At most 50 runs can be compared")
                                            : tr("Compare the chosen runs side by side (C)"));
}

void RunsPage::showSpans() {
    if (!view_) return;
    view_->clearSpans();
    for (int i = 0; i < model_->rowCount(); ++i)
        if (model_->isHeading(i)) view_->setSpan(i, 0, 1, RunTableModel::columns);
}

void RunsPage::applyFilter() {
    std::vector<FilterProblem> problems;
    const std::string text = ss(filterField_->text());
    model_->setFilter(gw::RunFilter::parse(text, problems));
    problem_->setVisible(!problems.empty());
    filterField_->setProperty("wrong", !problems.empty());
    filterField_->style()->polish(filterField_);
    if (!problems.empty()) {
        const FilterProblem& p = problems.front();
        problem_->setText(
            QStringLiteral("%1<u><b>%2</b></u>%3 &nbsp;—&nbsp; %4")
                .arg(qs(text.substr(0, p.at)).toHtmlEscaped(), qs(text.substr(p.at, p.length)).toHtmlEscaped(),
                     qs(text.substr(p.at + p.length)).toHtmlEscaped(), phraseText(p.reason).toHtmlEscaped()));
    }
    showCount();
}

void RunsPage::readSavedFilters() {
    saved_->clear();
    if (auto store = workbench().workspace().store(Store::Mode::read_only))
        if (const auto filters = store.value().saved("filter"))
            for (const SavedRecord& filter : filters.value()) {
                saved_->addItem(qs(filter.name), qs(stored_at(filter.body, "text", std::string())));
                saved_->setItemData(saved_->count() - 1, saved_->itemData(saved_->count() - 1), Qt::ToolTipRole);
            }
    saved_->addItem(tr("Save this filter…"));
    saved_->setCurrentIndex(-1);
}

void RunsPage::saveFilter() {
    saved_->setCurrentIndex(-1);
    if (filterField_->text().trimmed().isEmpty())
        return workbench().say(tr("There is no filter to save: type one first"));
    bool ok = false;
    const QString name =
        QInputDialog::getText(this, tr("Save this filter"), tr("Name"), QLineEdit::Normal, filterField_->text(), &ok)
            .trimmed();
    if (!ok || name.isEmpty()) return;
    if (write([&](Store& store) {
            return store.set_saved({"filter", ss(name), {{"text", ss(filterField_->text())}}, ""});
        }))
        readSavedFilters();
}

bool RunsPage::write(const std::function<Status(Store&)>& work) {
    auto store = workbench().workspace().store();
    const Status status = store ? work(store.value()) : Status(store.error());
    if (!status) workbench().showError(status.error());
    refresh();
    return static_cast<bool>(status);
}

std::vector<RunRecord> RunsPage::chosen() const {
    std::vector<RunRecord> out;
    if (!view_) return out;
    QModelIndexList rows = view_->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex& index : rows)
        if (const RunRow* row = model_->run(index.row())) out.push_back(row->record);
    return out;
}

void RunsPage::open(const QModelIndex& index) {
    if (!index.isValid()) return;
    if (const RunRow* row = model_->run(index.row()))
        workbench().openRun(qs(row->record.id));
    else
        model_->toggle(index.row());
}

}  // namespace gw::ui

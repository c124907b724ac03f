#include "ui/pages/queue_page.h"

#include <QHeaderView>
#include <QKeyEvent>

#include "ui/background.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/run_delegates.h"
#include "ui/widgets/table_view.h"

namespace gw::ui {

QueuePage::QueuePage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Queue"), parent) {
    auto button = [&](const QString& text, const QString& tip, auto act) {
        auto* made = new QPushButton(text);
        made->setToolTip(tip);
        connect(made, &QPushButton::clicked, this, act);
        titleRow()->addWidget(made);
        return made;
    };
    open_ = button(tr("Edit a copy"), tr("Set up a new run with the settings of the chosen one"), [this] {
        if (current() >= 0) this->workbench().newRun(model_->row(current()).record.spec);
    });
    up_ = button(tr("Up"), tr("Move the chosen run up (Alt+Up)"), [this] { move(-1); });
    down_ = button(tr("Down"), tr("Move the chosen run down (Alt+Down)"), [this] { move(1); });
    remove_ = button(tr("Take out"), tr("Take the chosen run out of the queue (Del)"), [this] { remove(); });
    start_ = button(tr("Start the queue"), {}, [this] {
        const bool working = this->workbench().queueWorks();
        change([&](QueueSettings& settings) { settings.paused = working; });
        this->workbench().setQueueWorks(!working);
        refresh();
    });
    start_->setProperty("primary", true);
    start_->setObjectName(QStringLiteral("queue.start"));

    states_ = new QStackedLayout;
    auto* empty = new QWidget;
    auto* middle = new QVBoxLayout(empty);
    middle->addStretch(2);
    emptyText_ = label(tr("Nothing waits.\n“Add to queue” on the page New run puts a run here; a list in a field, such "
                          "as 1e-4, 3e-4, becomes several runs."),
                       "muted");
    emptyText_->setAlignment(Qt::AlignCenter);
    middle->addWidget(emptyText_);
    auto* go = new QPushButton(tr("Set up a run"));
    connect(go, &QPushButton::clicked, this, [this] { this->workbench().showPage(QStringLiteral("new")); });
    middle->addWidget(go, 0, Qt::AlignHCenter);
    middle->addStretch(3);
    states_->addWidget(empty);
    auto* whole = new QWidget;
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    now_ = label({});
    total_ = label({}, "muted");
    row->addWidget(now_, 1);
    row->addWidget(total_);
    column->addLayout(row);
    model_ = new QueueModel(this);
    view_ = plainTable(tr("Queue"), model_);
    view_->setObjectName(QStringLiteral("queue.table"));
    view_->horizontalHeader()->setStretchLastSection(false);
    view_->horizontalHeader()->setSectionResizeMode(QueueModel::name, QHeaderView::Stretch);
    view_->setItemDelegateForColumn(QueueModel::name, new NameDelegate(view_));
    setColumnWidths(view_, {{QueueModel::place, 70},
                            {QueueModel::steps, 110},
                            {QueueModel::tokens, 110},
                            {QueueModel::expected, 170},
                            {QueueModel::queued, 140}});
    view_->setDragDropMode(QAbstractItemView::InternalMove);
    view_->setDragDropOverwriteMode(false);
    view_->setDefaultDropAction(Qt::MoveAction);
    view_->setDropIndicatorShown(true);
    view_->installEventFilter(this);
    connect(model_, &QueueModel::moveWanted, this, &QueuePage::moveTo);
    column->addWidget(view_, 1);
    policy_ = new QCheckBox(tr("Pause the queue after a failed run"));
    policy_->setToolTip(tr("Otherwise the next run begins"));
    connect(policy_, &QCheckBox::clicked, this,
            [this](bool on) { change([&](QueueSettings& settings) { settings.stop_at_failure = on; }); });
    column->addWidget(policy_);
    states_->addWidget(whole);
    content()->addLayout(states_, 1);
    connect(&this->workbench(), &Workbench::historyChanged, this, [this] {
        if (isVisible()) refresh();
    });
    connect(&this->workbench().session(), &RunSession::stateChanged, this, [this] {
        if (isVisible() && model_->rowCount() > 0) refresh();
    });
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { show({{}, settings_}); });
}

QStringList QueuePage::shortcuts() const {
    return {tr("Alt+Up, Alt+Down\tMove the chosen run; it can be dragged too"), tr("Del\tTake it out of the queue")};
}

int QueuePage::current() const {
    return view_->currentIndex().isValid() ? view_->currentIndex().row() : -1;
}

bool QueuePage::eventFilter(QObject* watched, QEvent* event) {
    // The table would go to another row instead of taking this one along.
    if (watched == view_ && event->type() == QEvent::KeyPress)
        if (auto* key = static_cast<QKeyEvent*>(event);
            key->modifiers() & Qt::AltModifier && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            keyPressEvent(key);
            return true;
        }
    return Page::eventFilter(watched, event);
}

void QueuePage::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (alt && event->key() == Qt::Key_Up) return move(-1);
    if (alt && event->key() == Qt::Key_Down) return move(1);
    if (event->key() == Qt::Key_Delete) return remove();
    Page::keyPressEvent(event);
}

void QueuePage::refresh() {
    if (reading_) {
        again_ = true;
        return;
    }
    reading_ = true;
    inBackground(
        this, [workspace = workbench().workspace()] { return readQueue(workspace); },
        [this](const Result<QueueState>& state) {
            reading_ = false;
            if (std::exchange(again_, false)) refresh();
            if (!state) {
                emptyText_->setText(errorText(state.error()));
                return states_->setCurrentIndex(0);
            }
            const std::string chosen = current() >= 0 ? model_->row(current()).record.id : std::string();
            model_->setRows(state.value().rows);
            int row = 0;
            for (int i = 0; i < model_->rowCount(); ++i)
                if (model_->row(i).record.id == chosen) row = i;
            if (model_->rowCount() > 0) view_->setCurrentIndex(model_->index(row, QueueModel::name));
            show(state.value());
        });
}

void QueuePage::show(const QueueState& state) {
    settings_ = state.settings;
    const int rows = model_->rowCount(), at = current();
    states_->setCurrentIndex(rows == 0 ? 0 : 1);
    const bool may = !workbench().readOnly(), works = workbench().queueWorks() && !settings_.paused;
    RunSession& session = workbench().session();
    now_->setText(session.active() ? tr("Now: “%1”").arg(session.name())
                  : works          ? tr("The next run begins…")
                                   : tr("The queue stands still."));
    double seconds = 0;
    bool known = rows > 0;
    for (int i = 0; i < rows; ++i) {
        known = known && model_->row(i).seconds;
        seconds += model_->row(i).seconds.value_or(0);
    }
    total_->setText(plural(rows, tr("1 run waits"), tr("%1 runs wait")) +
                    (known ? QStringLiteral(" · ") + tr("about %1 in all").arg(secondsText(seconds)) : QString()));
    policy_->setChecked(settings_.stop_at_failure);
    policy_->setEnabled(may);
    start_->setText(works ? tr("Pause the queue") : tr("Start the queue"));
    start_->setEnabled(may && (rows > 0 || works));
    start_->setToolTip(!may        ? tr("This window is open for reading only")
                       : works     ? tr("The run that is being trained goes on; no other one begins")
                       : rows == 0 ? tr("Nothing waits")
                                   : tr("Train what waits, one after the other"));
    up_->setEnabled(may && at > 0);
    down_->setEnabled(may && at >= 0 && at + 1 < rows);
    remove_->setEnabled(may && at >= 0);
    open_->setEnabled(at >= 0);
}

void QueuePage::move(int by) {
    if (current() >= 0) moveTo(current(), current() + by);
}

void QueuePage::moveTo(int from, int to) {
    if (to < 0 || to >= model_->rowCount() || workbench().readOnly()) return;
    if (Status moved =
            RunQueue(workbench().workspace()).move(model_->row(from).record.id, static_cast<std::size_t>(to));
        !moved)
        return workbench().showError(moved.error());
    view_->setCurrentIndex(model_->index(from, QueueModel::name));  // what was moved stays chosen
    refresh();
}

void QueuePage::remove() {
    const int at = current();
    if (at < 0 || workbench().readOnly()) return;
    const RunRecord run = model_->row(at).record;
    if (Status gone = RunQueue(workbench().workspace()).remove(run.id); !gone)
        return workbench().showError(gone.error());
    workbench().say(tr("“%1” was taken out of the queue").arg(qs(run.name)));
    refresh();
}

void QueuePage::change(const std::function<void(QueueSettings&)>& edit) {
    QueueSettings settings = settings_;
    edit(settings);
    if (Status kept = RunQueue(workbench().workspace()).set_settings(settings); !kept)
        return workbench().showError(kept.error());
    settings_ = settings;
    refresh();
}

}  // namespace gw::ui

#include "ui/widgets/run_picker.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <algorithm>

#include "compare/run_filter.h"
#include "ui/background.h"
#include "ui/models/compare_models.h"
#include "ui/models/run_table_model.h"
#include "ui/page.h"
#include "ui/plots/run_look.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {
constexpr int mostRuns = 50;
}

RunPicker::RunPicker(Workbench& workbench, const std::vector<std::string>& chosen, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Choose runs to compare"));
    resize(560, 520);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    filter_ = new QLineEdit;
    filter_->setPlaceholderText(tr("Filter, such as val<3.2 tag:good arch:transformer"));
    filter_->setClearButtonEnabled(true);
    filter_->setAccessibleName(tr("Filter of the runs"));
    problem_ = label({}, "problem");
    problem_->hide();
    list_ = new QListWidget;
    list_->setAccessibleName(tr("Runs"));
    list_->setUniformItemSizes(true);
    nothing_ = new QPushButton(tr("No run matches this filter: clear it"));
    nothing_->setProperty("look", QStringLiteral("small"));
    nothing_->setAutoDefault(false);
    nothing_->hide();
    connect(nothing_, &QPushButton::clicked, filter_, &QLineEdit::clear);
    count_ = label({}, "muted");
    auto* buttons = new QDialogButtonBox;
    take_ = buttons->addButton(tr("Compare"), QDialogButtonBox::AcceptRole);
    take_->setProperty("primary", true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    for (QWidget* widget :
         {static_cast<QWidget*>(filter_), static_cast<QWidget*>(problem_), static_cast<QWidget*>(list_),
          static_cast<QWidget*>(nothing_), static_cast<QWidget*>(count_), static_cast<QWidget*>(buttons)})
        column->addWidget(widget);
    connect(filter_, &QLineEdit::textChanged, this, &RunPicker::filter);
    connect(list_, &QListWidget::itemChanged, this, &RunPicker::count);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    count_->setText(tr("Reading the history…"));
    inBackground(
        this,
        [database = workbench.workspace().database()]() -> Result<std::vector<RunRecord>> {
            auto store = Store::open(database, Store::Mode::read_only);
            if (!store) return store.error();
            return store.value().runs();
        },
        [this, chosen](const Result<std::vector<RunRecord>>& runs) {
            if (runs) return fill(runs.value(), chosen);
            count_->setText(errorText(runs.error()));
        });
}

void RunPicker::fill(const std::vector<RunRecord>& runs, const std::vector<std::string>& chosen) {
    runs_ = runs;
    for (const RunRecord& run : runs_) {
        auto* item = new QListWidgetItem(
            tr("%1   %2, best %3").arg(qs(run.name), statusText(run.status), scoreText(run, run.best_score)));
        item->setData(Qt::UserRole, qs(run.id));
        item->setToolTip(plainTip(item->text()));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(std::find(chosen.begin(), chosen.end(), run.id) != chosen.end() ? Qt::Checked
                                                                                            : Qt::Unchecked);
        QPixmap dot(12, 12);
        dot.fill(runColor(run.number));
        item->setIcon(QIcon(dot));
        list_->addItem(item);
    }
    filter(filter_->text());
    count();
}

void RunPicker::filter(const QString& text) {
    std::vector<FilterProblem> problems;
    const gw::RunFilter wanted = gw::RunFilter::parse(ss(text), problems);
    problem_->setVisible(!problems.empty());
    if (!problems.empty()) problem_->setText(phraseText(problems.front().reason));
    bool any = false;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        const bool shown = wanted.accepts(runs_[i]);
        list_->item(static_cast<int>(i))->setHidden(!shown);
        any = any || shown;
    }
    nothing_->setVisible(!any && !runs_.empty());
}

void RunPicker::count() {
    const auto number = static_cast<int>(chosen().size());
    count_->setText(number > mostRuns ? tr("%1 chosen; at most %2 can be compared").arg(number).arg(mostRuns)
                                      : plural(number, tr("1 run chosen"), tr("%1 runs chosen")));
    take_->setEnabled(number >= 1 && number <= mostRuns);
}

std::vector<std::string> RunPicker::chosen() const {
    std::vector<std::string> out;
    for (int i = 0; i < list_->count(); ++i)
        if (list_->item(i)->checkState() == Qt::Checked)
            out.push_back(ss(list_->item(i)->data(Qt::UserRole).toString()));
    return out;
}

}  // namespace gw::ui

#include "ui/widgets/try/try_panel.h"

#include <QVBoxLayout>
#include <algorithm>

#include "data/dataset.h"
#include "spec/run_spec.h"
#include "ui/page.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/flow_layout.h"

namespace gw::ui {

namespace {

/// Of the pictures that a run is trained on, once that is known.
std::optional<PictureCopy> pictureShape(const RunRecord& run) {
    const Json input = run.facts.is_object() ? run.facts.value("input", Json()) : Json();
    if (!input.is_object() || !input.contains("image")) return std::nullopt;
    const auto image = input_facts_of(input).image;
    if (!image) return std::nullopt;
    PictureCopy shape;
    shape.channels = image->channels;
    shape.height = image->height;
    shape.width = image->width;
    return shape;
}

/// Of the rows of a table, or of the windows, that a run is trained on, likewise.
QStringList columnsOf(const RunRecord& run) {
    QStringList names;
    const InputFacts input = input_facts_of(run.facts.is_object() ? run.facts.value("input", Json()) : Json());
    if (input.table)
        for (const TableInput::Column& column : input.table->columns) names << qs(column.name);
    if (input.series)
        for (const std::string& name : input.series->columns) names << qs(name);
    return names;
}

}  // namespace

TryPanel::TryPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    none_ =
        label(tr("There is no checkpoint to try yet. A run saves them while it is trained; S saves one now."), "muted");
    none_->setWordWrap(true);
    none_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    outer->addWidget(none_);
    all_ = new QWidget;
    auto* column = new QVBoxLayout(all_);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new QWidget;
    auto* row = new FlowLayout(bar);
    checkpoint_ = new QComboBox;
    checkpoint_->setObjectName(QStringLiteral("try.checkpoint"));
    checkpoint_->setAccessibleName(tr("Checkpoint whose weights are used"));
    checkpoint_->setToolTip(checkpoint_->accessibleName());
    checkpoint_->setProperty("look", QStringLiteral("small"));
    checkpoint_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(checkpoint_);
    auto button = [&](const QString& text, const QString& tip) {
        auto* made = new QPushButton(text);
        made->setProperty("look", QStringLiteral("small"));
        made->setToolTip(tip);
        row->addWidget(made);
        return made;
    };
    finetune_ = button(tr("Fine-tune…"), tr("Begin a run from this checkpoint: on other data, or on the same"));
    export_ = button(tr("Export…"), tr("Write this checkpoint for other programs and machines"));
    exports_ = new ExportMenu(workbench, this);
    export_->setMenu(exports_);
    column->addWidget(bar);
    what_ = label({}, "muted");
    what_->setWordWrap(true);
    column->addWidget(what_);
    writing_ = new TryWriting;
    drawing_ = new TryDrawing(workbench);
    judging_ = new TryJudging;
    evaluation_ = new TryEvaluation(workbench);
    constexpr int nearlyAll = 100;  // texts take what room there is; the rest stands at the top
    column->addWidget(writing_, nearlyAll);
    column->addWidget(drawing_, nearlyAll);
    column->addWidget(judging_);
    column->addWidget(evaluation_);
    column->addStretch(1);
    outer->addWidget(all_, 1);
    connect(checkpoint_, &QComboBox::activated, this, [this] {
        byHand_ = true;
        choose();
    });
    connect(finetune_, &QPushButton::clicked, this,
            [this] { workbench_.beginFrom(checkpoint_->currentData().toString()); });
    setCheckpoints({});
}

void TryPanel::show(const RunDetails& details) {
    current_ = details.current;
    take(details.record);  // in any case: other words of the same run may have changed
    setCheckpoints(details.checkpoints);
}

void TryPanel::setRun(const RunRecord& run) {
    if (!run.id.empty() && !run.spec.is_object()) return;  // it is being read
    if (run.id == run_.id && run.facts.size() == run_.facts.size()) return;
    take(run);
}

void TryPanel::take(const RunRecord& run) {
    if (run.id != run_.id) byHand_ = false;
    run_ = run;
    const bool labels = learns_from_labels(run_), pictures = countsImages(run_), writes = is_language_model(run_),
               forecasts = unitOf(run_) == Unit::windows, rows = unitOf(run_) == Unit::rows,
               drawn = (pictures || rows) && run_.spec.is_object() && draws(run_.spec);
    writing_->setVisible(!labels && !pictures && !forecasts && !rows);
    drawing_->setVisible(drawn);
    judging_->setVisible(labels);
    writing_->setRun(run_, !writes);
    judging_->setRun(run_.id, pictures ? pictureShape(run_) : std::nullopt, columnsOf(run_), forecasts);
    drawing_->setRun(run_.id, rows);
    evaluation_->setRun(run_.id);
    what_->setVisible(!labels && !drawn && (pictures || forecasts || rows));
    what_->setText(
        forecasts ? tr("This model forecasts series: its forecasts of validation windows stand under Samples, and "
                       "`groundwork-cli forecast` writes what comes behind the end of any data. It can be scored on a "
                       "file, or trained on with other data.")
        : rows ? tr("This model was trained on rows of a table without labels: it neither writes nor judges. It can be "
                    "scored on a file, or fine-tuned on a table with a target.")
               : tr("This model was trained on pictures without labels: it neither writes nor judges. What it makes of "
                    "pictures stands under Samples and Looks. It can be scored on a file, or fine-tuned on labelled "
                    "data."));
}

void TryPanel::setCheckpoints(const std::vector<CheckpointRecord>& checkpoints) {
    // A save that is newer than what is known of the history is what the run stands for by now.
    if (!checkpoints_.empty() && !checkpoints.empty() && checkpoints.front().step > checkpoints_.front().step &&
        current_ == checkpoints_.front().path)
        current_ = checkpoints.front().path;
    const QString chosen = checkpoint_->currentData().toString();
    checkpoints_ = checkpoints;
    checkpoint_->clear();
    const bool ofAPart = scoresOfAPart(run_);
    for (const CheckpointRecord& one : checkpoints_) {
        QString text = tr("Step %1").arg(countText(one.step));
        if (one.best) text += QStringLiteral(" · ") + tr("best");
        if (one.score || one.validation_loss) text += QStringLiteral(" · ") + scoreText(one, ofAPart);
        checkpoint_->addItem(text, qs(one.path));
    }
    int at = byHand_ ? checkpoint_->findData(chosen) : -1;
    if (at < 0) {
        byHand_ = false;
        at = checkpoint_->findData(qs(current_));
    }
    if (!checkpoints_.empty()) checkpoint_->setCurrentIndex(std::max(0, at));
    none_->setVisible(checkpoints_.empty());
    all_->setVisible(!checkpoints_.empty());
    choose();
}

void TryPanel::choose() {
    const fs::path path = ss(checkpoint_->currentData().toString());
    const int at = checkpoint_->currentIndex();
    const bool any = at >= 0 && static_cast<std::size_t>(at) < checkpoints_.size();
    QString name;
    if (any) {
        const CheckpointRecord& one = checkpoints_[static_cast<std::size_t>(at)];
        name = (one.best ? tr("best") + QStringLiteral(" · ") : QString()) + tr("step %1").arg(countText(one.step));
        exports_->setCheckpoint(path, has_adapters(run_.spec),
                                tr("%1 step %2").arg(qs(run_.name), QString::number(one.step)));
    }
    writing_->setCheckpoint(path, name);
    judging_->setCheckpoint(path, name);
    drawing_->setCheckpoint(path, name);
    evaluation_->setCheckpoint(path, name);
}

void TryPanel::go() {
    if (checkpoints_.empty()) return;
    if (judging_->isVisible())
        judging_->predict();
    else if (drawing_->isVisible())
        drawing_->draw();
    else if (writing_->isVisible())
        writing_->generate();
}

}  // namespace gw::ui

#include "ui/widgets/run_tabs.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QScrollBar>

#include "schema/render.h"
#include "train/run_spec.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gw::ui {

namespace {

QPlainTextEdit* textView() {
    auto* view = new QPlainTextEdit;
    view->setReadOnly(true);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    constexpr int longest = 5000;
    view->setMaximumBlockCount(longest);
    return view;
}

}  // namespace

RunTabs::RunTabs(QWidget* parent) : QTabWidget(parent) {
    setDocumentMode(true);
    setUsesScrollButtons(false);
    samples_ = new QTextBrowser;
    samples_->setFrameShape(QFrame::NoFrame);
    samples_->setPlaceholderText(tr("What the model writes appears here, newest first."));
    log_ = textView();
    spec_ = textView();
    checkpoints_ = new QTableWidget(0, 5);
    checkpoints_->setHorizontalHeaderLabels({tr("Step"), tr("Validation"), tr("Kept as"), tr("Size"), tr("Saved")});
    checkpoints_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    checkpoints_->verticalHeader()->hide();
    checkpoints_->verticalHeader()->setDefaultSectionSize(32);
    checkpoints_->setShowGrid(false);
    checkpoints_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    checkpoints_->setSelectionBehavior(QAbstractItemView::SelectRows);
    addTab(samples_, tr("Samples"));
    addTab(log_, tr("Log"));
    addTab(spec_, tr("Spec"));
    addTab(checkpoints_, tr("Checkpoints"));
    connect(&Theme::instance(), &Theme::changed, this, &RunTabs::renderSamples);
}

void RunTabs::show(const RunDetails& details) {
    sampleList_ = details.samples;
    renderSamples();
    log_->setPlainText(QString::fromStdString(details.log).trimmed());
    log_->verticalScrollBar()->setValue(log_->verticalScrollBar()->maximum());
    showSpec(details.record.spec);
    setCheckpoints(details.checkpoints);
}

void RunTabs::renderSamples() {
    QString html;
    const Tokens& t = tokens();
    constexpr std::size_t shown = 100;
    std::size_t count = 0;
    for (auto it = sampleList_.rbegin(); it != sampleList_.rend() && count < shown; ++it, ++count) {
        QString text = qs(it->text), prompt = qs(it->prompt);
        const bool continues = !prompt.isEmpty() && text.startsWith(prompt);
        if (continues) text.remove(0, prompt.size());
        html += QStringLiteral("<p style='margin:8px 0 2px 0; color:%1; font-size:12px'>%2</p><p style='margin:0 0 8px 0; white-space:pre-wrap'>%3%4</p>")
                    .arg(t.muted.name(), tr("Step %1").arg(countText(it->step)),
                         continues ? QStringLiteral("<span style='color:%1'>%2</span>").arg(t.accent.name(), prompt.toHtmlEscaped()) : QString(),
                         text.toHtmlEscaped());
    }
    samples_->setHtml(html);
}

void RunTabs::addSample(const SampleRecord& sample) {
    sampleList_.push_back(sample);
    renderSamples();
}

void RunTabs::addEvent(const EventRecord& event) {
    log_->appendPlainText(QStringLiteral("%1 %2 %3").arg(qs(event.created), qs(event.kind), qs(event.text)));
}

void RunTabs::showSpec(const Json& spec) {
    QString text = tr("Changed from the defaults") + QStringLiteral("\n");
    Json defaults = default_spec();
    for (const Family& family : families()) {
        if (family.single || !spec.contains(family.id)) continue;
        if (const Sheet* sheet = find_sheet(family.id, spec[family.id].value("kind", ""))) defaults[family.id] = sheet->complete(Json::object());
    }
    for (const Family& family : families())
        if (!family.single && spec.contains(family.id)) text += QStringLiteral("  %1: %2\n").arg(qs(family.id), qs(spec[family.id].value("kind", "")));
    for (const SpecDifference& difference : diff_specs(defaults, spec))
        text += QStringLiteral("  %1 = %2\n").arg(qs(difference.path), qs(schema::value_text(difference.right)));
    text += QStringLiteral("\n") + tr("The whole spec") + QStringLiteral("\n") + qs(spec.dump(2));
    spec_->setPlainText(text);
}

void RunTabs::setCheckpoints(const std::vector<CheckpointRecord>& checkpoints) {
    checkpoints_->setRowCount(static_cast<int>(checkpoints.size()));
    int row = 0;
    for (const CheckpointRecord& checkpoint : checkpoints) {
        const QString cells[] = {countText(checkpoint.step), valueText(checkpoint.validation_loss), checkpoint.best ? tr("best") : tr("recent"),
                                 bytesText(static_cast<double>(checkpoint.bytes)), timeText(checkpoint.created)};
        for (int column = 0; column < 5; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(qs(checkpoint.path));
            if (column != 2) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            checkpoints_->setItem(row, column, item);
        }
        ++row;
    }
}

}  // namespace gw::ui

#include "ui/widgets/run/step_panel.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/flow_layout.h"
#include "workspace/models/look_at_step.h"

namespace gw::ui {

namespace {

/// From no colour (0 nats) to the warning colour (8 nats and more: one chance in 3,000).
QString ground(float loss) {
    constexpr float most = 8;
    QColor color = tokens().warn;
    const int alpha = static_cast<int>(110 * std::clamp(loss / most, 0.0F, 1.0F));
    const QColor base = tokens().surface;
    auto mix = [&](int a, int b) { return (a * alpha + b * (255 - alpha)) / 255; };
    color = QColor(mix(color.red(), base.red()), mix(color.green(), base.green()), mix(color.blue(), base.blue()));
    return color.name();
}

bool isJudged(const ShownSample& sample) {
    return !sample.truth.empty() || !sample.said.empty();
}

QString placeOf(const ShownSample& sample) {
    if (!sample.where.empty())
        return StepPanel::tr("Loss %1 · %2").arg(valueText(sample.loss), qs(sample.where).toHtmlEscaped());
    return isJudged(sample) || sample.picture
               ? StepPanel::tr("Loss %1 · number %2 of the data").arg(valueText(sample.loss), countText(sample.place))
               : StepPanel::tr("Loss %1 · from token %2 of the training part")
                     .arg(valueText(sample.loss), countText(sample.place));
}

/// What is true, and what the checkpoint says of it.
QString judgementOf(const ShownSample& sample, bool numbers) {
    if (!isJudged(sample)) return {};
    const QString truth = qs(sample.truth).toHtmlEscaped(), said = qs(sample.said).toHtmlEscaped();
    if (numbers) return QStringLiteral("<b>%1</b> · ").arg(StepPanel::tr("%1, said %2").arg(truth, said));
    if (!sample.wrong) return QStringLiteral("<b>%1</b> ✓ · ").arg(said);
    return QStringLiteral("<b>%1</b> <span style='color:%2'>✗ %3</span> · ")
        .arg(truth, tokens().bad.name(), StepPanel::tr("said: %1").arg(said));
}

constexpr std::size_t mostTexts = 32;  // pictures take less room

QString htmlOf(const StepView& view, bool numbers) {
    QString html;
    for (std::size_t i = 0; i < std::min(mostTexts, view.samples.size()); ++i) {
        const ShownSample& sample = view.samples[i];
        html += QStringLiteral(
                    "<p style='margin:10px 0 2px 0; color:%1; font-size:12px'>%2%3</p><p style='margin:0 0 8px 0; "
                    "white-space:pre-wrap'>")
                    .arg(tokens().muted.name(), judgementOf(sample, numbers), placeOf(sample));
        for (const ShownToken& token : sample.tokens) {
            if (token.separator) {
                html += QStringLiteral("<span style='color:%1'>¶</span><br>").arg(tokens().accent.name());
                continue;
            }
            const QString text = qs(token.text).toHtmlEscaped();
            QString style = token.counted ? QStringLiteral("background-color:%1;").arg(ground(token.loss)) : QString();
            if (token.masked) style += QStringLiteral("text-decoration:underline;");
            html += style.isEmpty() ? text : QStringLiteral("<span style='%1'>%2</span>").arg(style, text);
        }
        html += QStringLiteral("</p>");
    }
    return html;
}

/// The picture of a sample, with its second one to the right where it has one.
PictureCopy besideEachOther(const ShownSample& sample) {
    if (!sample.picture) return {};
    if (!sample.second || sample.second->height != sample.picture->height ||
        sample.second->channels != sample.picture->channels)
        return *sample.picture;
    constexpr std::int64_t gap = 2;  // pixels
    const PictureCopy &first = *sample.picture, &second = *sample.second;
    PictureCopy out;
    out.channels = first.channels;
    out.height = first.height;
    out.width = first.width + gap + second.width;
    out.pixels.assign(static_cast<std::size_t>(out.channels * out.height * out.width), 255);
    const auto copy = [&](const PictureCopy& from, std::int64_t left) {
        for (std::int64_t row = 0; row < from.channels * from.height; ++row)
            std::copy_n(from.pixels.begin() + row * from.width, from.width,
                        out.pixels.begin() + row * out.width + left);
    };
    copy(first, 0);
    copy(second, first.width + gap);
    return out;
}

}  // namespace

StepPanel::StepPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new QWidget;
    auto* row = new FlowLayout(bar);
    row->addWidget(label(tr("Step"), "muted"));
    step_ = new QSpinBox;
    step_->setAccessibleName(tr("Step whose samples are shown"));
    step_->setRange(1, 1);
    step_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    step_->setMinimumWidth(90);
    button_ = new QPushButton(tr("Show its samples"));
    button_->setProperty("look", QStringLiteral("small"));
    row->addWidget(step_);
    row->addWidget(button_);
    replayButton_ = new QPushButton(tr("Replay this step"));
    replayButton_->setProperty("look", QStringLiteral("small"));
    replayButton_->setToolTip(
        tr("Train on from the checkpoint before to this step, and show layer by layer what it "
           "does: the first that is not finite, if there is one"));
    connect(replayButton_, &QPushButton::clicked, this,
            [this] { replaying_ ? (void)stop_.request_stop() : run(step_->value()); });
    row->addWidget(replayButton_);
    auto* begin = new QPushButton(tr("Begin from here…"));
    begin->setProperty("look", QStringLiteral("small"));
    begin->setToolTip(tr("Fine-tune or continue from the checkpoint nearest to this step"));
    connect(begin, &QPushButton::clicked, this, [this] {
        if (!run_.empty()) workbench_.beginFromRun(run_, step_->value());
    });
    row->addWidget(begin);
    column->addWidget(bar);
    state_ = label(tr("Click a point on a curve to see the samples of that step, the hardest first."), "muted");
    state_->setWordWrap(true);
    column->addWidget(state_);
    replayText_ = new QPlainTextEdit;
    replayText_->setReadOnly(true);
    replayText_->setFrameShape(QFrame::NoFrame);
    replayText_->setLineWrapMode(QPlainTextEdit::NoWrap);
    replayText_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    replayText_->setAccessibleName(tr("The step layer by layer"));
    replayText_->hide();
    column->addWidget(replayText_, 1);
    view_ = new QTextBrowser;
    view_->setFrameShape(QFrame::NoFrame);
    view_->setAccessibleName(tr("Samples of the step"));
    column->addWidget(view_, 1);
    pictures_ = new PictureStrip(tr("Pictures of the step, with what is true and what the checkpoint says"));
    pictures_->setFrameShape(QFrame::NoFrame);
    pictures_->hide();
    column->addWidget(pictures_, 1);
    connect(button_, &QPushButton::clicked, this, [this] { reading_ ? (void)stop_.request_stop() : read(); });
    connect(step_, &QSpinBox::editingFinished, this, [this] {
        if (step_->hasFocus()) read();
    });
}

void StepPanel::setRun(const std::string& run, std::int64_t steps) {
    if (run != run_) {
        stop_.request_stop();
        clear();
        replayText_->clear();
        replayText_->hide();
        state_->setText(tr("Click a point on a curve to see the samples of that step, the hardest first."));
    }
    run_ = run;
    step_->setRange(1, static_cast<int>(std::clamp<std::int64_t>(steps, 1, 2000000000)));
}

void StepPanel::showStep(std::int64_t step) {
    step_->setValue(static_cast<int>(std::clamp<std::int64_t>(step, 1, step_->maximum())));
    read();
}

void StepPanel::replayStep(std::int64_t step) {
    // A step that ended its run stands behind those that were made.
    if (step > step_->maximum()) step_->setMaximum(static_cast<int>(std::min<std::int64_t>(step, 2000000000)));
    step_->setValue(static_cast<int>(std::clamp<std::int64_t>(step, 1, step_->maximum())));
    run(step_->value());
}

void StepPanel::run(std::int64_t step) {
    if (run_.empty() || reading_ || replaying_) return;
    replaying_ = true;
    button_->setEnabled(false);
    stop_ = std::stop_source();
    replayButton_->setText(tr("Cancel"));
    state_->setText(tr("Training on from the checkpoint before to step %1…").arg(countText(step)));
    inBackground(
        this,
        [workspace = workbench_.workspace(), run = run_, step, stop = stop_.get_token()] {
            return replay_of_step(workspace, run, step, {}, stop);
        },
        [this, run = run_](const Result<StepReplay>& found) {
            replaying_ = false;
            button_->setEnabled(true);
            replayButton_->setText(tr("Replay this step"));
            if (run != run_) return;
            if (!found)
                return state_->setText(found.error().code == Error::Code::cancelled ? tr("Cancelled")
                                                                                    : errorText(found.error()));
            showReplay(found.value());
            if (step_->value() == found.value().step) read();
        });
}

/// Its values are names and numbers, which are no sentences to be looked up.
static QString replayLine(const Phrase& phrase) {
    QString text = QCoreApplication::translate("Core", phrase.form.c_str());
    for (std::size_t i = 0; i < phrase.values.size(); ++i)
        text.replace(QStringLiteral("%%1").arg(i + 1), qs(phrase.values[i]));
    return text;
}

void StepPanel::showReplay(const StepReplay& replay) {
    QString text;
    for (const ReplayLine& line : lines_of(replay))
        text += (line.inner ? QStringLiteral("  ") : QString()) + replayLine(line.text) + QLatin1Char('\n');
    replayText_->setPlainText(text);
    replayText_->show();
}

void StepPanel::read() {
    if (run_.empty() || reading_ || replaying_) return;
    reading_ = true;
    replayButton_->setEnabled(false);
    stop_ = std::stop_source();
    button_->setText(tr("Cancel"));
    state_->setText(tr("Reading the data and scoring the samples of step %1…").arg(countText(step_->value())));
    struct Found {
        Result<StepView> view;
        bool numbers = false;
    };
    inBackground(
        this,
        [workspace = workbench_.workspace(), run = run_, step = step_->value(), stop = stop_.get_token()]() -> Found {
            const auto store = workspace.store(Store::Mode::read_only);
            const auto record = store ? store.value().run(run) : Result<RunRecord>(store.error());
            return {look_at_step(workspace, run, step, {}, stop),
                    record && isLabelled(record.value().spec.value("dataset", Json()), "number")};
        },
        [this, run = run_](const Found& found) {
            const Result<StepView>& view = found.view;
            reading_ = false;
            replayButton_->setEnabled(true);
            button_->setText(tr("Show its samples"));
            if (run != run_) return;
            if (!view) {
                clear();
                return state_->setText(view.error().code == Error::Code::cancelled ? tr("Cancelled")
                                                                                   : errorText(view.error()));
            }
            showView(view.value(), found.numbers);
        });
}

void StepPanel::clear() {
    view_->clear();
    pictures_->setEntries({});
}

void StepPanel::showView(const StepView& view, bool numbers) {
    const auto& samples = view.samples;
    const auto any = [&](auto holds) { return std::any_of(samples.begin(), samples.end(), holds); };
    const bool ofPictures = any([](const ShownSample&sample) { return sample.picture.has_value(); }),
               judged = any(isJudged);
    const QString counted = tr("%1 samples of step %2, the hardest first, scored with the weights of step %3.")
                                .arg(samples.size())
                                .arg(countText(view.step), countText(view.checkpoint_step));
    state_->setText(judged || ofPictures
                        ? counted
                        : counted + QLatin1Char(' ') + tr("The darker the ground, the more a token cost."));
    clear();
    view_->setVisible(!ofPictures);
    pictures_->setVisible(ofPictures);
    if (!ofPictures) return view_->setHtml(htmlOf(view, numbers));
    std::vector<PictureStrip::Entry> entries;
    for (const ShownSample& sample : samples) {
        PictureStrip::Entry entry{besideEachOther(sample), qs(sample.truth)};
        entry.said = qs(sample.guess);  // how sure it is stands in the tip
        entry.wrong = sample.wrong;
        entry.tip = placeOf(sample) + QLatin1Char('\n') + StepPanel::tr("said: %1").arg(qs(sample.said));
        entries.push_back(std::move(entry));
    }
    pictures_->setEntries(entries);
}

}  // namespace gw::ui

#include "ui/widgets/run/samples_view.h"

#include <QFileInfo>
#include <QImageReader>
#include <QResizeEvent>
#include <QScrollBar>
#include <QUrl>
#include <algorithm>

#include "artifact/run_files.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"

namespace gw::ui {

SamplesView::SamplesView(QWidget* parent) : QTextBrowser(parent) {
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Samples"));
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &SamplesView::render);
    connect(&Theme::instance(), &Theme::changed, this, [this] { renderSoon(); });
}

void SamplesView::setRun(const RunRecord& run, std::vector<SampleRecord> samples) {
    const bool other = run.id != run_.id;
    run_ = run;
    samples_ = std::move(samples);
    setPlaceholderText(countsImages(run_) ? tr("What the model draws appears here; of one that draws nothing, see the "
                                               "tab Looks.")
                                          : tr("What the model writes appears here, newest first."));
    render();
    if (other) verticalScrollBar()->setValue(0);
}

void SamplesView::add(const SampleRecord& sample) {
    constexpr int patience = 10;
    samples_.push_back(sample);
    waits_ = patience;
    renderSoon();
}

void SamplesView::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    constexpr int settled = 100;  // milliseconds without another change
    if (anyPicture_ && isVisible() && event->size().width() != event->oldSize().width()) renderSoon(settled);
}

void SamplesView::showEvent(QShowEvent* event) {
    QTextBrowser::showEvent(event);
    if (anyPicture_) renderSoon();  // its width may be another than when it was last seen
}

void SamplesView::renderSoon(int milliseconds) {
    soon_.start(milliseconds);
}

QString SamplesView::pictureOf(const SampleRecord& sample) const {
    // Rows of a table are drawn as words and as points; what is asked of labelled ones is no name of a picture.
    const bool draws = countsImages(run_) || (unitOf(run_) == Unit::rows && !learns_from_labels(run_));
    return draws ? qs(run_files::sample_picture(run_.path, sample.step, sample.prompt).string()) : QString();
}

void SamplesView::render() {
    const std::size_t shown = countsImages(run_) ? 30 : 100;  // sheets are decoded as they are laid out
    constexpr int margins = 12, soon = 500;                   // pixels of the document, on both sides; milliseconds
    const Tokens& t = tokens();
    const QString head = QStringLiteral("<p style=\"margin:8px 0 2px 0; color:%1; font-size:12px\">%2</p>");
    QString html;
    bool missing = false;
    std::size_t count = 0;
    anyPicture_ = false;
    for (auto it = samples_.rbegin(); it != samples_.rend() && count < shown; ++it, ++count) {
        const QString step = tr("Step %1").arg(countText(it->step));
        if (const QString picture = pictureOf(*it); !picture.isEmpty()) {
            anyPicture_ = true;
            const QString caption = messageText(it->text).toHtmlEscaped();
            html += head.arg(t.muted.name(), step + QStringLiteral(" · ") + caption);
            if (!QFileInfo::exists(picture)) {  // whoever keeps the record may still be writing it
                missing = true;
                continue;
            }
            const int room = std::max(1, viewport()->width() - margins);
            html += QStringLiteral("<p style=\"margin:0 0 8px 0\"><img src=\"%1\" alt=\"%2\" width=\"%3\"></p>")
                        .arg(QUrl::fromLocalFile(picture).toString(QUrl::FullyEncoded).toHtmlEscaped(), caption,
                             QString::number(std::min(room, QImageReader(picture).size().width())));
            continue;
        }
        QString text = qs(it->text), prompt = qs(it->prompt);
        const bool continues = !prompt.isEmpty() && text.startsWith(prompt);
        if (continues)
            text.remove(0, prompt.size());
        else if (!prompt.isEmpty())
            text.prepend(QStringLiteral("\n→ "));  // an answer to the prompt
        html +=
            head.arg(t.muted.name(), step) +
            QStringLiteral("<p style=\"margin:0 0 8px 0; white-space:pre-wrap\">%1%2</p>")
                .arg(QStringLiteral("<span style=\"color:%1\">%2</span>").arg(t.accent.name(), prompt.toHtmlEscaped()),
                     text.toHtmlEscaped());
    }
    const int scrolled = verticalScrollBar()->value();
    setHtml(html);
    verticalScrollBar()->setValue(scrolled);
    if (missing && waits_-- > 0) renderSoon(soon);
}

}  // namespace gw::ui

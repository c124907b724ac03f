#include "ui/widgets/curation/curation_view.h"

#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/compare_models.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

QString stepTitle(const CurationReport::Step& step) {
    return sheetText(find_kind(curation_kinds(), step.section.at("kind"))->card.title);
}

QTableWidget* reportTable(const QString& name, const QStringList& titles) {
    auto* table = new QTableWidget(0, static_cast<int>(titles.size()));
    table->setAccessibleName(name);
    table->setHorizontalHeaderLabels(titles);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->hide();
    return table;
}

void fitHeight(QTableWidget& table) {
    constexpr int rowHeight = 26, frame = 4;
    table.verticalHeader()->setDefaultSectionSize(rowHeight);
    table.setFixedHeight(table.horizontalHeader()->sizeHint().height() + table.rowCount() * rowHeight + frame +
                         table.style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    table.setVisible(table.rowCount() > 0);
}

/// How often each length is, as a row of blocks from the shortest to the longest.
QString lengthBlocks(const std::vector<std::int64_t>& lengths) {
    static const QString blocks = QStringLiteral("▁▂▃▄▅▆▇█");
    const auto first = std::find_if(lengths.begin(), lengths.end(), [](std::int64_t n) { return n > 0; });
    if (first == lengths.end()) return {};
    const std::int64_t most = *std::max_element(lengths.begin(), lengths.end());
    QString out;
    for (auto it = first; it != lengths.end(); ++it)
        out += *it == 0 ? QChar(u' ') : blocks[static_cast<qsizetype>(std::min<std::int64_t>(7, *it * 8 / (most + 1)))];
    const auto from = first - lengths.begin();
    const std::int64_t least = from == 0 ? 0 : std::int64_t{1} << (from - 1);
    return CurationView::tr("%1 from %2 to %3 characters, each block twice as long as the one before")
        .arg(out, countText(least), countText((std::int64_t{1} << (lengths.size() - 1)) - 1));
}

QString placeText(const FilePlace& place) {
    return qs(place_text(place));
}

}  // namespace

CurationView::CurationView(bool steps, QWidget* parent) : QWidget(parent), withSteps_(steps) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto richLabel = [&] {
        QLabel* made = label({});
        made->setWordWrap(true);
        made->setTextFormat(Qt::RichText);
        made->setTextInteractionFlags(Qt::TextSelectableByMouse);
        column->addWidget(made);
        return made;
    };
    facts_ = richLabel();
    steps_ = reportTable(tr("What each step does"),
                         {tr("Step"), tr("Given"), tr("Changed"), tr("Dropped"), tr("Left"), tr("Text left")});
    column->addWidget(steps_);
    reasons_ = richLabel();
    samples_ = reportTable(tr("Documents before and after"), {tr("Place"), tr("Text"), tr("What becomes of it")});
    samples_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Fixed);
    column->addWidget(samples_);
    clear();
}

void CurationView::clear() {
    for (QTableWidget* table : {steps_, samples_}) {
        table->setRowCount(0);
        table->hide();
    }
    facts_->clear();
    reasons_->clear();
    for (QLabel* one : {facts_, reasons_}) one->hide();
}

void CurationView::setReport(const CurationReport& report) {
    facts_->setText(factsHtml(report));
    facts_->show();
    if (withSteps_) {
        showSteps(report);
        reasons_->setText(reasonsHtml(report));
        reasons_->setVisible(!reasons_->text().isEmpty());
    }
    showSamples(report);
}

QString CurationView::factsHtml(const CurationReport& report) const {
    QString html = QStringLiteral("<table cellspacing=0 cellpadding=1>");
    auto line = [&](const QString& name, const QString& value) {
        if (value.isEmpty()) return;
        html += QStringLiteral("<tr><td style='color:%1'>%2&nbsp;&nbsp;</td><td>%3</td></tr>")
                    .arg(tokens().muted.name(), name, value.toHtmlEscaped());
    };
    line(tr("Documents"), tr("%1 in %2, %3 of text")
                              .arg(countText(report.documents), plural(report.read.files, tr("1 file"), tr("%1 files")),
                                   bytesText(static_cast<double>(report.bytes))));
    for (const ReadReport::Passed& passed : report.read.passed)
        line(tr("Passed over"),
             QStringLiteral("%1 × %2 (%3)")
                 .arg(countText(passed.count), messageText(passed.why), placeText(passed.first.front())));
    if (withSteps_) return html + QStringLiteral("</table>");
    line(tr("Lengths"), lengthBlocks(report.lengths));
    line(tr("Not UTF-8"), report.not_utf8 > 0 ? plural(report.not_utf8, tr("1 document"), tr("%1 documents"))
                                              : tr("none: all of it is UTF-8"));
    for (const CurationReport::Step& step : report.steps) {
        constexpr std::size_t most = 6;
        QStringList found;
        for (std::size_t i = 0; i < std::min(most, step.found.size()); ++i)
            found << QStringLiteral("%1: %2").arg(phraseText(step.found[i].first), countText(step.found[i].second));
        if (step.dropped > 0)
            found << tr("%1 of %2 would be dropped").arg(countText(step.dropped), countText(step.given));
        line(stepTitle(step), found.isEmpty() ? tr("nothing found") : found.join(QStringLiteral(", ")));
    }
    return html + QStringLiteral("</table>");
}

QString CurationView::reasonsHtml(const CurationReport& report) const {
    QString html;
    for (const CurationReport::Step& step : report.steps) {
        QStringList lines;
        for (const auto& [why, count] : step.reasons)
            lines << tr("dropped %1: %2").arg(countText(count), phraseText(why)).toHtmlEscaped();
        for (const auto& [what, count] : step.found)
            lines << QStringLiteral("%1: %2").arg(phraseText(what), countText(count)).toHtmlEscaped();
        for (const CurationReport::Example& example : step.examples)
            lines << QStringLiteral("<span style='color:%1'>%2: %3 · %4</span>")
                         .arg(tokens().muted.name(), placeText(example.place).toHtmlEscaped(),
                              phraseText(example.why).toHtmlEscaped(),
                              qs(example.text).simplified().left(100).toHtmlEscaped());
        if (!lines.isEmpty())
            html += QStringLiteral("<p style='margin:4px 0'><b>%1</b><br>%2</p>")
                        .arg(stepTitle(step).toHtmlEscaped(), lines.join(QStringLiteral("<br>")));
    }
    return html;
}

void CurationView::showSteps(const CurationReport& report) {
    steps_->setRowCount(static_cast<int>(report.steps.size()));
    for (int row = 0; row < steps_->rowCount(); ++row) {
        const CurationReport::Step& step = report.steps[static_cast<std::size_t>(row)];
        const QString cells[] = {stepTitle(step),         countText(step.given),
                                 countText(step.changed), countText(step.dropped),
                                 countText(step.left),    bytesText(static_cast<double>(step.left_bytes))};
        for (int column = 0; column < steps_->columnCount(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            steps_->setItem(row, column, item);
        }
    }
    fitHeight(*steps_);
}

void CurationView::showSamples(const CurationReport& report) {
    samples_->setRowCount(static_cast<int>(report.samples.size()));
    constexpr int textWidth = 420;
    for (int row = 0; row < samples_->rowCount(); ++row) {
        const CurationReport::Sample& sample = report.samples[static_cast<std::size_t>(row)];
        const QString after = sample.why                      ? tr("dropped: %1").arg(phraseText(*sample.why))
                              : sample.after == sample.before ? tr("stays as it is")
                                                              : qs(sample.after).simplified();
        const QString cells[] = {placeText(sample.place), qs(sample.before).simplified(), after};
        const QString tips[] = {cells[0], qs(sample.before), sample.why ? after : qs(sample.after)};
        for (int column = 0; column < samples_->columnCount(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(plainTip(tips[column]));
            samples_->setItem(row, column, item);
        }
    }
    samples_->setColumnWidth(1, textWidth);
    fitHeight(*samples_);
}

}  // namespace gw::ui

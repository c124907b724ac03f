#include "ui/widgets/findings_panel.h"

#include <QSettings>

#include "ui/models/compare_models.h"
#include "ui/text.h"
#include "ui/theme.h"

namespace gw::ui {

namespace {

/// Grams of CO2 for a kilowatt hour of the world's electricity in 2024 (IEA, Electricity 2025); the settings may name another grid.
constexpr double worldGrams = 445;

}  // namespace

FindingsPanel::FindingsPanel(QWidget* parent) : QTextBrowser(parent) {
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Findings"));
    setOpenLinks(false);
    connect(this, &QTextBrowser::anchorClicked, this, &FindingsPanel::seenWanted);
    connect(&Theme::instance(), &Theme::changed, this, &FindingsPanel::render);
}

void FindingsPanel::show(const RunDetails& details) {
    findings_ = details.findings;
    kwh_ = details.kwh;
    watts_ = details.watts;
    alerts_.clear();
    seen_ = static_cast<int>(details.alertsSeen);
    early_.clear();
    for (const EventRecord& event : details.events) {
        if (event.kind == "alert") alerts_.push_back(event);
        if (event.kind == "early_stop") early_ += (early_.isEmpty() ? QString() : QStringLiteral(". ")) + qs(event.text);
    }
    render();
}

void FindingsPanel::addAlert(const EventRecord& event) {
    alerts_.push_back(event);
    render();
}

void FindingsPanel::setAllSeen() {
    seen_ = static_cast<int>(alerts_.size());
    render();
}

void FindingsPanel::render() {
    const Tokens& t = tokens();
    QString html;
    auto heading = [&](const QString& text) { html += QStringLiteral("<p style='margin:12px 0 4px 0; font-weight:600'>%1</p>").arg(text); };
    heading(tr("What the curves say"));
    if (findings_.empty()) html += QStringLiteral("<p style='color:%1'>%2</p>").arg(t.muted.name(), tr("There are no curves yet."));
    for (const Finding& finding : findings_) {
        const QColor color = finding.tone == Finding::Tone::good ? t.good : finding.tone == Finding::Tone::warning ? t.warn : t.muted;
        html += QStringLiteral("<p style='margin:4px 0'><span style='color:%1'>●</span> %2").arg(color.name(), phraseText(finding.what).toHtmlEscaped());
        if (!finding.advice.form.empty()) html += QStringLiteral("<br><span style='color:%1'>%2</span>").arg(t.muted.name(), phraseText(finding.advice).toHtmlEscaped());
        html += QStringLiteral("</p>");
    }
    if (!early_.isEmpty()) html += QStringLiteral("<p>%1</p>").arg(early_.toHtmlEscaped());
    heading(tr("Alerts"));
    if (alerts_.empty()) html += QStringLiteral("<p style='color:%1'>%2</p>").arg(t.muted.name(), tr("None."));
    if (newAlerts() > 0) html += QStringLiteral("<p style='margin:4px 0'><a style='color:%1' href='seen'>%2</a></p>").arg(t.accent.name(), tr("Mark as seen"));
    for (std::size_t i = alerts_.size(); i-- > 0;) {
        const bool seen = static_cast<int>(i) < seen_;
        html += QStringLiteral("<p style='margin:4px 0'><span style='color:%1'>%2</span> <span style='color:%3'>%4</span> <span style='color:%5'>%6</span></p>")
                    .arg((seen ? t.muted : t.warn).name(), seen ? QStringLiteral("△") : QStringLiteral("▲"), t.muted.name(),
                         tr("Step %1").arg(countText(alerts_[i].step)), (seen ? t.muted : t.text).name(), qs(alerts_[i].text).toHtmlEscaped());
    }
    heading(tr("Energy"));
    if (kwh_) {
        const double grams = QSettings().value(QStringLiteral("gramsPerKwh"), worldGrams).toDouble();
        html += QStringLiteral("<p>%1<br><span style='color:%2'>%3</span></p>")
                    .arg(tr("%1 kWh, about %2 g of CO₂").arg(valueText(*kwh_, 3), valueText(*kwh_ * grams, 3)), t.muted.name(),
                         tr("Of the whole processor and GPU while the run was trained, at %1 g for a kWh.").arg(grams));
        if (watts_) html += QStringLiteral("<p style='color:%1'>%2</p>").arg(t.muted.name(), tr("%1 W now").arg(valueText(*watts_, 3)));
    } else {
        html += QStringLiteral("<p style='color:%1'>%2</p>").arg(t.muted.name(), tr("Not measured: this machine does not tell what it draws (RAPL and NVML cannot be read)."));
    }
    setHtml(html);
}

}  // namespace gw::ui

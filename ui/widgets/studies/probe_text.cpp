#include "ui/widgets/studies/probe_text.h"

#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/studies/finetune_panel.h"

namespace gw::ui {

QString verdictHtml(const Result<ProbeReport>& found) {
    if (!found)
        return found.error().code == Error::Code::cancelled ? FinetunePanel::tr("Cancelled") : errorHtml(found.error());
    const ProbeReport& r = found.value();
    const bool helps = r.verdict == ProbeReport::Verdict::helps, harms = r.verdict == ProbeReport::Verdict::harms;
    const QString head =
        helps   ? FinetunePanel::tr("Worth beginning from")
        : harms ? FinetunePanel::tr("Negative transfer is likely: begin from scratch or from another checkpoint")
                : FinetunePanel::tr("No clear gain; training all weights may still help");
    const QColor color = helps ? tokens().good : harms ? tokens().bad : tokens().warn;
    QString text = QStringLiteral(
                       "<b style='color:%1'>%2</b><table cellpadding=3><tr><td></td><td align=right>%3</td><td "
                       "align=right>%4</td><td "
                       "align=right>LogME</td></tr>")
                       .arg(color.name(), head, FinetunePanel::tr("k-NN"), FinetunePanel::tr("Linear"));
    for (const auto& [name, s] : {std::pair{FinetunePanel::tr("Features of the checkpoint"), r.trained},
                                  {FinetunePanel::tr("The same with random weights"), r.untrained}})
        text +=
            QStringLiteral("<tr><td>%1</td><td align=right>%2</td><td align=right>%3</td><td align=right>%4</td></tr>")
                .arg(name, valueText(s.knn, 3), valueText(s.linear, 3), valueText(s.log_evidence, 3));
    text += QStringLiteral("</table><span style='color:%1'>").arg(tokens().muted.name());
    text += FinetunePanel::tr("Guessing alone reaches %1. Learnt from %2 examples, evaluated on %3, noise ± %4, in %5.")
                .arg(valueText(r.baseline, 3), countText(r.train_examples), countText(r.judged_examples),
                     valueText(r.noise, 2), secondsText(r.seconds));
    return text + QStringLiteral("</span>");
}

}  // namespace gw::ui

#include "ui/widgets/notice_bar.h"

#include <QPushButton>
#include <QStyle>
#include <algorithm>

#include "ui/page.h"
#include "ui/texts/notice_text.h"

namespace gw::ui {

namespace {

/// Enough to understand; the findings have the rest.
QString beginning(const QString& text) {
    constexpr qsizetype longest = 220;
    const QString line = text.section(QLatin1Char('\n'), 0, 0);
    return line.size() > longest ? line.left(longest) + QStringLiteral("…") : line;
}

}  // namespace

NoticeBar::NoticeBar(QWidget* parent) : QFrame(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(8);
    words_ = label({});
    words_->setObjectName(QStringLiteral("notices.words"));
    words_->setWordWrap(true);
    words_->setTextFormat(Qt::RichText);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(words_, 1);
    auto button = [&](const QString& text, const QString& tip, const char* name, auto signal) {
        auto* made = new QPushButton(text);
        made->setObjectName(QLatin1String(name));
        made->setProperty("look", QStringLiteral("small"));
        made->setToolTip(tip);
        connect(made, &QPushButton::clicked, this, signal);
        row->addWidget(made, 0, Qt::AlignTop);
        return made;
    };
    button(tr("Show"), tr("All of them, under Findings"), "notices.show", &NoticeBar::findingsWanted);
    seen_ = button(tr("Mark as seen"), tr("Take this bar away; they stay under Findings"), "notices.seen",
                   &NoticeBar::seenWanted);
    hide();
}

void NoticeBar::show(const std::vector<Notice>& notices) {
    setVisible(!notices.empty());
    if (notices.empty()) return;
    const bool grave = isGrave(notices.front());
    const QString look = grave ? QStringLiteral("alarm") : QStringLiteral("notice");
    if (property("look").toString() != look) {
        setProperty("look", look);
        style()->unpolish(this);
        style()->polish(this);
    }
    constexpr std::size_t inWords = 2;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(inWords, notices.size()); ++i)
        lines << QStringLiteral("<b>%1:</b> %2")
                     .arg(noticeWord(notices[i].kind), beginning(noticeText(notices[i])).toHtmlEscaped());
    if (notices.size() > inWords)
        lines << tr("and %1")
                     .arg(noticeCounts(
                         std::vector<Notice>(notices.begin() + static_cast<std::ptrdiff_t>(inWords), notices.end())))
                     .toHtmlEscaped();
    words_->setText(lines.join(QStringLiteral("<br>")));
}

}  // namespace gw::ui

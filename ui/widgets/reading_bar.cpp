#include "ui/widgets/reading_bar.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/widgets/flow_layout.h"

namespace gw::ui {

namespace {

/// A method that is at work is told by the title of its kind; other phases begin with a small letter.
bool isTitle(const std::string& phase) {
    return !phase.empty() && phase.front() >= 'A' && phase.front() <= 'Z';
}

}  // namespace

ReadingBar::ReadingBar(const QString& cancelTip, QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new QWidget;
    row_ = new FlowLayout(bar);
    column->addWidget(bar);
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    column->addWidget(state_);
    cancel_ = addButton(tr("Cancel"), cancelTip);
    cancel_->hide();
    connect(cancel_, &QPushButton::clicked, this, [this] { stop_.request_stop(); });
}

void ReadingBar::add(QWidget* widget) {
    row_->insertWidget(row_->count() - 1, widget);
    setTabOrder(widget, cancel_);
}

QPushButton* ReadingBar::addButton(const QString& text, const QString& tip) {
    auto* button = new QPushButton(text);
    button->setProperty("look", QStringLiteral("small"));
    button->setToolTip(tip);
    cancel_ ? add(button) : row_->addWidget(button);
    return button;
}

void ReadingBar::begin(const QString& what) {
    busy_ = true;
    stop_ = std::stop_source();
    say(what);
    cancel_->show();
}

void ReadingBar::end() {
    busy_ = false;
    cancel_->hide();
}

void ReadingBar::drop() {
    stop_.request_stop();
    stop_ = std::stop_source();
    end();
}

ProgressFn ReadingBar::told() {
    return progressInWindow(this, stop_.get_token(), [this](const std::string& phase, double done) {
        if (!busy_) return;
        constexpr double percent = 100;
        const QString share = done >= 0 ? tr(" · %1 %").arg(static_cast<int>(percent * done)) : QString();
        say((phase == "reading features"                     ? tr("Reading the features")
             : phase == "placing by neighbours"              ? tr("Placing the rows")
             : phase == "sorting rows into clusters"         ? tr("Sorting the rows into clusters")
             : phase == "measuring distances"                ? tr("Measuring how far the rows stand apart")
             : phase == "looking for independent components" ? tr("Looking for independent components")
             : phase == "drawing"                            ? tr("Drawing")
             : isTitle(phase)                                ? QCoreApplication::translate("Core", phase.c_str())
                                                             : tr("Reading the data")) +
            share);
    });
}

void ReadingBar::sayWhy(const Error& error) {
    say(error.code == Error::Code::cancelled ? tr("Cancelled") : errorText(error));
}

}  // namespace gw::ui

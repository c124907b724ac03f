#include "ui/widgets/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace gw::ui {

CommandPalette::CommandPalette(std::vector<Command> commands, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint), commands_(std::move(commands)) {
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("look", QStringLiteral("palette"));
    resize(560, 400);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    field_ = new QLineEdit;
    field_->setPlaceholderText(tr("What should be done? Type some letters"));
    field_->setAccessibleName(tr("Command"));
    field_->installEventFilter(this);
    list_ = new QListWidget;
    list_->setAccessibleName(tr("Commands"));
    list_->setUniformItemSizes(true);
    list_->setFocusPolicy(Qt::NoFocus);
    column->addWidget(field_);
    column->addWidget(list_, 1);
    connect(field_, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(field_, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter();
    field_->setFocus();
}

int CommandPalette::fit(const QString& title, const QString& word) {
    const QString text = title.toLower(), letters = word.toLower().simplified();
    if (letters.isEmpty()) return 0;
    if (const auto whole = text.indexOf(letters); whole >= 0) return static_cast<int>(whole);
    qsizetype at = 0;
    int gaps = 1000;  // behind all that hold the word as it is
    for (const QChar letter : letters) {
        if (letter.isSpace()) continue;
        const auto next = text.indexOf(letter, at);
        if (next < 0) return -1;
        gaps += static_cast<int>(next - at);
        at = next + 1;
    }
    return gaps;
}

void CommandPalette::filter() {
    std::vector<std::pair<int, std::size_t>> fits;
    for (std::size_t i = 0; i < commands_.size(); ++i)
        if (const int how = fit(commands_[i].title, field_->text()); how >= 0) fits.emplace_back(how, i);
    std::stable_sort(fits.begin(), fits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    list_->clear();
    for (const auto& [how, index] : fits) {
        auto* item =
            new QListWidgetItem(commands_[index].hint.isEmpty()
                                    ? commands_[index].title
                                    : commands_[index].title + QStringLiteral("   ·   ") + commands_[index].hint);
        item->setData(Qt::UserRole, static_cast<int>(index));
        list_->addItem(item);
    }
    list_->setCurrentRow(0);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        const int by = key == Qt::Key_Down       ? 1
                       : key == Qt::Key_Up       ? -1
                       : key == Qt::Key_PageDown ? 8
                       : key == Qt::Key_PageUp   ? -8
                                                 : 0;
        if (by != 0 && list_->count() > 0) {
            list_->setCurrentRow(std::clamp(list_->currentRow() + by, 0, list_->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::run() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item) return;
    // First away with the palette: the command may open a dialog or build the window again.
    const auto act = commands_[static_cast<std::size_t>(item->data(Qt::UserRole).toInt())].act;
    QTimer::singleShot(0, qApp, act);
    accept();
}

}  // namespace gw::ui

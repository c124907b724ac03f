#include "ui/widgets/dialogs/command_palette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <iterator>
#include <utility>

#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

constexpr int hintRole = Qt::UserRole + 1;

/// The name at the left, its keys at the right edge, all below one another.
class CommandLine final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const override {
        constexpr int margin = 8, gap = 24;
        QStyleOptionViewItem option = given;
        initStyleOption(&option, index);
        const QString title = std::exchange(option.text, QString());
        const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
        const QRect inside = option.rect.adjusted(margin, 0, -margin, 0);
        const QString hint =
            option.fontMetrics.elidedText(index.data(hintRole).toString(), Qt::ElideMiddle, inside.width() / 2);
        const int room = hint.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(hint) + gap;
        painter->setFont(option.font);
        painter->setPen(tokens().text);
        painter->drawText(inside, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(title, Qt::ElideRight, inside.width() - room));
        painter->setPen(tokens().muted);
        painter->drawText(inside, Qt::AlignRight | Qt::AlignVCenter, hint);
    }
};

}  // namespace

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
    list_->setItemDelegate(new CommandLine(list_));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
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

void CommandPalette::add(std::vector<Command> commands) {
    commands_.insert(commands_.end(), std::make_move_iterator(commands.begin()),
                     std::make_move_iterator(commands.end()));
    const QVariant chosen = list_->currentItem() ? list_->currentItem()->data(Qt::UserRole) : QVariant();
    filter();
    for (int row = 0; chosen.isValid() && row < list_->count(); ++row)
        if (list_->item(row)->data(Qt::UserRole) == chosen) list_->setCurrentRow(row);
}

void CommandPalette::filter() {
    constexpr int behindNames = 2000;  // what is found by its keys or its name in files only
    const QString word = field_->text().simplified();
    std::vector<std::pair<int, std::size_t>> fits;
    for (std::size_t i = 0; i < commands_.size(); ++i) {
        if (const int how = fit(commands_[i].title, word); how >= 0)
            fits.emplace_back(how, i);
        else if (commands_[i].hint.contains(word, Qt::CaseInsensitive))
            fits.emplace_back(behindNames, i);
    }
    std::stable_sort(fits.begin(), fits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    list_->clear();
    for (const auto& [how, index] : fits) {
        auto* item = new QListWidgetItem(commands_[index].title);
        item->setToolTip(commands_[index].title);
        item->setData(Qt::UserRole, static_cast<int>(index));
        item->setData(hintRole, commands_[index].hint);
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

#include "ui/shell/style_sheet.h"

namespace gw::ui {

namespace {

constexpr const char* sheet = R"(
QWidget { color: @text; }
QMainWindow, QDialog { background: @window; }
QDialog[look="palette"] { background: @raised; border: 1px solid @lineStrong; }
QListView { background: @surface; border: 1px solid @line; border-radius: 6px; outline: none;
    selection-background-color: @accentSoft; selection-color: @text; }
QListView::item { padding: 4px 8px; min-height: 22px; }
QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: none; }
QToolTip { background: @raised; color: @text; border: 1px solid @lineStrong; padding: 4px; }

QTableCornerButton::section { background: @surface; border: none; }
QLabel[look="title"] { font-size: 20px; font-weight: 600; }
QLabel[look="section"] { font-size: 15px; font-weight: 600; }
QLabel[look="number"] { font-size: 20px; font-weight: 600; }
QLabel[look="muted"] { color: @muted; font-size: 12px; }
QLabel[look="key"] { color: @accent; font-weight: 600; }
QLabel[look="banner"] { background: @accentSoft; color: @text; border-bottom: 1px solid @line; }
QLabel[look="problem"] { color: @bad; font-size: 12px; }
QLabel[look="warning"] { color: @warn; font-size: 12px; }
QFrame[look="card"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
QFrame[look="alarm"] { background: @surface; border: 1px solid @bad; border-radius: 6px; }
QFrame[look="notice"] { background: @surface; border: 1px solid @line; border-left: 3px solid @warn;
    border-radius: 6px; }
QFrame[look="rule"] { background: @line; border: none; max-height: 1px; min-height: 1px; }

QPushButton, QToolButton[look="button"] { background: @raised; border: 1px solid @lineStrong; border-radius: 6px;
    padding: 0 12px; min-height: 28px; }
QPushButton:hover, QToolButton[look="button"]:hover { border-color: @accent; }
QPushButton:pressed { background: @accentSoft; }
QPushButton:checked { background: @accentSoft; border-color: @accent; color: @accent; }
QPushButton:disabled { color: @disabled; border-color: @line; }
QPushButton:focus, QComboBox:focus, QLineEdit:focus, QPlainTextEdit:focus { border: 1px solid @accent; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600;
    padding: 0 20px; }
QPushButton[primary="true"]:disabled { background: @line; color: @disabled; border-color: @line; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[look="link"] { border: none; background: transparent; color: @accent; padding: 0 4px; text-align: left;
    min-height: 20px; }
QPushButton[look="link"]:focus { background: @accentSoft; border-radius: 4px; }
QComboBox[look="small"] { min-height: 22px; padding: 0 6px; font-size: 12px; }
QPushButton::menu-indicator { width: 0; }
QPushButton[look="tab"] { background: transparent; border: none; border-bottom: 2px solid transparent;
    border-radius: 0; color: @muted; padding: 0 8px; min-height: 24px; font-size: 12px; }
QPushButton[look="tab"]:hover { color: @text; }
QPushButton[look="tab"]:checked { color: @text; border-bottom: 2px solid @accent; background: transparent; }
QPushButton[look="tab"]:focus { border-bottom: 2px solid @lineStrong; color: @accent; }
QPushButton[look="small"] { min-height: 22px; padding: 0 8px; font-size: 12px; }
QPushButton[look="box"] { background: @surface; border: 1px solid @lineStrong; text-align: left; padding: 0 8px;
    font-size: 12px; }
QPushButton[look="box"]:checked { background: @accentSoft; border-color: @accent; color: @text; }
QPushButton[look="box"]:hover, QPushButton[look="box"]:focus { border: 1px solid @accent; }
QToolButton { border: none; border-radius: 6px; background: transparent; padding: 2px; }
QToolButton:hover, QToolButton:focus { background: @accentSoft; }
QAbstractSpinBox:focus, QTableView:focus, QTreeView:focus, QListView:focus { border: 1px solid @accent; }

QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox { background: @surface; border: 1px solid @lineStrong;
    border-radius: 6px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 28px; padding: 0 8px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { color: @disabled; background: @window; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 1px solid @bad; }
QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 20px; height: 14px;
    border: none; background: transparent; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 20px;
    height: 14px; border: none; background: transparent; }
QAbstractSpinBox::up-arrow { image: url(:/icons/sort-up-@shade.svg); width: 8px; height: 8px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/sort-down-@shade.svg); width: 8px; height: 8px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/icons/chevron-@shade.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @lineStrong;
    selection-background-color: @accentSoft; selection-color: @text; outline: none; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 26px; }
QCheckBox { spacing: 8px; min-height: 28px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @lineStrong; border-radius: 4px;
    background: @surface; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/check-@shade.svg); }
QCheckBox::indicator:disabled { border-color: @line; }

QFrame#rail { background: @surface; border: none; border-right: 1px solid @line; }
QToolButton[look="rail"] { text-align: left; padding: 0 11px; min-height: 34px; border-radius: 6px; color: @text;
    border: 1px solid transparent; }
QToolButton[look="rail"]:checked { background: @accentSoft; color: @accent; font-weight: 600; }
QToolButton[look="rail"]:focus { border-color: @accent; }
QToolButton[look="rail"]:focus:!checked:!hover { background: transparent; }

QHeaderView { background: @surface; border: none; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: 0 16px 0 8px; min-height: 30px; font-size: 12px; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-origin: padding; subcontrol-position: center right;
    width: 8px; height: 8px; right: 4px; }
QHeaderView::up-arrow { image: url(:/icons/sort-up-@shade.svg); }
QHeaderView::down-arrow { image: url(:/icons/sort-down-@shade.svg); }
QTreeView { background: @surface; border: 1px solid @line; border-radius: 6px; outline: none; }
QTableView { background: @surface; border: 1px solid @line; border-radius: 6px; gridline-color: transparent;
    selection-background-color: @accentSoft; selection-color: @text; outline: none; }
QTableView::item { border-bottom: 1px solid @line; padding: 0 16px 0 8px; }
QTableView::item:selected, QTreeView::item:selected { background: @accentSoft; color: @text; }

QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 10px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected:focus { color: @accent; }

QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QStatusBar { background: @surface; border-top: 1px solid @line; color: @muted; font-size: 12px; }
QStatusBar QLabel { color: @muted; font-size: 12px; padding: 0 8px; }
QStatusBar::item { border: none; }
QMenu { background: @raised; border: 1px solid @lineStrong; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @accentSoft; }
QMenu::item:disabled { color: @disabled; }
QSplitter::handle { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @lineStrong; border-radius: 5px; min-height: 32px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: @lineStrong; border-radius: 5px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

}  // namespace

QString styleSheetOf(const Tokens& t) {
    QString text = QString::fromLatin1(sheet);
    // The longer names first: "@line" is also how "@lineStrong" begins.
    const std::pair<const char*, QColor> colors[] = {{"@lineStrong", t.lineStrong},
                                                     {"@line", t.line},
                                                     {"@window", t.window},
                                                     {"@surface", t.surface},
                                                     {"@raised", t.raised},
                                                     {"@text", t.text},
                                                     {"@muted", t.muted},
                                                     {"@disabled", t.disabled},
                                                     {"@accentSoft", t.accentSoft},
                                                     {"@accent", t.accent},
                                                     {"@onAccent", t.onAccent},
                                                     {"@good", t.good},
                                                     {"@warn", t.warn},
                                                     {"@bad", t.bad}};
    for (const auto& [name, color] : colors) text.replace(QLatin1String(name), color.name());
    text.replace(QLatin1String("@shade"), t.dark ? QLatin1String("dark") : QLatin1String("light"));
    return text;
}

}  // namespace gw::ui

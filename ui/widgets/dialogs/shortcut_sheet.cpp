#include "ui/widgets/dialogs/shortcut_sheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/page.h"

namespace gw::ui {

ShortcutSheet::ShortcutSheet(const QStringList& window, const QString& page, const QStringList& ofPage, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(16);
    auto* row = new QHBoxLayout;
    row->setSpacing(40);
    auto block = [&](const QString& title, const QStringList& lines) {
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(16);
        grid->setVerticalSpacing(6);
        grid->addWidget(label(title, "section"), 0, 0, 1, 2);
        int at = 1;
        for (const QString& line : lines) {
            grid->addWidget(label(line.section(QLatin1Char('\t'), 0, 0), "key"), at, 0);
            grid->addWidget(label(line.section(QLatin1Char('\t'), 1)), at++, 1);
        }
        grid->setRowStretch(at, 1);
        row->addLayout(grid);
    };
    block(tr("Everywhere"), window);
    if (!ofPage.isEmpty()) block(page, ofPage);
    column->addLayout(row);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

}  // namespace gw::ui

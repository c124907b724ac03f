#include "ui/widgets/small_choice.h"

namespace gw::ui {

QComboBox* smallChoice(const QString& name, const QStringList& items, const QString& tip) {
    auto* box = new QComboBox;
    box->addItems(items);
    box->setToolTip(tip);
    box->setAccessibleName(name);
    box->setProperty("look", QStringLiteral("small"));
    return box;
}

}  // namespace gw::ui

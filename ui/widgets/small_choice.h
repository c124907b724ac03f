#pragma once
#include <QComboBox>
#include <QStringList>

namespace gw::ui {

/// A choice for the bar above plots; its name is for those who do not see it.
QComboBox* smallChoice(const QString& name, const QStringList& items, const QString& tip = {});

}  // namespace gw::ui

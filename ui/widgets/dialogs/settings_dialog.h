#pragma once
#include <QDialog>
#include <functional>

#include "ui/workbench.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace gw::ui {

/// What holds for the program and not for one run: workspace, looks, language, where runs are trained, and what is
/// remembered between two starts. Everything takes effect at once.
class SettingsDialog : public QDialog {
    Q_OBJECT
  public:
    explicit SettingsDialog(Workbench& workbench, QWidget* parent = nullptr);
    /// Asks the person for a folder, empty for none; a test may put its answer here.
    std::function<QString()> askFolder;

  Q_SIGNALS:
    /// This folder is to be the workspace.
    void workspaceWanted(const QString& folder);
    /// Sizes, places and columns are to be as they were at the first start.
    void layoutForgotten();
    void tourWanted();

  private:
    void addSection(const QString& title);
    void addRow(const QString& name, QWidget* field, QLayout* beside = nullptr);
    void addNote(QLabel* note);
    QComboBox* addChoice(const QString& name, const char* id, const QList<std::pair<QString, QString>>& choices);
    void addWorkspace();
    void addTraining();
    void addCost();
    void addLooks();
    void addRemembered();
    void showState();
    Workbench& workbench_;
    QGridLayout* grid_;
    QLabel* busy_;
    QPushButton *other_, *usual_;
    QComboBox* theme_;
};

}  // namespace gw::ui

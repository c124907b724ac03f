#pragma once
#include <QDialog>
#include <functional>

class QLineEdit;
class QListWidget;

namespace gw::ui {

/// Something that can be done by name.
struct Command {
    QString title, hint;  ///< hint: its keys, or what it is about
    std::function<void()> act;
};

/// Finds a command by some letters of its name.
class CommandPalette : public QDialog {
    Q_OBJECT
  public:
    CommandPalette(std::vector<Command> commands, QWidget* parent = nullptr);
    /// More of them, behind those it has.
    void add(std::vector<Command> commands);
    /// How well `word` fits: less is better, negative = not at all. Its letters must come in order.
    static int fit(const QString& title, const QString& word);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void filter();
    void run();
    std::vector<Command> commands_;
    QLineEdit* field_;
    QListWidget* list_;
};

}  // namespace gw::ui

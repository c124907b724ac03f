#pragma once
#include <QObject>
#include <QTranslator>
#include <vector>

namespace gw::ui {

/// The language of the window: English or Japanese, the system's unless chosen.
class Language : public QObject {
    Q_OBJECT
  public:
    static Language& instance();
    /// "en" or "ja".
    QString current() const { return current_; }
    /// Chosen by the person: "en", "ja", or "system".
    QString chosen() const { return chosen_; }
    void set(const QString& language, bool remember = true);
    /// Installs what was chosen last; call once the application exists.
    void apply();
    /// Code and own name of each.
    static std::vector<std::pair<QString, QString>> all();

  Q_SIGNALS:
    /// Texts that were asked for before are of the other language: build the window again.
    void changed();

  private:
    Language();
    QString chosen_, current_ = QStringLiteral("en");
    QTranslator own_, qt_;
};

}  // namespace gw::ui

#pragma once
#include <QObject>
#include <QTranslator>
#include <functional>
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
    /// False where the window has to be built anew for it and may not (`mayChange`): all stays as it was.
    bool set(const QString& language, bool remember = true);
    /// Asked before the window's language changes; none: it may.
    std::function<bool()> mayChange;
    /// Installs what was chosen last; call once the application exists.
    void apply();
    /// Code and own name of each.
    static std::vector<std::pair<QString, QString>> all();

  Q_SIGNALS:
    /// Texts that were asked for before are of the other language: build the window again.
    void changed();

  private:
    Language();
    /// The language that a choice comes to.
    static QString meant(const QString& choice);
    QString chosen_, current_ = QStringLiteral("en");
    QTranslator own_, qt_;
};

}  // namespace gw::ui

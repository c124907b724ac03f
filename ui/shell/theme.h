#pragma once
#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <functional>

namespace gw::ui {

/// The colours of the window; every widget and plot takes them from here.
struct Tokens {
    QColor window, surface, raised, line, lineStrong;
    QColor text, muted, disabled;
    QColor accent, onAccent, accentSoft;
    QColor good, warn, bad;
    bool dark = false;
    /// Okabe-Ito, lighter on dark; the index wraps.
    QColor curve(int index) const;
};

/// Light or dark, following the system unless chosen; one palette and one style sheet for the application.
class Theme : public QObject {
    Q_OBJECT
  public:
    enum class Mode { system, light, dark };
    static Theme& instance();
    const Tokens& tokens() const { return tokens_; }
    /// The light colours whatever the mode: for what is printed.
    static Tokens lightColors();
    Mode mode() const { return mode_; }
    void setMode(Mode mode, bool remember = true);
    /// Fusion, palette, style sheet and font for the running application.
    void apply();
    /// Dark where it is light and the other way round; follows the system again where that is what it wants.
    void cycle();
    /// Whether the system prefers dark; a test may put its answer here.
    std::function<bool()> systemIsDark;

    /// For numbers that tick or stand in columns: digits of one width.
    static QFont numberFont();
    static QFont smallFont();
    /// A line drawing from the resources, in the colour of the text.
    static QIcon icon(const QString& name);

  Q_SIGNALS:
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    Theme();
    void followSystem();
    bool wantsDark() const { return mode_ == Mode::dark || (mode_ == Mode::system && systemDark_); }
    Mode mode_ = Mode::system;
    bool systemDark_ = false;
    Tokens tokens_;
};

inline const Tokens& tokens() {
    return Theme::instance().tokens();
}

}  // namespace gw::ui

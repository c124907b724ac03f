#include "ui/widgets/type_ahead.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <algorithm>

namespace gw::ui {

namespace {

class TypeAhead final : public QObject {
  public:
    TypeAhead(QAbstractItemView* view, int column) : QObject(view), view_(*view), column_(column) {}

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::KeyPress) return QObject::eventFilter(watched, event);
        auto* key = static_cast<QKeyEvent*>(event);
        const QString text = key->text();
        const bool typed = !text.isEmpty() && text.front().isPrint() && text != QLatin1String(" ") &&
                           !(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
        if (!typed) return QObject::eventFilter(watched, event);
        if (!clock_.isValid() || clock_.elapsed() > QApplication::keyboardInputInterval()) typed_.clear();
        event->setAccepted(search(typed_ + text) || search(text));
        return true;  // an event that is not accepted goes on to the page
    }

  private:
    bool search(const QString& beginning) {
        const QAbstractItemModel* model = view_.model();
        if (!model || model->rowCount() == 0) return false;
        // The same letter again goes on to the next row that begins so.
        const int here = view_.currentIndex().isValid() ? view_.currentIndex().row() : -1;
        const int from = beginning.size() > 1 ? std::max(0, here) : (here + 1) % model->rowCount();
        const QModelIndexList found = model->match(model->index(from, column_), Qt::DisplayRole, beginning, 1,
                                                   Qt::MatchStartsWith | Qt::MatchWrap);
        if (found.isEmpty()) return false;
        typed_ = beginning;
        clock_.start();
        view_.setCurrentIndex(found.front());
        return true;
    }
    QAbstractItemView& view_;
    int column_;
    QString typed_;
    QElapsedTimer clock_;
};

}  // namespace

void typeAhead(QAbstractItemView* view, int column) {
    view->installEventFilter(new TypeAhead(view, column));
}

}  // namespace gw::ui

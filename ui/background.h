#pragma once
#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>

namespace gw::ui {

/// Carries out `work` on a pool thread and hands its result to `done` in the window's thread, unless `owner` is gone by
/// then.
template <class Work, class Done>
void inBackground(QObject* owner, Work work, Done done) {
    QThreadPool::globalInstance()->start(
        [guard = QPointer<QObject>(owner), work = std::move(work), done = std::move(done)]() mutable {
            auto result = work();
            QMetaObject::invokeMethod(
                qApp,
                [guard, done = std::move(done), result = std::move(result)]() mutable {
                    if (guard) done(std::move(result));
                },
                Qt::QueuedConnection);
        });
}

/// A ProgressFn for such work: `show` is told in the window's thread, until `stop` is asked for or `owner` is gone.
template <class Show>
auto progressInWindow(QObject* owner, std::stop_token stop, Show show) {
    return [guard = QPointer<QObject>(owner), stop = std::move(stop), show = std::move(show)](const std::string& phase,
                                                                                              double done) {
        QMetaObject::invokeMethod(
            qApp,
            [guard, stop, show, phase, done] {
                if (guard && !stop.stop_requested()) show(phase, done);
            },
            Qt::QueuedConnection);
    };
}

}  // namespace gw::ui

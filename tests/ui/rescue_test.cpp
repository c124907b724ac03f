#include <SQLiteCpp/Database.h>

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QMessageBox>
#include <QTest>
#include <QTimer>
#include <fstream>

#include "ui/history.h"
#include "ui/shell/main_window.h"
#include "ui/shell/open_workspace.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "workspace/record/backup.h"

namespace gw::ui {

namespace {

/// Presses buttons of the message boxes that come, one after another: the first whose text begins so.
void pressInTurn(QStringList beginnings, QStringList* said) {
    QTimer::singleShot(20, qApp, [beginnings, said]() mutable {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box) {
            *said << box->text() + box->informativeText();
            const QString wanted = beginnings.takeFirst();
            for (QAbstractButton* button : box->buttons())
                if (button->text().remove(QLatin1Char('&')).startsWith(wanted)) {
                    button->click();
                    break;
                }
        }
        if (!beginnings.isEmpty()) pressInTurn(beginnings, said);
    });
}

void destroy(const fs::path& root) {
    std::ofstream(root / "groundwork.db", std::ios::binary | std::ios::trunc) << std::string(20000, 'x');
    for (const char* beside : {"groundwork.db-wal", "groundwork.db-shm"}) fs::remove(root / beside);
}

}  // namespace

/// What a person is offered where the history does not open.
class RescueTest : public QObject {
    Q_OBJECT
    /// A workspace with a run whose folder tells of it.
    static void fill(const fs::path& root) {
        const Workspace workspace = Workspace::open(root).or_throw();
        RunRecord run;
        run.id = "0f0e0d0c-0b0a-4909-8807-060504030201";
        run.name = "kept";
        run.status = "finished";
        run.created = "2026-01-31T12:00:00Z";
        run.spec = Json::object();
        run.path = workspace.run_folder(run.id).string();
        fs::create_directories(run.path);
        workspace.store().or_throw().add_run(run).or_throw();
    }
  private Q_SLOTS:
    void aDamagedHistoryIsMadeAgain() {
        const QTemporaryDir folder;
        const fs::path root = ss(folder.path());
        fill(root);
        destroy(root);
        QStringList said;
        pressInTurn({QStringLiteral("Make it again"), QStringLiteral("OK")}, &said);
        const auto opened = OpenWorkspace::open(root);
        QVERIFY(opened);
        QCOMPARE(opened.value().store().or_throw().run("kept").or_throw().status, std::string("finished"));
        QCOMPARE(said.size(), 2);
        QVERIFY2(said[1].contains(QStringLiteral("set-aside")), qPrintable(said[1]));
    }

    void aHistoryWithoutATableOrWithNothingIsMadeAgainToo() {
        for (const bool empty : {false, true}) {
            const QTemporaryDir folder;
            const fs::path root = ss(folder.path());
            fill(root);
            if (empty) {
                destroy(root);
                std::ofstream(root / "groundwork.db", std::ios::trunc).close();
            } else {
                SQLite::Database(  // as another program may do
                    (root / "groundwork.db").string(), SQLite::OPEN_READWRITE)
                    .exec("DROP TABLE runs");
            }
            QStringList said;
            pressInTurn({QStringLiteral("Make it again"), QStringLiteral("OK")}, &said);
            const auto opened = OpenWorkspace::open(root);
            QVERIFY(opened);
            QVERIFY(!opened.value().read_only());
            QVERIFY(opened.value().store().or_throw().run("kept"));
        }
    }

    void aWorkspaceThatTakesNothingSaysSo() {
        const QTemporaryDir folder;
        const fs::path root = ss(folder.path());
        fill(root);
        fs::remove_all(root / "cache");
        std::ofstream(root / "cache").close();  // who may write everywhere cannot write this
        OpenWorkspace opened(OpenWorkspace::open(root).or_throw());
        MainWindow window(opened.workbench);
        window.show();
        const auto* banner = window.findChild<QLabel*>(QStringLiteral("readOnlyBanner"));
        QVERIFY(banner && banner->isVisible());
        QVERIFY2(banner->text().startsWith(QStringLiteral("Nothing can be written")), qPrintable(banner->text()));
        QStringList said;
        pressInTurn({QStringLiteral("Close")}, &said);
        QVERIFY(!opened.workbench.launch({}));
        QVERIFY2(said.value(0).contains(QStringLiteral("Nothing can be written")), qPrintable(said.value(0)));
    }

    void aBackupTakesItsPlace() {
        const QTemporaryDir folder;
        const fs::path root = ss(folder.path());
        fill(root);
        QVERIFY(care_for_history(root).or_throw());
        destroy(root);
        // One that the backup does not know of.
        fs::create_directories(root / "runs" / "1f0e0d0c-0b0a-4909-8807-060504030201" / "checkpoints" /
                               "step-00000001");
        QStringList said;
        pressInTurn({QStringLiteral("Take the backup"), QStringLiteral("OK")}, &said);
        const auto opened = OpenWorkspace::open(root);
        QVERIFY(opened);
        QCOMPARE(said.size(), 2);
        QVERIFY2(!said[0].contains(QStringLiteral("Start Groundwork again")), qPrintable(said[0]));
        QVERIFY2(said[1].contains(QStringLiteral("does not know: 1")), qPrintable(said[1]));
        QVERIFY(opened.value().store().or_throw().run("kept"));
    }

    void whoWantsNeitherFindsAllAsItWas() {
        const QTemporaryDir folder;
        const fs::path root = ss(folder.path());
        fill(root);
        destroy(root);
        QStringList said;
        pressInTurn({QStringLiteral("Neither")}, &said);
        QVERIFY(!OpenWorkspace::open(root));
        QCOMPARE(said.size(), 1);
        QCOMPARE(read_file(root / "groundwork.db").or_throw(), std::string(20000, 'x'));
    }

    void aSoundHistoryIsCopiedInTheBackground() {
        const QTemporaryDir folder;
        const fs::path root = ss(folder.path());
        fill(root);
        OpenWorkspace opened(OpenWorkspace::open(root).or_throw());
        QTRY_COMPARE(history_backups(root).size(), std::size_t{1});
        QVERIFY(!opened.workbench.readOnly());
    }
};

QObject* rescueSuite() {
    return new RescueTest;
}

}  // namespace gw::ui

#include "rescue_test.moc"

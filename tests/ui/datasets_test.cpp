#include <QComboBox>
#include <QDragEnterEvent>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <memory>

#include "scratch.h"
#include "ui/clipping.h"
#include "ui/forms/section_form.h"
#include "ui/pages/datasets_page.h"
#include "ui/pages/new_run_page.h"
#include "ui/shell/main_window.h"
#include "ui/suites.h"
#include "ui/texts/text.h"
#include "ui/widgets/curation/curation_view.h"
#include "ui/widgets/curation/step_list.h"

namespace gw::ui {

/// The page on which text is looked at and cleaned.
class DatasetsTest : public QObject {
    Q_OBJECT
  private:
    Scratch folder_;
    std::string corpus(int lines = 60) const {
        std::string text;
        for (int i = 0; i < lines; ++i)
            text += "Line " + std::to_string(i) + " tells that everybody liked the soup of day " +
                    std::to_string(i * i) + " and wanted more of it.\n";
        text += "Line 7 tells that everybody liked the soup of day 49 and wanted more of it.\nshort\n";
        write_file_atomic(folder_ / "corpus.txt", text).or_throw();
        return (folder_ / "corpus.txt").string();
    }
    static QString cell(QTableWidget& table, int row, int column) { return table.item(row, column)->text(); }
    static DatasetsPage* shown(MainWindow& window) {
        window.resize(1100, 700);
        window.show();
        window.showPage(QStringLiteral("datasets"));
        return static_cast<DatasetsPage*>(window.page(QStringLiteral("datasets")));
    }
    static void set(DatasetsPage& page, const std::string& key, const Json& value) {
        page.data().editor(key)->change(value);
    }
    static QPushButton* button(DatasetsPage& page, const char* name) {
        return page.findChild<QPushButton*>(QLatin1String(name));
    }

  private Q_SLOTS:
    void textIsLookedAtCleanedAndLearnt() {
        TestBench bench;
        MainWindow window(bench.workbench);
        DatasetsPage* page = shown(window);
        const auto* state = page->findChild<QLabel*>(QStringLiteral("datasets.state"));
        QVERIFY(!button(*page, "datasets.write")->isEnabled());
        set(*page, "documents", "line");
        // Files and folders are dropped anywhere on the page.
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(qs(corpus()))});
        QDragEnterEvent enter(QPoint(300, 500), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page, &enter);  // a drop goes to who took this
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(300, 500), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(page, &drop);
        QTRY_VERIFY_WITH_TIMEOUT(!page->overview().facts().isEmpty(), 20000);
        QVERIFY2(page->overview().facts().contains(QStringLiteral("62 in 1 file")),
                 qPrintable(page->overview().facts() + state->text()));
        QVERIFY2(page->overview().facts().contains(QStringLiteral("of Latin")), qPrintable(page->overview().facts()));
        QCOMPARE(page->overview().samples().rowCount(), 12);

        // Steps: the usual list, one more, and one of other settings.
        const int usual = static_cast<int>(page->steps().steps().size());
        QVERIFY(usual > 3);
        auto* add = page->findChild<QComboBox*>(QStringLiteral("curation.add"));
        add->setCurrentIndex(add->findData(QStringLiteral("personal_data")));
        Q_EMIT add->activated(add->currentIndex());
        QCOMPARE(static_cast<int>(page->steps().steps().size()), usual + 1);
        QTest::mouseClick(button(*page, "curation.remove"), Qt::LeftButton);
        QCOMPARE(static_cast<int>(page->steps().steps().size()), usual);
        for (int i = 0; i < usual; ++i) {
            page->steps().choose(i);
            if (!page->steps().form()->editor("min_characters")) continue;
            page->steps().form()->editor("min_characters")->change(20);
            QCOMPARE(page->steps().steps()[static_cast<std::size_t>(i)].at("min_characters"), 20);
        }
        QTest::mouseClick(button(*page, "datasets.preview"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(page->counts().steps().rowCount(), usual, 20000);
        QCOMPARE(cell(page->counts().steps(), 0, 1), QStringLiteral("62"));
        QCOMPARE(cell(page->counts().steps(), usual - 1, 4), QStringLiteral("60"));
        QTRY_VERIFY2(Clipping::in(window).isEmpty(), qPrintable(Clipping::in(window).value(0)));
        QVERIFY(!button(*page, "datasets.start")->isEnabled());

        const QString place = qs((folder_ / "clean").string());
        page->askFolder = [&] { return place; };
        QTest::mouseClick(button(*page, "datasets.write"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(button(*page, "datasets.start")->isEnabled(), 20000);
        QVERIFY(fs::exists(folder_ / "clean" / "data.jsonl"));
        // Not a second time without being asked.
        int asked = 0;
        page->askReplace = [&](const QString&) { return ++asked > 1; };
        page->write();
        page->write();
        QTRY_VERIFY_WITH_TIMEOUT(button(*page, "datasets.start")->isEnabled(), 20000);
        QCOMPARE(asked, 2);
        QTest::mouseClick(button(*page, "datasets.start"), Qt::LeftButton);
        QCOMPARE(window.currentPage(), QStringLiteral("new"));
        const auto* form = static_cast<NewRunPage*>(window.page(QStringLiteral("new")));
        QCOMPARE(const_cast<NewRunPage*>(form)->form().spec().at("dataset").at("paths").at(0).get<std::string>(),
                 (folder_ / "clean" / "data.jsonl").string());
    }

    void errorsStandWhereTheyBelong() {
        TestBench bench;
        MainWindow window(bench.workbench);
        DatasetsPage* page = shown(window);
        auto* state = page->findChild<QLabel*>(QStringLiteral("datasets.state"));
        set(*page, "paths", {corpus()});
        set(*page, "documents", "line");
        page->steps().setSteps({});
        QVERIFY(!button(*page, "datasets.preview")->isEnabled() || page->steps().isSound() == false);
        page->steps().add("blocked_words");
        QVERIFY(!page->steps().isSound());
        QVERIFY(page->findChild<QListWidget*>(QStringLiteral("curation.steps"))->item(0)->text().contains(u'⚠'));
        page->steps().form()->editor("words")->change({"everybody", "short"});
        QVERIFY(page->steps().isSound());
        page->askFolder = [&] { return qs((folder_ / "none").string()); };
        page->write();
        QTRY_VERIFY_WITH_TIMEOUT(state->text().contains(QStringLiteral("No document is left")), 20000);
        QVERIFY(!fs::exists(folder_ / "none"));
    }

    void readingCanBeCancelled() {
        TestBench bench;
        MainWindow window(bench.workbench);
        DatasetsPage* page = shown(window);
        set(*page, "documents", "line");
        set(*page, "paths", {corpus(400000)});
        auto* cancel = button(*page, "datasets.cancel");
        page->look();
        QTRY_VERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!cancel->isVisible(), 20000);
        QCOMPARE(page->findChild<QLabel*>(QStringLiteral("datasets.state"))->text(), QStringLiteral("Cancelled"));
        QVERIFY(page->overview().facts().isEmpty());
    }
};

QObject* datasetsSuite() {
    return new DatasetsTest;
}

}  // namespace gw::ui

#include "datasets_test.moc"

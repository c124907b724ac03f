#include "ui/shell/page_list.h"

#include <QCoreApplication>

#include "ui/pages/compare_page.h"
#include "ui/pages/datasets_page.h"
#include "ui/pages/models_page.h"
#include "ui/pages/new_run_page.h"
#include "ui/pages/queue_page.h"
#include "ui/pages/run_page.h"
#include "ui/pages/runs_page.h"

namespace gw::ui {

namespace {

template <class P>
PageEntry entry(const char* id, const char* title, const char* icon) {
    return {QString::fromLatin1(id), QCoreApplication::translate("Pages", title), QString::fromLatin1(icon),
            [](Workbench& workbench) -> Page* { return new P(workbench); }};
}

}  // namespace

std::vector<PageEntry> pageList() {
    return {
        entry<RunsPage>("runs", QT_TRANSLATE_NOOP("Pages", "Runs"), "runs"),
        entry<NewRunPage>("new", QT_TRANSLATE_NOOP("Pages", "New run"), "new"),
        entry<RunPage>("run", QT_TRANSLATE_NOOP("Pages", "Run"), "run"),
        entry<ComparePage>("compare", QT_TRANSLATE_NOOP("Pages", "Compare"), "compare"),
        entry<ModelsPage>("models", QT_TRANSLATE_NOOP("Pages", "Models"), "models"),
        entry<QueuePage>("queue", QT_TRANSLATE_NOOP("Pages", "Queue"), "queue"),
        entry<DatasetsPage>("datasets", QT_TRANSLATE_NOOP("Pages", "Datasets"), "datasets"),
    };
}

}  // namespace gw::ui

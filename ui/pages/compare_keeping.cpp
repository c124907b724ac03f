// What is kept of a comparison, for the next start or under a name, and what is written of it to files.
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>

#include "compare/report.h"
#include "compare/tables.h"
#include "ui/pages/compare_page.h"
#include "ui/plots/plot_file.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "util/named_file.h"

namespace gw::ui {

void ComparePage::readSavedNames() {
    auto store = workbench().workspace().store(Store::Mode::read_only);
    const auto saved = store ? store.value().saved("comparison") : Result<std::vector<SavedRecord>>(store.error());
    saved_->clear();
    if (saved)
        for (const SavedRecord& one : saved.value()) saved_->addItem(qs(one.name));
    saved_->setCurrentIndex(saved_->findText(savedName_));
    saved_->setEnabled(saved_->count() > 0);
    saved_->setToolTip(saved_->count() > 0 ? tr("Open a saved comparison") : tr("There is no saved comparison yet"));
}

Json ComparePage::state() const {
    Json out = to_json(wish_);
    out["plots"] = metrics_;
    out["hidden"] = hidden_;
    out["log_x"] = plots_->logX();
    out["log_y"] = plots_->logY();
    out["raw"] = plots_->ghost();
    out["grouped"] = grouped_;
    out["difference"] = difference_;
    out["note"] = ss(tabs_->notes());
    out["heights"] = plots_->shares();
    // What is still to be zoomed to is kept as well.
    if (zoom_)
        out["range"] = {zoom_->first, zoom_->second};
    else if (plots_->zoomed())
        out["range"] = {plots_->range().first, plots_->range().second};
    return out;
}

void ComparePage::setState(const Json& state) {
    wish_ = comparison_wish(state);
    auto flag = [&](const char* key, bool otherwise) {
        const auto it = state.find(key);
        return it != state.end() && it->is_boolean() ? it->get<bool>() : otherwise;
    };
    auto list = [&](const char* key) {
        std::vector<std::string> out;
        if (const auto it = state.find(key); it != state.end() && it->is_array())
            for (const Json& one : *it)
                if (one.is_string()) out.push_back(one.get<std::string>());
        return out;
    };
    metrics_ = list("plots");
    const auto hidden = list("hidden");
    hidden_ = {hidden.begin(), hidden.end()};
    grouped_ = flag("grouped", false);
    difference_ = flag("difference", false);
    plots_->setLogX(flag("log_x", false));
    plots_->setLogY(flag("log_y", false));
    plots_->setGhost(flag("raw", true));
    std::map<std::string, double> heights;
    if (const auto it = state.find("heights"); it != state.end() && it->is_object())
        for (const auto& [metric, share] : it->items())
            if (share.is_number()) heights[metric] = share.get<double>();
    plots_->setShares(heights);
    zoom_.reset();
    if (const auto it = state.find("range"); it != state.end() && it->is_array() && it->size() == 2 &&
                                             (*it)[0].is_number() && (*it)[1].is_number() && (*it)[0] < (*it)[1])
        zoom_ = std::pair((*it)[0].get<double>(), (*it)[1].get<double>());
    if (!zoom_) plots_->showAll();
    tabs_->setNotes(qs(state.value("note", std::string())));
    refresh();
}

void ComparePage::remember() {
    if (workbench().readOnly()) return;
    if (auto store = workbench().workspace().store())
        if (Status kept = store.value().set_saved({"view", "compare", state(), ""}); !kept)
            workbench().showError(kept.error());
}

void ComparePage::exportWanted(const QString& ending, const QString& filter) {
    const QString file =
        QFileDialog::getSaveFileName(this, tr("Export"), QStringLiteral("comparison.") + ending, filter);
    if (file.isEmpty()) return;
    const QString named = QFileInfo(file).suffix().isEmpty() ? file + QLatin1Char('.') + ending : file;
    if (Status written = exportTo(named); !written)
        workbench().showError(written.error());
    else
        workbench().say(tr("Written: %1").arg(named));
}

Status ComparePage::exportTo(const QString& file) {
    if (!comparison_) return Error{Error::Code::bad_spec, "There is nothing to export", "Choose runs first", {}};
    const QString ending = QFileInfo(file).suffix().toLower();
    std::string bytes;
    if (ending == QLatin1String("csv"))
        bytes = comparison_csv(*comparison_);
    else if (ending == QLatin1String("md"))
        bytes = comparison_markdown(*comparison_);
    else if (ending == QLatin1String("html")) {
        auto store = workbench().workspace().store(Store::Mode::read_only);
        if (!store) return store.error();
        auto page = comparison_report(store.value(), comparison_->wish);
        if (!page) return page.error();
        bytes = std::move(page).value();
    } else {
        auto drawn = plotFile(*plots_, ending);
        if (!drawn) return drawn.error();
        bytes = std::move(drawn).value();
    }
    return write_named_file(ss(file), bytes, Existing::replace);
}

void ComparePage::save() {
    bool ok = false;
    const QString name =
        QInputDialog::getText(this, tr("Save this comparison"), tr("Name"), QLineEdit::Normal, savedName_, &ok)
            .trimmed();
    if (!ok || name.isEmpty()) return;
    auto store = workbench().workspace().store();
    const Status kept = store ? store.value().set_saved({"comparison", ss(name), state(), ""}) : Status(store.error());
    if (!kept) return workbench().showError(kept.error());
    savedName_ = name;
    readSavedNames();
    workbench().say(tr("Saved as “%1”").arg(name));
}

void ComparePage::openSaved(const QString& name) {
    auto store = workbench().workspace().store(Store::Mode::read_only);
    const auto saved = store ? store.value().saved("comparison") : Result<std::vector<SavedRecord>>(store.error());
    if (!saved) return workbench().showError(saved.error());
    for (const SavedRecord& one : saved.value())
        if (qs(one.name) == name) {
            savedName_ = name;
            setState(one.body);
        }
}

}  // namespace gw::ui

#include "ui/widgets/dialogs/export_menu.h"

#include <QDir>
#include <QFileDialog>

#include "ui/background.h"
#include "ui/texts/text.h"

namespace gw::ui {

ExportMenu::ExportMenu(Workbench& workbench, QWidget* parent) : QMenu(parent), workbench_(workbench) {
    setToolTipsVisible(true);
    auto entry = [&](const QString& text, const QString& tip, Export what) {
        QAction* made = addAction(text, this, [this, what] { ask(what); });
        made->setToolTip(tip);
        return made;
    };
    entry(tr("The whole checkpoint, as a folder…"),
          tr("Weights in safetensors files, tokenizer, settings and optimizer, to go on from on another machine"),
          Export::checkpoint);
    merged_ = entry(tr("Adapters merged into the weights, as a folder…"),
                    tr("A checkpoint that needs no adapters any more"), Export::merged);
    adapters_ = entry(tr("The adapters alone, as a safetensors file…"),
                      tr("Small; they need the model that they were trained on"), Export::adapters);
}

void ExportMenu::setCheckpoint(const fs::path& checkpoint, bool adapters, const QString& suggestion) {
    checkpoint_ = checkpoint;
    suggestion_ = suggestion;
    for (QAction* one : {merged_, adapters_}) one->setVisible(adapters);
}

void ExportMenu::ask(Export what) {
    QString name = suggestion_;
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    if (what == Export::adapters) name += QStringLiteral(".safetensors");
    // A folder that is to be made has no dialog of its own.
    const QString to = QFileDialog::getSaveFileName(
        parentWidget(), what == Export::adapters ? tr("File to write") : tr("Folder to make"),
        QDir::home().filePath(name));
    if (!to.isEmpty()) write(what, to);
}

void ExportMenu::write(Export what, const QString& to) {
    if (checkpoint_.empty()) return;
    if (busy_) return workbench_.say(tr("Another export is still being written"));
    busy_ = true;
    workbench_.say(tr("Writing %1…").arg(to));
    inBackground(
        this, [checkpoint = checkpoint_, what, to = fs::path(ss(to))] { return export_model(checkpoint, what, to); },
        [this, to](const Status& written) {
            busy_ = false;
            if (!written) return workbench_.showError(written.error());
            workbench_.say(tr("Written: %1").arg(to));
        });
}

}  // namespace gw::ui

#include "ui/widgets/dialogs/tags_dialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/page.h"
#include "ui/texts/text.h"

namespace gw::ui {

TagsDialog::TagsDialog(const std::vector<RunRecord>& runs, const std::set<std::string>& known, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Tags"));
    resize(380, 380);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    auto* words =
        label(runs.size() == 1 ? tr("Tags of “%1”").arg(qs(runs.front().name)) : tr("Tags of %1 runs").arg(runs.size()),
              "section");
    words->setWordWrap(true);
    column->addWidget(words);
    list_ = new QListWidget;
    list_->setAccessibleName(tr("Tags"));
    std::set<std::string> all = known;
    for (const RunRecord& run : runs) all.insert(run.tags.begin(), run.tags.end());
    for (const std::string& tag : all) {
        const auto having = std::count_if(runs.begin(), runs.end(), [&](const RunRecord& run) {
            return std::find(run.tags.begin(), run.tags.end(), tag) != run.tags.end();
        });
        const bool some = having > 0 && static_cast<std::size_t>(having) < runs.size();
        auto* item = new QListWidgetItem(qs(tag), list_);
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setFlags(some ? item->flags() | Qt::ItemIsUserTristate : item->flags());
        item->setCheckState(some ? Qt::PartiallyChecked : having > 0 ? Qt::Checked : Qt::Unchecked);
        if (some) item->setToolTip(tr("%1 of these runs have it; half ticked: each stays as it is").arg(having));
    }
    column->addWidget(list_, 1);
    fresh_ = new QLineEdit;
    fresh_->setObjectName(QStringLiteral("tags.new"));
    fresh_->setPlaceholderText(tr("New tags, with commas between them"));
    fresh_->setAccessibleName(fresh_->placeholderText());
    column->addWidget(fresh_);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Set the tags"), QDialogButtonBox::AcceptRole)->setProperty("primary", true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    list_->setVisible(list_->count() > 0);
    fresh_->setFocus();
}

std::vector<std::string> TagsDialog::tagsOf(const RunRecord& run) const {
    std::set<std::string> tags(run.tags.begin(), run.tags.end());
    for (int i = 0; i < list_->count(); ++i) {
        const QListWidgetItem* item = list_->item(i);
        if (item->checkState() == Qt::Checked) tags.insert(ss(item->text()));
        if (item->checkState() == Qt::Unchecked) tags.erase(ss(item->text()));
    }
    for (const QString& tag : fresh_->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!tag.trimmed().isEmpty()) tags.insert(ss(tag.trimmed()));
    return {tags.begin(), tags.end()};
}

}  // namespace gw::ui

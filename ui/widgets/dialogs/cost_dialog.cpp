#include "ui/widgets/dialogs/cost_dialog.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/background.h"
#include "ui/forms/field_editor.h"
#include "ui/page.h"
#include "ui/texts/cost_text.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

CostDialog::CostDialog(Workbench& workbench, QWidget* parent) : QDialog(parent), workbench_(workbench) {
    setWindowTitle(tr("Cost of runs"));
    constexpr int width = 780, linesOfSum = 90;
    setMinimumWidth(width);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    auto* what = label(tr("Energy is measured where the machine tells it. These rates hold for all runs of this "
                          "workspace, past ones too."),
                       "muted");
    what->setWordWrap(true);
    column->addWidget(what);
    Json kept = schema::dump(CostRates());
    const auto store = workbench_.workspace().store(Store::Mode::read_only);
    if (store)
        if (const auto rates = cost_rates(store.value())) kept = schema::dump(rates.value());
    for (const schema::Row& row : schema::rows_of<CostRates>()) {
        const std::string key(row.info.key);
        FieldEditor* editor = FieldEditor::make(row, QStringLiteral("cost.") + qs(key), this);
        editor->setValue(kept[key]);
        connect(editor, &FieldEditor::edited, this, &CostDialog::keep);
        column->addWidget(editor);
        fields_.push_back(editor);
    }
    sum_ = label({});
    sum_->setObjectName(QStringLiteral("cost.sum"));
    sum_->setWordWrap(true);
    sum_->setMinimumHeight(linesOfSum);
    sum_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(sum_);
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showSum();
    // Lines that are wrapped are higher than the layout takes them for before it knows its width.
    resize(width, std::max(sizeHint().height(), column->totalHeightForWidth(width)));
}

void CostDialog::keep() {
    Json body = Json::object();
    bool sound = true;
    for (FieldEditor* field : fields_) {
        const std::string wrong = schema::misfit(field->row(), field->value());
        field->setProblem(qs(wrong), false);
        sound = sound && wrong.empty();
        body[std::string(field->row().info.key)] = field->value();
    }
    if (!sound) return;
    CostRates rates;
    if (!schema::load(rates, body, "cost").empty()) return;
    auto store = workbench_.workspace().store();
    if (!store) return sum_->setText(errorText(store.error()));
    if (const Status kept = set_cost_rates(store.value(), rates); !kept) return sum_->setText(errorText(kept.error()));
    showSum();
}

void CostDialog::showSum() {
    if (reading_) return void(again_ = true);
    reading_ = true;
    struct Sum {
        CostRates rates;
        RunCost all;
        std::int64_t runs = 0;
    };
    inBackground(
        this,
        [workspace = workbench_.workspace()]() -> Result<Sum> {
            auto store = workspace.store(Store::Mode::read_only);
            if (!store) return store.error();
            auto rates = cost_rates(store.value());
            if (!rates) return rates.error();
            auto runs = store.value().runs();
            if (!runs) return runs.error();
            Sum sum{std::move(rates).value(), {}, static_cast<std::int64_t>(runs.value().size())};
            for (const RunRecord& run : runs.value()) add_cost(sum.all, cost_of(store.value(), run, sum.rates));
            return sum;
        },
        [this](const Result<Sum>& sum) {
            reading_ = false;
            if (std::exchange(again_, false)) return showSum();
            if (!sum) return sum_->setText(errorText(sum.error()));
            const Sum& s = sum.value();
            sum_->setText(tr("All %1 runs: %2 of training").arg(countText(s.runs), secondsText(s.all.seconds)) +
                          QLatin1Char('\n') + costLines(s.all, s.rates));
        });
}

}  // namespace gw::ui

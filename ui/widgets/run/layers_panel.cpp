#include "ui/widgets/run/layers_panel.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/widgets/type_ahead.h"

namespace gw::ui {

LayersPanel::LayersPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    hint_ = label(tr("Update ratio: how far one step moves a layer, as a share of its length. About 0.001 is usual; "
                     "far more is unstable, far less learns nothing."),
                  "muted");
    hint_->setWordWrap(true);
    column->addWidget(hint_);
    table_ = new QTableWidget(0, 3);
    table_->setAccessibleName(tr("Layers"));
    table_->setHorizontalHeaderLabels({tr("Layer"), tr("Update"), tr("Gradient")});
    table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    table_->horizontalHeader()->setDefaultSectionSize(96);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table_->horizontalHeaderItem(0)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->setTextElideMode(Qt::ElideMiddle);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(26);
    table_->setShowGrid(false);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setTabKeyNavigation(false);
    typeAhead(table_);
    column->addWidget(table_, 1);
    auto* row = new QHBoxLayout;
    kind_ = new QComboBox;
    kind_->setAccessibleName(tr("Values of the histogram"));
    kind_->addItem(tr("Weights"), QStringLiteral("weights"));
    kind_->addItem(tr("Gradients"), QStringLiteral("gradients"));
    kind_->addItem(tr("Activations"), QStringLiteral("activations"));
    step_ = new QComboBox;
    step_->setAccessibleName(tr("Step of the histogram"));
    step_->setMinimumWidth(130);
    row->addWidget(kind_);
    row->addWidget(step_);
    row->addStretch(1);
    column->addLayout(row);
    view_ =
        new HistogramView(tr("No histogram here. Set “Histograms every” of the monitoring settings to record some."));
    column->addWidget(view_);
    connect(table_, &QTableWidget::currentCellChanged, this, &LayersPanel::showHistogram);
    connect(kind_, &QComboBox::currentIndexChanged, this, &LayersPanel::showHistogram);
    connect(step_, &QComboBox::activated, this, &LayersPanel::readHistograms);
}

void LayersPanel::setRun(const std::string& run) {
    if (run == run_) return;
    run_ = run;
    table_->setRowCount(0);
    step_->clear();
    histograms_.clear();
    view_->setHistogram({});
}

void LayersPanel::refresh() {
    if (reading_ || run_.empty()) return;
    reading_ = true;
    inBackground(
        this,
        [database = workbench_.workspace().database(), run = run_]() -> Result<Content> {
            auto store = Store::open(database, Store::Mode::read_only);
            if (!store) return store.error();
            Content content;
            auto metrics = store.value().metrics(run);
            if (!metrics) return metrics.error();
            const std::string prefix = "layers/update_ratio/";
            auto last = [&](const std::string& metric) -> std::optional<double> {
                const auto curve = store.value().curve(run, metric, {.at_most = 64});
                return curve && !curve.value().empty() ? std::optional(curve.value().back().last) : std::nullopt;
            };
            for (const std::string& metric : metrics.value())
                if (metric.starts_with(prefix))
                    content.layers.push_back({metric.substr(prefix.size()), last(metric),
                                              last("layers/grad_norm/" + metric.substr(prefix.size()))});
            auto steps = store.value().histogram_steps(run);
            if (!steps) return steps.error();
            content.steps = std::move(steps).value();
            return content;
        },
        [this, run = run_](const Result<Content>& content) {
            reading_ = false;
            if (run != run_) return refresh();
            if (content)
                show(content.value());
            else
                hint_->setText(errorText(content.error()));
        });
}

void LayersPanel::show(const Content& content) {
    const int before = table_->currentRow();
    table_->setRowCount(static_cast<int>(content.layers.size()));
    for (std::size_t i = 0; i < content.layers.size(); ++i) {
        const Layer& layer = content.layers[i];
        const int row = static_cast<int>(i);
        // "backbone.blocks.0.attention.qkv.weight": the ends are the same everywhere.
        QString shortName = qs(layer.name);
        if (shortName.startsWith(QLatin1String("backbone."))) shortName.remove(0, 9);
        if (shortName.endsWith(QLatin1String(".weight"))) shortName.chop(7);
        auto* name = new QTableWidgetItem(shortName);
        name->setData(Qt::UserRole, qs(layer.name));
        name->setToolTip(plainTip(qs(layer.name)));
        table_->setItem(row, 0, name);
        for (const auto& [column, value] : {std::pair(1, layer.ratio), std::pair(2, layer.norm)}) {
            auto* item = new QTableWidgetItem(value ? valueText(*value, 3) : QStringLiteral("–"));
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            constexpr double unstable = 1e-1, asleep = 1e-6;
            if (column == 1 && value && (*value > unstable || *value < asleep)) item->setForeground(tokens().warn);
            table_->setItem(row, column, item);
        }
    }
    if (content.layers.empty())
        hint_->setText(
            tr("Nothing recorded yet. “Layers every” of the monitoring settings says how often layers are looked at."));
    const QString step = step_->currentText();
    const bool newest = step_->currentIndex() < 0 || step_->currentIndex() == step_->count() - 1;
    step_->clear();
    for (const std::int64_t one : content.steps)
        step_->addItem(tr("Step %1").arg(countText(one)), static_cast<qlonglong>(one));
    step_->setCurrentIndex(newest ? step_->count() - 1 : std::max(0, step_->findText(step)));
    step_->setEnabled(step_->count() > 0);
    kind_->setEnabled(step_->count() > 0);
    if (table_->rowCount() > 0) table_->setCurrentCell(std::clamp(before, 0, table_->rowCount() - 1), 0);
    readHistograms();
}

void LayersPanel::readHistograms() {
    if (step_->currentIndex() < 0) return view_->setHistogram({});
    inBackground(
        this,
        [database = workbench_.workspace().database(), run = run_,
         step = step_->currentData().toLongLong()]() -> Result<std::vector<HistogramRecord>> {
            auto store = Store::open(database, Store::Mode::read_only);
            if (!store) return store.error();
            return store.value().histograms(run, step);
        },
        [this](Result<std::vector<HistogramRecord>> found) {
            if (!found) return hint_->setText(errorText(found.error()));
            histograms_ = std::move(found).value();
            showHistogram();
        });
}

void LayersPanel::showHistogram() {
    const QTableWidgetItem* item = table_->currentRow() >= 0 ? table_->item(table_->currentRow(), 0) : nullptr;
    const std::string name = item ? ss(item->data(Qt::UserRole).toString()) : std::string(),
                      kind = ss(kind_->currentData().toString());
    // Activations are those of a whole block: "backbone.blocks.3.attention.qkv.weight" -> "blocks.3".
    auto fits = [&](const HistogramRecord& h) {
        if (h.kind != kind) return false;
        if (kind != "activations") return h.name == name;
        return (name + ".").find("." + h.name + ".") != std::string::npos || (name + ".").find(h.name + ".") == 0;
    };
    const auto found = std::find_if(histograms_.begin(), histograms_.end(), fits);
    view_->setHistogram(found == histograms_.end() ? std::nullopt : std::optional(*found));
}

}  // namespace gw::ui

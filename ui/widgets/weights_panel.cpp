#include "ui/widgets/weights_panel.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "study/singular_values.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/plots/spectrum_plot.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/checkpoint_dialog.h"
#include "ui/widgets/histogram_view.h"

namespace gw::ui {

namespace {

enum Column { name, shape, values, deviation, dead, change, columns };
constexpr int shownDigits = 3;

QTreeWidget* weightTree() {
    auto* tree = new QTreeWidget;
    tree->setObjectName(QStringLiteral("models.weights"));
    tree->setColumnCount(columns);
    tree->setHeaderLabels({WeightsPanel::tr("Module"), WeightsPanel::tr("Shape"), WeightsPanel::tr("Parameters"),
                           WeightsPanel::tr("Deviation"), WeightsPanel::tr("Dead rows"), WeightsPanel::tr("Change")});
    tree->headerItem()->setToolTip(deviation, WeightsPanel::tr("Standard deviation of the values"));
    tree->headerItem()->setToolTip(
        dead, WeightsPanel::tr("Rows whose norm is no more than a thousandth of the middle row's"));
    tree->headerItem()->setToolTip(change, WeightsPanel::tr("Norm of the difference, as a share of the norm before"));
    tree->setAccessibleName(WeightsPanel::tr("Weights by module"));
    tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    tree->header()->setSectionResizeMode(name, QHeaderView::Stretch);
    tree->header()->setStretchLastSection(false);
    for (int column = values; column < columns; ++column)
        tree->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    tree->setTextElideMode(Qt::ElideMiddle);
    tree->setUniformRowHeights(true);
    return tree;
}

QString shapeText(const std::vector<std::int64_t>& lengths) {
    QStringList texts;
    for (const std::int64_t length : lengths) texts << QString::number(length);
    return texts.join(QStringLiteral(" × "));
}

QString changeText(const std::optional<TensorChange>& change) {
    constexpr double percent = 100;
    if (!change) return WeightsPanel::tr("new");
    if (change->norm == 0) return WeightsPanel::tr("none");
    if (std::isinf(change->share)) return WeightsPanel::tr("from zero");
    return valueText(change->share * percent, shownDigits) + QStringLiteral(" %");
}

void fill(QTreeWidgetItem& item, const WeightNode& node, const std::string& path, bool compared) {
    item.setText(name, qs(node.name));
    item.setToolTip(name, plainTip(qs(path)));
    item.setText(values, countText(node.values));
    if (node.rows > 0 && node.dead_rows > 0) item.setText(dead, countText(node.dead_rows));
    if (compared) item.setText(change, changeText(node.change));
    if (const TensorFacts* tensor = node.tensor) {
        item.setText(shape, shapeText(tensor->shape));
        item.setText(deviation, valueText(tensor->deviation, shownDigits));
        item.setData(name, Qt::UserRole, qs(tensor->full_name()));
    }
    for (int column = values; column < columns; ++column)
        item.setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    constexpr int rowHeight = 26;
    item.setSizeHint(name, {0, rowHeight});
    if (node.not_finite > 0) item.setForeground(name, tokens().bad);
    if (node.dead_rows > 0) item.setForeground(dead, tokens().warn);
    for (const WeightNode& child : node.children) {
        auto* below = new QTreeWidgetItem(&item);
        fill(*below, child, path.empty() ? child.name : path + "." + child.name, compared);
    }
}

}  // namespace

WeightsPanel::WeightsPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(label(tr("Compare with")));
    against_ = new QComboBox;
    against_->setObjectName(QStringLiteral("models.against"));
    against_->setAccessibleName(tr("Checkpoint to compare the weights with"));
    constexpr int forAStep = 220;
    against_->setMinimumWidth(forAStep);
    row->addWidget(against_);
    row->addStretch(1);
    column->addLayout(row);
    said_ = label({}, "muted");
    said_->setWordWrap(true);
    column->addWidget(said_);
    tree_ = weightTree();
    column->addWidget(tree_, 1);
    chosen_ = label({}, "muted");
    chosen_->setWordWrap(true);
    column->addWidget(chosen_);
    auto* plots = new QHBoxLayout;
    histogram_ = new HistogramView(tr("Choose a weight to see how its values are spread."));
    plots->addWidget(histogram_, 1);
    spectrum_ = new SpectrumPlot;
    plots->addWidget(spectrum_, 1);
    column->addLayout(plots);
    spectrum_->hide();

    connect(tree_, &QTreeWidget::currentItemChanged, this, &WeightsPanel::chooseWeight);
    connect(against_, &QComboBox::activated, this, [this](int index) {
        if (index + 1 < against_->count()) return read();
        against_->setCurrentIndex(0);  // until one is chosen
        read();
        auto* dialog = new CheckpointDialog(workbench_, window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &CheckpointDialog::chosen, this, &WeightsPanel::setAgainst);
        dialog->open();
    });
    setCheckpoint({}, {});
}

void WeightsPanel::setCheckpoint(const std::string& path, const std::vector<CheckpointRow>& others) {
    if (path == checkpoint_ && !path.empty()) return;
    checkpoint_ = path;
    const QSignalBlocker quiet(against_);
    against_->clear();
    against_->addItem(tr("nothing"), QString());
    for (const CheckpointRow& other : others)
        if (other.checkpoint.path != path)
            against_->addItem(tr("step %1").arg(countText(other.checkpoint.step)), qs(other.checkpoint.path));
    against_->addItem(tr("another checkpoint…"));
    read();
}

void WeightsPanel::setAgainst(const QString& path) {
    int index = against_->findData(path);
    if (index < 0) {
        index = against_->count() - 1;
        against_->insertItem(index, QString(path).section(QLatin1Char('/'), -3), path);
    }
    against_->setCurrentIndex(index);
    read();
}

void WeightsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (wanted_) read();
}

void WeightsPanel::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    if (!reading_) return;
    stop_.request_stop();
    reading_ = false;
    wanted_ = true;
}

void WeightsPanel::read() {
    stop_.request_stop();
    stop_ = std::stop_source();
    read_.reset();
    reading_ = false;
    tree_->clear();
    chooseWeight();
    against_->setEnabled(!checkpoint_.empty());
    if (checkpoint_.empty()) return said_->setText(tr("Choose a checkpoint on the left."));
    wanted_ = !isVisible();
    if (wanted_) return;
    reading_ = true;
    said_->setText(tr("Reading the weights…"));
    WeightFactsRequest request{checkpoint_, ss(against_->currentData().toString())};
    request.stop = stop_.get_token();
    request.progress = progressInWindow(this, stop_.get_token(), [this](const std::string&, double share) {
        constexpr double percent = 100;
        said_->setText(tr("Reading the weights… %1 %").arg(static_cast<int>(share * percent)));
    });
    inBackground(
        this,
        [request]() -> Result<std::shared_ptr<const Read>> {
            auto facts = read_weight_facts(request);
            if (!facts) return facts.error();
            auto read = std::make_shared<Read>();
            read->facts = std::move(facts).value();
            read->tree = weight_tree(read->facts);
            return std::shared_ptr<const Read>(std::move(read));
        },
        [this, stop = stop_.get_token()](Result<std::shared_ptr<const Read>> read) {
            if (stop.stop_requested()) return;
            reading_ = false;
            if (read)
                show(std::move(read).value());
            else
                said_->setText(errorText(read.error()));
        });
}

void WeightsPanel::show(std::shared_ptr<const Read> read) {
    read_ = std::move(read);
    const bool compared = !against_->currentData().toString().isEmpty();
    tree_->setColumnHidden(change, !compared);
    QTreeWidgetItem root;
    fill(root, read_->tree, {}, compared);
    tree_->addTopLevelItems(root.takeChildren());
    tree_->expandToDepth(1);
    const WeightNode& all = read_->tree;
    QStringList said{tr("%1 parameters in %2 weights, norm %3.")
                         .arg(countText(all.values), countText(static_cast<std::int64_t>(read_->facts.tensors.size())),
                              valueText(all.norm, shownDigits))};
    if (compared && all.change) {
        said << (all.change->norm == 0 ? tr("Nothing has changed.")
                                       : tr("Changed by %1 on the whole.").arg(changeText(all.change)));
        const auto missing = static_cast<std::int64_t>(read_->facts.only_there.size()),
                   other = static_cast<std::int64_t>(read_->facts.other_shape.size());
        if (missing > 0) said << tr("Weights that only the other checkpoint has: %1.").arg(countText(missing));
        if (other > 0) said << tr("Weights of another shape there: %1.").arg(countText(other));
    }
    if (all.not_finite > 0)
        said << tr("%1 values are not finite: take an older checkpoint.").arg(countText(all.not_finite));
    if (all.dead_rows > 0) said << tr("Dead rows: %1 of %2.").arg(countText(all.dead_rows), countText(all.rows));
    said_->setText(said.join(QLatin1Char(' ')));
    for (QTreeWidgetItem* item = tree_->topLevelItem(0); item; item = item->child(0))
        if (item->childCount() == 0) tree_->setCurrentItem(item);
    tree_->scrollToTop();
}

void WeightsPanel::chooseWeight() {
    const QTreeWidgetItem* item = tree_->currentItem();
    const QString chosen = item ? item->data(name, Qt::UserRole).toString() : QString();
    spectrumStop_.request_stop();
    spectrumStop_ = std::stop_source();
    spectrum_->hide();
    const TensorFacts* tensor = nullptr;
    if (read_ && !chosen.isEmpty())
        for (const TensorFacts& one : read_->facts.tensors)
            if (one.full_name() == ss(chosen)) tensor = &one;
    chosen_->setText({});
    if (!tensor) return histogram_->setHistogram({});
    if (tensor->histogram.empty()) {
        histogram_->setHistogram({});
    } else {
        HistogramRecord shown;
        shown.name = tensor->name;
        shown.low = tensor->low;
        shown.high = tensor->high;
        shown.counts = tensor->histogram;
        histogram_->setHistogram(std::move(shown));
    }
    QStringList said{tr("%1 · %2 · norm %3 · mean %4 · zeros %5 of %6")
                         .arg(chosen, qs(tensor->dtype), valueText(tensor->norm, shownDigits),
                              valueText(tensor->mean, shownDigits), countText(tensor->zeros),
                              countText(tensor->values))};
    if (tensor->change)
        said << tr("changed by %1, cosine %2")
                    .arg(changeText(tensor->change), valueText(tensor->change->cosine, shownDigits));
    chosen_->setText(said.join(QStringLiteral(" · ")));
    constexpr std::int64_t quick = 2048;  // of the shorter side; the verb weights takes larger ones
    if (tensor->rows > 1 && tensor->values > tensor->rows && tensor->not_finite == 0 &&
        std::min(tensor->rows, tensor->values / tensor->rows) <= quick)
        readSpectrum(*tensor);
}

void WeightsPanel::readSpectrum(const TensorFacts& tensor) {
    inBackground(
        this,
        [checkpoint = checkpoint_, weight = tensor.full_name(),
         stop = spectrumStop_.get_token()]() -> Result<SingularValues> {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Cancelled", "", {}};
            return singular_values(checkpoint, weight);
        },
        [this, stop = spectrumStop_.get_token()](const Result<SingularValues>& found) {
            if (stop.stop_requested() || !found) return;
            spectrum_->setValues(found.value().values);
            spectrum_->show();
            chosen_->setText(chosen_->text() + QStringLiteral(" · ") +
                             tr("effective rank %1 of %2")
                                 .arg(valueText(found.value().effective_rank, shownDigits),
                                      countText(static_cast<std::int64_t>(found.value().values.size()))));
        });
}

}  // namespace gw::ui

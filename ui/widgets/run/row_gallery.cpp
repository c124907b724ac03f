#include "ui/widgets/run/row_gallery.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {

enum Order { wrongFirst, rightLast, ofCell };
enum TextColumn { rowColumn, truthColumn, saidColumn, scoreColumn, textColumn };

/// Long enough to judge by, and no longer than a tooltip can be read.
QString shortened(const std::string& text) {
    constexpr qsizetype longest = 4000;
    const QString whole = qs(text);
    return whole.size() > longest ? whole.left(longest) + QStringLiteral(" …") : whole;
}

}  // namespace

RowGallery::RowGallery(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    order_ = new QComboBox;
    order_->setAccessibleName(tr("Which rows are shown"));
    order_->setToolTip(order_->accessibleName());
    order_->setProperty("look", QStringLiteral("small"));
    order_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row->addWidget(order_);
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    row->addWidget(state_, 1);
    column->addLayout(row);
    pictures_ = new PictureStrip(tr("Held-out pictures, with what is true and what was said"));
    column->addWidget(pictures_, 1);
    texts_ = new QTableWidget(0, 5);
    texts_->setAccessibleName(tr("Held-out texts, with what is true and what was said"));
    texts_->verticalHeader()->hide();
    texts_->horizontalHeader()->setStretchLastSection(true);
    texts_->setShowGrid(false);
    texts_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    texts_->setSelectionBehavior(QAbstractItemView::SelectRows);
    texts_->setTabKeyNavigation(false);
    texts_->setWordWrap(false);
    column->addWidget(texts_, 1);
    connect(order_, &QComboBox::currentIndexChanged, this, &RowGallery::read);
    connect(&Theme::instance(), &Theme::changed, this, &RowGallery::read);
    fillOrders();
}

void RowGallery::setPredictions(std::shared_ptr<const Predictions> predictions, const Json& spec,
                                const std::string& datasetHash) {
    if (predictions == predictions_) return;
    predictions_ = std::move(predictions);
    spec_ = spec;
    datasetHash_ = datasetHash;
    cell_.reset();
    fillOrders();
    read();
}

void RowGallery::fillOrders() {
    const QSignalBlocker quiet(order_);
    const int before = order_->currentData().toInt();
    order_->clear();
    const bool numbers = predictions_ && predictions_->kind == LabelKind::number;
    order_->addItem(numbers ? tr("The furthest off") : tr("Wrong, the surest first"), wrongFirst);
    order_->addItem(numbers ? tr("The closest") : tr("Right, the least sure"), rightLast);
    if (cell_) {
        const QString truth = qs(predictions_->classes[static_cast<std::size_t>(cell_->first)]);
        const QString guess = qs(predictions_->classes[static_cast<std::size_t>(cell_->second)]);
        order_->addItem(
            truth == guess ? tr("“%1”, rightly told").arg(truth) : tr("“%1” taken for “%2”").arg(truth, guess), ofCell);
    }
    order_->setCurrentIndex(std::max(0, order_->findData(before)));
}

void RowGallery::showCell(int truth, int guess) {
    if (!predictions_ || truth < 0 || guess < 0) return;
    const auto classes = static_cast<int>(predictions_->classes.size());
    if (truth >= classes || guess >= classes) return;
    cell_ = {truth, guess};
    fillOrders();
    const QSignalBlocker quiet(order_);
    order_->setCurrentIndex(order_->findData(ofCell));
    read();
}

void RowGallery::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (stale_) read();
}

void RowGallery::read() {
    stop_.request_stop();
    stop_ = std::stop_source();
    pictures_->setEntries({});
    texts_->setRowCount(0);
    pictures_->hide();
    texts_->hide();
    state_->clear();
    // Reading the data may take long: not before somebody looks.
    stale_ = !isVisible();
    if (!predictions_ || stale_) return;
    RowWish wish;
    const int order = order_->currentData().toInt();
    wish.right = order == rightLast;
    if (order == ofCell) wish.cell = cell_;
    state_->setText(tr("Reading the rows…"));
    struct Found {
        JudgedRows judged;
        Result<std::vector<ShownRow>> rows;
    };
    inBackground(
        this,
        [predictions = predictions_, spec = spec_, hash = datasetHash_, wish, stop = stop_.get_token()]() -> Found {
            JudgedRows judged = judged_rows(*predictions, wish);
            std::vector<std::int64_t> documents;
            for (const JudgedRow& row : judged.rows) documents.push_back(row.document);
            if (documents.empty()) return {std::move(judged), std::vector<ShownRow>()};
            auto rows = view_rows_of_run(spec, hash, std::move(documents), {}, stop);
            return {std::move(judged), std::move(rows)};
        },
        [this, stop = stop_.get_token()](const Found& found) {
            if (!stop.stop_requested()) showRows(found.judged, found.rows);
        });
}

QString RowGallery::scoreNote(const JudgedRow& row) const {
    return predictions_->kind == LabelKind::number ? tr("off by %1").arg(valueText(row.score, 3))
                                                   : tr("sure to %1 %").arg(valueText(100 * row.score, 3));
}

void RowGallery::showRows(const JudgedRows& judged, const Result<std::vector<ShownRow>>& found) {
    if (!found) return state_->setText(errorText(found.error()));
    const std::vector<ShownRow>& rows = found.value();
    if (rows.empty()) return state_->setText(tr("There is no such row."));
    const auto shown = static_cast<std::int64_t>(rows.size());
    state_->setText(shown < judged.all ? tr("%1 of %2 rows").arg(countText(shown), countText(judged.all))
                                       : plural(shown, tr("1 row"), tr("%1 rows")));
    const bool ofPictures =
        std::any_of(rows.begin(), rows.end(), [](const ShownRow& row) { return row.picture.has_value(); });
    auto place = [](const ShownRow& row) {
        return row.row > 0 ? tr("row %1 of %2").arg(countText(row.row), qs(row.source))
                           : tr("number %1 of the data").arg(countText(row.document));
    };
    if (ofPictures) {
        std::vector<PictureStrip::Entry> entries;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const JudgedRow& said = judged.rows[i];
            QString tip = scoreNote(said) + QStringLiteral("\n") + place(rows[i]);
            if (!rows[i].text.empty()) tip += QLatin1Char('\n') + shortened(rows[i].text);
            entries.push_back(
                {rows[i].picture.value_or(PictureCopy()), qs(said.truth), qs(said.said), said.wrong, std::move(tip)});
        }
        pictures_->setEntries(entries);
        return pictures_->show();
    }
    const bool numbers = predictions_->kind == LabelKind::number;
    texts_->setHorizontalHeaderLabels(
        {tr("Row"), tr("True"), tr("Said"), numbers ? tr("Off by") : tr("Sure"), tr("Text")});
    texts_->setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < texts_->rowCount(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const JudgedRow& said = judged.rows[at];
        const QString text = shortened(rows[at].text);
        const QString mark = numbers ? QString() : said.wrong ? QStringLiteral("✗ ") : QStringLiteral("✓ ");
        const QString cells[] = {
            countText(rows[at].row > 0 ? rows[at].row : rows[at].document), qs(said.truth), mark + qs(said.said),
            numbers ? valueText(said.score, 3) : QStringLiteral("%1 %").arg(valueText(100 * said.score, 3)),
            text.simplified()};
        for (int column = 0; column <= textColumn; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            const bool number = column == rowColumn || column == scoreColumn;
            if (number) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (column == saidColumn && said.wrong) item->setForeground(tokens().bad);
            item->setToolTip(column == textColumn  ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal)
                             : column == rowColumn ? place(rows[at])
                                                   : cells[column]);
            texts_->setItem(i, column, item);
        }
    }
    for (const int column : {rowColumn, truthColumn, saidColumn, scoreColumn}) {
        constexpr int widest = 140;
        texts_->resizeColumnToContents(column);
        texts_->setColumnWidth(column, std::min(widest, texts_->columnWidth(column)));
    }
    texts_->show();
}

}  // namespace gw::ui

#include "ui/widgets/try/try_drawing.h"

#include <QFileDialog>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "util/named_file.h"

namespace gw::ui {

TryDrawing::TryDrawing(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    bar_ = new ReadingBar(tr("Stop drawing"));
    draw_ = bar_->addButton(tr("Draw"),
                            tr("Pictures or rows out of nothing, by the weights of this checkpoint (Ctrl+Enter)"));
    draw_->setObjectName(QStringLiteral("try.draw"));
    seed_ = new QSpinBox;
    constexpr int most = 1'000'000'000;
    seed_->setRange(0, most);
    seed_->setValue(1);
    seed_->setPrefix(tr("Seed "));
    seed_->setAccessibleName(tr("Seed"));
    seed_->setToolTip(tr("The same seed draws the same"));
    bar_->add(seed_);
    save_ = bar_->addButton(tr("Save…"), tr("Write what is shown to a file: pictures as PNG, rows as CSV"));
    save_->setObjectName(QStringLiteral("try.draw.save"));
    column->addWidget(bar_);
    sheet_ = new QLabel;
    sheet_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    area_ = new QScrollArea;
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area_->setWidget(sheet_);
    area_->hide();
    column->addWidget(area_, 1);
    connect(draw_, &QPushButton::clicked, this, &TryDrawing::draw);
    connect(save_, &QPushButton::clicked, this, [this] {
        const QString file =
            rows_ ? QFileDialog::getSaveFileName(this, tr("Save rows"), tr("drawn.csv"), tr("Tables (*.csv)"))
                  : QFileDialog::getSaveFileName(this, tr("Save picture"), tr("drawn.png"), tr("Pictures (*.png)"));
        if (!file.isEmpty()) save(file);
    });
    showButtons();
}

void TryDrawing::setRun(const std::string& run, bool rows) {
    if (run == run_) return;
    run_ = run;
    rows_ = rows;
    bar_->drop();
    bar_->say({});
    drawn_.clear();
    area_->hide();
    showButtons();
}

void TryDrawing::setCheckpoint(const fs::path& checkpoint, const QString& name) {
    checkpoint_ = checkpoint;
    name_ = name;
    showButtons();
}

void TryDrawing::showButtons() {
    draw_->setEnabled(!busy() && !checkpoint_.empty());
    save_->setEnabled(!busy() && !drawn_.empty());
}

void TryDrawing::draw() {
    if (busy() || checkpoint_.empty()) return;
    bar_->begin(tr("Drawing…"));
    showButtons();
    DrawRequest request{checkpoint_};
    constexpr std::int64_t rows = 1000;
    if (rows_) request.count = rows;
    request.seed = static_cast<std::uint64_t>(seed_->value());
    request.progress = bar_->told();
    request.stop = bar_->stop().get_token();
    inBackground(
        this, [request] { return gw::draw(request); },
        [this, name = name_, seed = request.seed, stop = bar_->stop()](const Result<DrawnSheet>& drawn) {
            if (stop != bar_->stop()) return;  // another run is shown by now
            bar_->end();
            showButtons();
            if (!drawn) return bar_->sayWhy(drawn.error());
            bar_->say(name + QStringLiteral(" · ") + tr("seed %1").arg(static_cast<qulonglong>(seed)));
            show(drawn.value());
        });
}

void TryDrawing::show(const DrawnSheet& sheet) {
    drawn_ = rows_ ? sheet.csv : sheet.png;
    whole_.loadFromData(QByteArray::fromStdString(sheet.png), "PNG");
    sheet_->setAccessibleName(rows_ ? tr("Drawn rows, by their first two values")
                                    : tr("%1 drawn pictures").arg(static_cast<qlonglong>(usually_drawn)));
    area_->show();
    fit();
    showButtons();
}

void TryDrawing::fit() {
    if (whole_.isNull()) return;
    const int room = std::max(1, area_->viewport()->width());
    sheet_->setPixmap(whole_.width() > room ? whole_.scaledToWidth(room, Qt::SmoothTransformation) : whole_);
}

void TryDrawing::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void TryDrawing::save(const QString& file) {
    if (drawn_.empty()) return;
    // The dialog has asked about a file that is there.
    const Status written = write_named_file(ss(file), drawn_, Existing::replace);
    bar_->say(written ? tr("Written: %1").arg(file) : errorText(written.error()));
}

}  // namespace gw::ui

#include "ui/widgets/try/try_drawing.h"

#include <QFileDialog>
#include <QVBoxLayout>
#include <algorithm>

#include "study/drawing.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/flow_layout.h"
#include "util/named_file.h"

namespace gw::ui {

TryDrawing::TryDrawing(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new QWidget;
    auto* row = new FlowLayout(bar);
    auto button = [&](const QString& text, const QString& tip, const char* name) {
        auto* made = new QPushButton(text);
        made->setProperty("look", QStringLiteral("small"));
        made->setToolTip(tip);
        made->setObjectName(QLatin1String(name));
        row->addWidget(made);
        return made;
    };
    draw_ =
        button(tr("Draw"), tr("Pictures out of nothing, by the weights of this checkpoint (Ctrl+Enter)"), "try.draw");
    seed_ = new QSpinBox;
    constexpr int most = 1'000'000'000;
    seed_->setRange(0, most);
    seed_->setValue(1);
    seed_->setPrefix(tr("Seed "));
    seed_->setAccessibleName(tr("Seed"));
    seed_->setToolTip(tr("The same seed draws the same pictures"));
    row->addWidget(seed_);
    save_ = button(tr("Save picture…"), tr("Write what is shown to a PNG file"), "try.draw.save");
    cancel_ = button(tr("Cancel"), {}, "try.draw.cancel");
    column->addWidget(bar);
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    state_->hide();
    column->addWidget(state_);
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
    connect(cancel_, &QPushButton::clicked, this, [this] { stop_.request_stop(); });
    connect(save_, &QPushButton::clicked, this, [this] {
        const QString file =
            QFileDialog::getSaveFileName(this, tr("Save picture"), tr("drawn.png"), tr("Pictures (*.png)"));
        if (!file.isEmpty()) save(file);
    });
    showButtons();
}

TryDrawing::~TryDrawing() {
    stop_.request_stop();
}

void TryDrawing::setRun(const std::string& run) {
    if (run == run_) return;
    run_ = run;
    stop_.request_stop();
    png_.clear();
    area_->hide();
    state_->hide();
    showButtons();
}

void TryDrawing::setCheckpoint(const fs::path& checkpoint, const QString& name) {
    checkpoint_ = checkpoint;
    name_ = name;
    showButtons();
}

void TryDrawing::showButtons() {
    draw_->setEnabled(!busy_ && !checkpoint_.empty());
    save_->setEnabled(!busy_ && !png_.empty());
    cancel_->setVisible(busy_);
}

void TryDrawing::draw() {
    if (busy_ || checkpoint_.empty()) return;
    busy_ = true;
    stop_ = std::stop_source();
    showButtons();
    state_->show();
    state_->setText(tr("Drawing…"));
    const ProgressFn progress = progressInWindow(this, stop_.get_token(), [this](const std::string&, double done) {
        constexpr double percent = 100;
        if (busy_) state_->setText(tr("Drawing · %1 %").arg(static_cast<int>(percent * std::min(done, 1.0))));
    });
    const auto seed = static_cast<std::uint64_t>(seed_->value());
    inBackground(
        this,
        [checkpoint = checkpoint_, seed, progress, stop = stop_.get_token()] {
            return drawn_sheet(checkpoint, usually_drawn, seed, progress, stop);
        },
        [this, run = run_, name = name_, seed, stop = stop_.get_token()](const Result<std::string>& drawn) {
            busy_ = false;
            showButtons();
            if (run != run_) return state_->hide();
            if (stop.stop_requested()) return state_->setText(tr("Cancelled"));
            if (!drawn)
                return state_->setText(drawn.error().code == Error::Code::cancelled ? tr("Cancelled")
                                                                                    : errorText(drawn.error()));
            state_->setText(name + QStringLiteral(" · ") + tr("seed %1").arg(static_cast<qulonglong>(seed)));
            show(drawn.value());
        });
}

void TryDrawing::show(const std::string& png) {
    png_ = png;
    whole_.loadFromData(QByteArray::fromStdString(png), "PNG");
    sheet_->setAccessibleName(tr("%1 drawn pictures").arg(static_cast<qlonglong>(usually_drawn)));
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
    if (png_.empty()) return;
    // The dialog has asked about a file that is there.
    const Status written = write_named_file(ss(file), png_, Existing::replace);
    state_->setText(written ? tr("Written: %1").arg(file) : errorText(written.error()));
}

}  // namespace gw::ui

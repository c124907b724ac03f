#include "ui/widgets/try/try_judging.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QImageReader>
#include <QVBoxLayout>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

PictureCopy pictureFor(const QImage& image, const PictureCopy& shape, bool inverted) {
    PictureCopy out;
    out.channels = shape.channels;
    out.height = shape.height;
    out.width = shape.width;
    const QSize size(static_cast<int>(shape.width), static_cast<int>(shape.height));
    if (image.isNull() || size.isEmpty() || shape.channels < 1 || shape.channels > 4) return out;
    QImage scaled = image.convertToFormat(QImage::Format_RGBA8888)
                        .scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    scaled = scaled.copy((scaled.width() - size.width()) / 2, (scaled.height() - size.height()) / 2, size.width(),
                         size.height());
    const bool colour = shape.channels >= 3, alpha = shape.channels % 2 == 0;
    const std::int64_t plane = shape.height * shape.width;
    out.pixels.resize(static_cast<std::size_t>(shape.channels * plane));
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x) {
            const QRgb pixel = scaled.pixel(x, y);
            int values[4] = {qGray(pixel), qAlpha(pixel), 0, 0};
            if (colour) {
                values[0] = qRed(pixel);
                values[1] = qGreen(pixel);
                values[2] = qBlue(pixel);
                values[3] = qAlpha(pixel);
            }
            for (std::int64_t c = 0; c < shape.channels; ++c) {
                const bool isAlpha = alpha && c == shape.channels - 1;
                out.pixels[static_cast<std::size_t>(c * plane + y * shape.width + x)] =
                    static_cast<std::uint8_t>(inverted && !isAlpha ? 255 - values[c] : values[c]);
            }
        }
    return out;
}

TryJudging::TryJudging(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    text_ = new QPlainTextEdit;
    text_->setObjectName(QStringLiteral("try.text"));
    text_->setAccessibleName(tr("Text to judge"));
    text_->setTabChangesFocus(true);
    constexpr int textHeight = 84, stripHeight = 140;
    text_->setFixedHeight(textHeight);
    column->addWidget(text_);
    pictures_ = new QWidget;
    auto* row = new QHBoxLayout(pictures_);
    row->setContentsMargins(0, 0, 0, 0);
    choose_ = new QPushButton(tr("Choose a picture…"));
    choose_->setObjectName(QStringLiteral("try.picture"));
    choose_->setProperty("look", QStringLiteral("small"));
    row->addWidget(choose_);
    invert_ = new QCheckBox(tr("Invert"));
    invert_->setObjectName(QStringLiteral("try.invert"));
    invert_->setToolTip(tr("Exchange bright and dark, for pictures on white where the training pictures are on black"));
    row->addWidget(invert_);
    row->addStretch(1);
    column->addWidget(pictures_);
    strip_ = new PictureStrip(tr("The picture as the model takes it"));
    strip_->setFixedHeight(stripHeight);
    strip_->setFrameShape(QFrame::NoFrame);
    column->addWidget(strip_);
    auto* buttons = new QHBoxLayout;
    predict_ = new QPushButton(tr("Predict"));
    predict_->setObjectName(QStringLiteral("try.predict"));
    predict_->setToolTip(tr("Ctrl+Enter"));
    buttons->addWidget(predict_);
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    buttons->addWidget(state_, 1);
    column->addLayout(buttons);
    said_ = new QTableWidget(0, 2);
    said_->setAccessibleName(tr("What the model says"));
    said_->verticalHeader()->hide();
    said_->setShowGrid(false);
    said_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    said_->setSelectionBehavior(QAbstractItemView::SelectRows);
    said_->setTabKeyNavigation(false);
    said_->setFont(Theme::numberFont());
    said_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    said_->hide();
    column->addWidget(said_, 1);
    connect(predict_, &QPushButton::clicked, this, &TryJudging::predict);
    connect(choose_, &QPushButton::clicked, this, &TryJudging::choosePicture);
    connect(invert_, &QCheckBox::toggled, this, [this] {
        if (!file_.isEmpty()) predict();
    });
}

void TryJudging::setRun(const std::string& run, const std::optional<PictureCopy>& shape, const QStringList& columns,
                        bool windows) {
    shape_ = shape;
    text_->setVisible(!shape);
    pictures_->setVisible(shape.has_value());
    if (run == run_ && columns == columns_) return;
    columns_ = columns;  // known once the run's data has been read
    run_ = run;
    file_.clear();
    text_->clear();
    text_->setPlaceholderText(columns.isEmpty() ? tr("A text for the model to judge")
                              : windows
                                  ? tr("The rows of a window, the oldest first: values with commas between them") +
                                        QLatin1Char('\n') + columns.join(QLatin1Char(','))
                                  : tr("A row: name=value for each column, ? where a value is not known"));
    if (!windows)
        for (const QString& name : columns) text_->appendPlainText(name + QStringLiteral("=?"));
    text_->moveCursor(QTextCursor::Start);
    strip_->setEntries({});
    strip_->hide();
    said_->setRowCount(0);
    said_->hide();
    state_->clear();
}

void TryJudging::setCheckpoint(const fs::path& checkpoint, const QString& name) {
    checkpoint_ = checkpoint;
    name_ = name;
    predict_->setEnabled(!busy_ && !checkpoint_.empty());
}

void TryJudging::choosePicture() {
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a picture"), QFileInfo(file_).absolutePath(),
                                                      tr("Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.pgm *.ppm)"));
    if (!file.isEmpty()) usePicture(file);
}

void TryJudging::usePicture(const QString& file) {
    file_ = file;
    predict();
}

void TryJudging::predict() {
    if (checkpoint_.empty() || busy_) return;
    if (shape_ && file_.isEmpty()) return choosePicture();
    const QString text = text_->toPlainText();
    if (!shape_ && text.trimmed().isEmpty()) return state_->setText(tr("Write a text for the model to judge."));
    busy_ = true;
    predict_->setEnabled(false);
    state_->setText(tr("Loading the model…"));
    struct Found {
        Result<Answers> judged;
        PictureCopy picture;
    };
    inBackground(
        this,
        [checkpoint = checkpoint_, text = ss(text), shape = shape_, file = file_,
         inverted = invert_->isChecked()]() -> Found {
            if (!shape) return {answer_texts(checkpoint, {text}), {}};
            QImageReader reader(file);
            reader.setAutoTransform(true);
            const QImage image = reader.read();
            if (image.isNull())
                return {Error{Error::Code::bad_data,
                              ss(tr("This picture cannot be read: %1").arg(reader.errorString())),
                              ss(tr("Choose a PNG or JPEG file")),
                              {"file " + ss(file)}},
                        {}};
            PictureCopy picture = pictureFor(image, *shape, inverted);
            if (picture.pixels.empty())
                return {Error{Error::Code::bad_spec,
                              ss(tr("This model takes pictures with %1 channels, which no picture file has")
                                     .arg(shape->channels)),
                              ss(tr("Evaluate it on a file of its own kind instead")),
                              {}},
                        {}};
            return {answer_picture(checkpoint, picture), std::move(picture)};
        },
        [this, run = run_, name = name_](const Found& found) {
            busy_ = false;
            predict_->setEnabled(!checkpoint_.empty());
            if (run != run_) return;
            strip_->setVisible(!found.picture.pixels.empty());
            said_->setVisible(bool(found.judged));
            if (!found.judged) return state_->setText(errorText(found.judged.error()));
            state_->setText(name);
            show(found.judged.value());
            if (found.picture.pixels.empty()) return;
            PictureStrip::Entry entry{found.picture, tr("%1 × %2").arg(shape_->width).arg(shape_->height)};
            entry.tip = tr("As the model takes it: scaled, and cut around the middle");
            strip_->setEntries({entry});
        });
}

void TryJudging::show(const Answers& judged) {
    const Told& told = judged.rows.front();
    std::vector<std::pair<QString, QString>> rows;
    QStringList heads{tr("Class"), tr("Probability")};
    constexpr double percent = 100;
    for (const auto& [name, share] : told.classes)
        rows.emplace_back(qs(name), tr("%1 %").arg(valueText(percent * share, 3)));
    if (judged.kind == LabelKind::word_classes) {
        heads = {tr("Word"), tr("Class")};
        for (const auto& [word, name] : told.words) rows.emplace_back(qs(word), qs(name));
    }
    if (judged.kind == LabelKind::number) {
        heads = {tr("What is said"), tr("Value")};
        rows.emplace_back(tr("Number"), valueText(told.value));
    }
    said_->setHorizontalHeaderLabels(heads);
    said_->setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < said_->rowCount(); ++row) {
        const auto& [left, right] = rows[static_cast<std::size_t>(row)];
        said_->setItem(row, 0, new QTableWidgetItem(left));
        auto* value = new QTableWidgetItem(right);
        if (judged.kind != LabelKind::word_classes) value->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        said_->setItem(row, 1, value);
    }
}

}  // namespace gw::ui

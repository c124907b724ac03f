#include "ui/widgets/run/picture_strip.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/shell/theme.h"

namespace gw::ui {

namespace {

constexpr int least = 56, most = 112;  // px: the longer side of a thumbnail
constexpr int strip_margin = 6, leastWidth = 92;

/// How large a picture is shown.
QSize shownSize(const QSize& size) {
    const int side = std::max({1, size.width(), size.height()});
    if (side > most) return size.scaled(most, most, Qt::KeepAspectRatio).expandedTo({1, 1});
    return size * ((least + side - 1) / side);
}

class PictureDelegate final : public QStyledItemDelegate {
  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Tokens& t = tokens();
        const QRect cell = option.rect.adjusted(2, 2, -2, -2);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.accentSoft);
            painter->drawRoundedRect(cell, strip_margin, strip_margin);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(t.accent, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), strip_margin, strip_margin);
        }
        painter->setRenderHint(QPainter::Antialiasing, false);
        const QFont font = Theme::smallFont();
        const QFontMetrics metrics(font);
        const bool judged = index.data(PictureStrip::saidRole).isValid();
        int below = cell.bottom() - strip_margin / 2 - metrics.height() * (judged ? 2 : 1);
        const auto image = index.data(PictureStrip::imageRole).value<QImage>();
        const QSize size = shownSize(image.size());
        QRect place(QPoint(), size);
        place.moveCenter({cell.center().x(), cell.top() + (below - cell.top()) / 2});
        // Reduced pictures lose lines without smoothing; magnified ones would be blurred by it.
        painter->setRenderHint(QPainter::SmoothPixmapTransform, size.width() < image.width());
        painter->drawImage(place, image);
        painter->setPen(t.line);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(place.adjusted(-1, -1, 0, 0));  // white digits on a white ground have an edge too
        painter->setFont(font);
        auto line = [&](const QString& text, const QColor& color) {
            const QRect at(cell.left() + strip_margin / 2, below, cell.width() - strip_margin, metrics.height());
            painter->setPen(color);
            painter->drawText(at, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, at.width()));
            below += metrics.height();
        };
        line(index.data(PictureStrip::captionRole).toString(), t.text);
        if (judged) {
            const bool wrong = index.data(PictureStrip::wrongRole).toBool();
            const QString said = index.data(PictureStrip::saidRole).toString();
            line((wrong ? QStringLiteral("✗ ") : QStringLiteral("✓ ")) + said, wrong ? t.bad : t.muted);
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override {
        const auto* strip = qobject_cast<const PictureStrip*>(parent());
        return strip ? strip->gridSize() : shownSize(index.data(PictureStrip::imageRole).value<QImage>().size());
    }
};

}  // namespace

QImage imageOf(const PictureCopy& picture) {
    const auto& [channels, height, width, pixels] = picture;
    constexpr std::int64_t longest = 1 << 14;  // of a side: no picture to look at is larger
    if (channels < 1 || height < 1 || width < 1 || height > longest || width > longest ||
        static_cast<std::int64_t>(pixels.size()) != channels * height * width)
        return {};
    const bool color = channels == 3 || channels == 4, alpha = channels == 2 || channels == 4;
    QImage image(static_cast<int>(width), static_cast<int>(height), QImage::Format_RGBA8888);
    const std::int64_t plane = height * width;
    for (std::int64_t y = 0; y < height; ++y) {
        uchar* out = image.scanLine(static_cast<int>(y));
        for (std::int64_t x = 0; x < width; ++x, out += 4) {
            const auto at = [&](std::int64_t channel) {
                return pixels[static_cast<std::size_t>(channel * plane + y * width + x)];
            };
            out[0] = at(0);
            out[1] = at(color ? 1 : 0);
            out[2] = at(color ? 2 : 0);
            out[3] = alpha ? at(channels - 1) : std::uint8_t{255};
        }
    }
    return image;
}

PictureStrip::PictureStrip(const QString& accessibleName, QWidget* parent) : QListWidget(parent) {
    setAccessibleName(accessibleName);
    setViewMode(IconMode);
    setMovement(Static);
    setResizeMode(Adjust);
    setWrapping(true);
    setUniformItemSizes(true);
    setEditTriggers(NoEditTriggers);
    setDragEnabled(false);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setItemDelegate(new PictureDelegate(this));
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void PictureStrip::setEntries(const std::vector<Entry>& entries) {
    clear();
    QSize largest(least, least);
    bool judged = false;
    for (const Entry& entry : entries) {
        auto* item = new QListWidgetItem(this);
        const QImage image = imageOf(entry.picture);
        largest = largest.expandedTo(shownSize(image.size()));
        item->setData(imageRole, image);
        item->setData(captionRole, entry.caption);
        QString spoken = entry.caption;
        if (!entry.said.isEmpty()) {
            judged = true;
            item->setData(saidRole, entry.said);
            item->setData(wrongRole, entry.wrong);
            spoken = entry.wrong ? tr("%1, wrongly taken for %2").arg(entry.caption, entry.said)
                                 : tr("%1, rightly told").arg(entry.caption);
        }
        item->setToolTip(entry.tip.isEmpty() ? spoken : spoken + QLatin1Char('\n') + entry.tip);
        item->setData(Qt::AccessibleTextRole, spoken);
    }
    const int line = QFontMetrics(Theme::smallFont()).height();
    setGridSize({std::max(leastWidth, largest.width() + 4 * strip_margin),
                 largest.height() + line * (judged ? 2 : 1) + 4 * strip_margin});
    if (count() > 0) setCurrentRow(0, QItemSelectionModel::NoUpdate);  // so that the arrow keys begin somewhere
    fit();
}

void PictureStrip::setWhole(bool whole) {
    whole_ = whole;
    setVerticalScrollBarPolicy(whole ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    fit();
}

void PictureStrip::fit() {
    if (!whole_) return;
    const int across = std::max(1, viewport()->width() / std::max(1, gridSize().width()));
    const int lines = (count() + across - 1) / across;
    setFixedHeight(lines * gridSize().height() + 2 * frameWidth() + strip_margin);
}

void PictureStrip::resizeEvent(QResizeEvent* event) {
    QListWidget::resizeEvent(event);
    fit();
}

}  // namespace gw::ui

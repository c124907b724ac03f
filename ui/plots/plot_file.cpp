#include "ui/plots/plot_file.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>
#include <functional>

#include "ui/texts/text.h"

namespace gw::ui {

namespace {

using Painting = std::function<void(QPainter&, const QSizeF&)>;

void writeSvg(const Painting& paint, const QString& title, QSizeF size, QBuffer& buffer) {
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), size));
    generator.setTitle(title);
    QPainter painter(&generator);
    paint(painter, size);
}

void writePdf(const Painting& paint, QSizeF size, QBuffer& buffer) {
    constexpr double pointsAPixel = 0.75;
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(size * pointsAPixel, QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    writer.setResolution(96);
    QPainter painter(&writer);
    paint(painter, size);
}

void writePng(const Painting& paint, QSizeF size, QBuffer& buffer) {
    constexpr int sharp = 2;
    QImage image((size * sharp).toSize(), QImage::Format_ARGB32);
    image.setDevicePixelRatio(sharp);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter, size);
    painter.end();
    image.save(&buffer, "PNG");
}

Result<std::string> fileOf(const QSize& shown, const Painting& paint, const QString& title, const QString& ending,
                           const char* endings) {
    constexpr int leastWidth = 720, leastHeight = 420, legend = 40;
    const QSizeF size(std::max(leastWidth, shown.width()), std::max(leastHeight, shown.height()) + legend);
    QByteArray data;
    QBuffer buffer(&data);
    buffer.open(QIODevice::WriteOnly);
    if (ending == QLatin1String("svg"))
        writeSvg(paint, title, size, buffer);
    else if (ending == QLatin1String("pdf"))
        writePdf(paint, size, buffer);
    else if (ending == QLatin1String("png"))
        writePng(paint, size, buffer);
    else
        return Error{Error::Code::bad_spec,
                     "A file that ends in ." + ss(ending) + " cannot be written",
                     std::string("End it in ") + endings,
                     {}};
    buffer.close();
    return data.toStdString();
}

}  // namespace

Result<std::string> plotFile(ComparePlots& plots, const QString& ending) {
    return fileOf(
        plots.size(), [&](QPainter& painter, const QSizeF& size) { plots.paintOnto(painter, size); },
        QCoreApplication::translate("gw::ui::ComparePage", "Comparison"), ending, "svg, pdf, png, csv, md or html");
}

Result<std::string> plotFile(LinkedPlots& plots, const QString& ending) {
    return fileOf(
        plots.size(), [&](QPainter& painter, const QSizeF& size) { plots.paintOnto(painter, size); },
        QCoreApplication::translate("gw::ui::LinkedPlots", "Curves of the run"), ending, "svg, pdf, png or csv");
}

}  // namespace gw::ui

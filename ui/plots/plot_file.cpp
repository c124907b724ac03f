#include "ui/plots/plot_file.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>

#include "ui/text.h"

namespace gw::ui {

namespace {

void writeSvg(ComparePlots& plots, QSizeF size, QBuffer& buffer) {
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), size));
    generator.setTitle(QCoreApplication::translate("gw::ui::ComparePage", "Comparison"));
    QPainter painter(&generator);
    plots.paintOnto(painter, size);
}

void writePdf(ComparePlots& plots, QSizeF size, QBuffer& buffer) {
    constexpr double pointsAPixel = 0.75;
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(size * pointsAPixel, QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    writer.setResolution(96);
    QPainter painter(&writer);
    plots.paintOnto(painter, size);
}

void writePng(ComparePlots& plots, QSizeF size, QBuffer& buffer) {
    constexpr int sharp = 2;
    QImage image((size * sharp).toSize(), QImage::Format_ARGB32);
    image.setDevicePixelRatio(sharp);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    plots.paintOnto(painter, size);
    painter.end();
    image.save(&buffer, "PNG");
}

}  // namespace

Result<std::string> plotFile(ComparePlots& plots, const QString& ending) {
    constexpr int leastWidth = 720, leastHeight = 420, legend = 40;
    const QSizeF size(std::max(leastWidth, plots.width()), std::max(leastHeight, plots.height()) + legend);
    QByteArray data;
    QBuffer buffer(&data);
    buffer.open(QIODevice::WriteOnly);
    if (ending == QLatin1String("svg"))
        writeSvg(plots, size, buffer);
    else if (ending == QLatin1String("pdf"))
        writePdf(plots, size, buffer);
    else if (ending == QLatin1String("png"))
        writePng(plots, size, buffer);
    else
        return Error{Error::Code::bad_spec,
                     "A file that ends in ." + ss(ending) + " cannot be written",
                     "End it in svg, pdf, png, csv, md or html",
                     {}};
    buffer.close();
    return data.toStdString();
}

}  // namespace gw::ui

#include "ui/forms/data_preview.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/background.h"
#include "ui/forms/field_editor.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"

namespace gw::ui {

namespace {

constexpr int shownRows = 5, shownPictures = 24, mostDocuments = 20000, longestText = 300;  // the last in bytes

QString howText(ReadReport::How how) {
    switch (how) {
        case ReadReport::How::given:
            return DataPreview::tr("as set");
        case ReadReport::How::name:
            return DataPreview::tr("by its name");
        case ReadReport::How::content:
            return DataPreview::tr("guessed from the content");
        case ReadReport::How::none:
            break;
    }
    return {};
}

QString columnText(const ReadReport::Column& column) {
    QString name = qs(column.name).toHtmlEscaped();
    if (column.number == 0) return name;
    return name.isEmpty() ? DataPreview::tr("column %1").arg(column.number)
                          : DataPreview::tr("“%1” (column %2)").arg(name).arg(column.number);
}

QString passedText(const ReadReport::Passed& passed) {
    QStringList places;
    for (const FilePlace& place : passed.first) places << qs(place_text(place));
    const QString text = QStringLiteral("%1 × %2").arg(countText(passed.count), messageText(passed.why));
    return places.isEmpty() ? text
                            : text + QStringLiteral(" (%1%2)").arg(
                                         places.join(QStringLiteral(", ")),
                                         static_cast<std::int64_t>(places.size()) < passed.count ? QStringLiteral(", …")
                                                                                                 : QString());
}

bool hasPictures(const DatasetPreview& preview) {
    return std::any_of(preview.documents.begin(), preview.documents.end(),
                       [](const DatasetPreview::Entry& entry) { return entry.picture.has_value(); });
}

QString sizeText(std::int64_t width, std::int64_t height) {
    return QStringLiteral("%1 × %2").arg(countText(width), countText(height));
}

/// "32 × 32 to 640 × 480, most 64 × 64 (1,200)", and the ones after it; empty where all pictures have one size.
QString sizesText(const ReadReport& report) {
    if (report.sizes.empty() || report.different_sizes < 2) return {};
    const ReadReport::Size &least = report.smallest, &most = report.largest;
    auto counted = [](const ReadReport::Size& size) {
        return QStringLiteral("%1 (%2)").arg(sizeText(size.width, size.height), countText(size.count));
    };
    constexpr std::size_t shown = 4;
    QStringList after;
    for (std::size_t i = 1; i < std::min(shown, report.sizes.size()); ++i) after << counted(report.sizes[i]);
    if (const auto left = report.different_sizes - 1 - after.size(); left > 0)
        after << DataPreview::tr("and %1 more").arg(left);
    return DataPreview::tr("%1 to %2, most %3; then %4")
        .arg(sizeText(least.width, least.height), sizeText(most.width, most.height), counted(report.sizes.front()),
             after.join(QStringLiteral(", ")));
}

/// "28 × 28, grey".
QString sizeText(const PictureCopy& picture) {
    const QString size = sizeText(picture.width, picture.height);
    switch (picture.channels) {
        case 1:
            return DataPreview::tr("%1, grey").arg(size);
        case 3:
            return DataPreview::tr("%1, in colour").arg(size);
        case 4:
            return DataPreview::tr("%1, in colour with transparency").arg(size);
        default:
            return DataPreview::tr("%1, %2 channels").arg(size).arg(picture.channels);
    }
}

}  // namespace

DataPreview::DataPreview(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("data.preview"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(FieldEditor::labelWidth + 12, 0, 0, 0);
    column->setSpacing(6);
    heading_ = label(tr("What is read"), "muted");
    auto* line = new QHBoxLayout;
    line->addWidget(heading_);
    stopOrLook_ = new QPushButton(tr("Cancel"));
    stopOrLook_->setProperty("look", QStringLiteral("small"));
    stopOrLook_->hide();
    line->addWidget(stopOrLook_);
    line->addStretch(1);
    column->addLayout(line);
    connect(stopOrLook_, &QPushButton::clicked, this, [this] { looking_ ? stopLooking() : read(); });
    facts_ = label({});
    facts_->setWordWrap(true);
    facts_->setTextFormat(Qt::RichText);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(facts_);
    rows_ = new QTableWidget(0, 3);
    rows_->setAccessibleName(tr("First rows of the data"));
    rows_->setHorizontalHeaderLabels({tr("Row"), tr("Label"), tr("Text")});
    rows_->horizontalHeader()->setStretchLastSection(true);
    rows_->verticalHeader()->hide();
    rows_->setShowGrid(false);
    rows_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    rows_->setSelectionBehavior(QAbstractItemView::SelectRows);
    rows_->setTabKeyNavigation(false);
    rows_->setWordWrap(false);
    rows_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rows_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rows_->hide();  // until there is something in it
    column->addWidget(rows_);
    pictures_ = new PictureStrip(tr("First pictures of the data"));
    pictures_->setFrameShape(QFrame::NoFrame);
    pictures_->setWhole(true);
    pictures_->hide();
    column->addWidget(pictures_);
    columns_ = new ColumnCharts;
    column->addWidget(columns_);
    constexpr int delay = 400;  // ms after the last edit
    timer_.setSingleShot(true);
    timer_.setInterval(delay);
    connect(&timer_, &QTimer::timeout, this, &DataPreview::read);
    connect(&Theme::instance(), &Theme::changed, this, &DataPreview::read);
    setVisible(false);
}

void DataPreview::setSection(const Json& section) {
    if (section == section_) return;
    section_ = section;
    problem_.clear();
    stop_.request_stop();
    setVisible(!section_.is_null());
    section_.is_null() ? timer_.stop() : timer_.start();
}

void DataPreview::read() {
    if (section_.is_null()) return;
    stop_.request_stop();
    stop_ = std::stop_source();
    looking_ = true;
    problem_.clear();
    // Room for every share, so that no number is cut until the next layout.
    heading_->setMinimumWidth(heading_->fontMetrics().horizontalAdvance(tr("What is read: looking, %1 %").arg(100)) +
                              1);
    heading_->setText(tr("What is read: looking…"));
    stopOrLook_->setText(tr("Cancel"));
    stopOrLook_->setToolTip(tr("Stop looking at the data; nothing but this view depends on it"));
    stopOrLook_->show();
    const int shown = isOfPictures(section_) ? shownPictures : shownRows;
    const auto tell = [this](const std::string&, double done) {
        constexpr double percent = 100;
        if (looking_ && done >= 0) heading_->setText(tr("What is read: looking, %1 %").arg(int(percent * done)));
    };
    inBackground(
        this,
        [section = section_, shown, stop = stop_.get_token(),
         progress = progressInWindow(this, stop_.get_token(), tell)] {
            return inspect_dataset(section, shown, longestText, mostDocuments, stop, progress);
        },
        [this, asked = section_, stop = stop_.get_token()](const Result<DatasetPreview>& found) {
            if (asked == section_ && !stop.stop_requested()) showFound(found);
        });
}

void DataPreview::stopLooking() {
    stop_.request_stop();
    looking_ = false;
    heading_->setText(tr("What is read"));
    facts_->setText(tr("Cancelled"));
    rows_->hide();
    pictures_->hide();
    columns_->show(std::nullopt, false);
    stopOrLook_->setText(tr("Look"));
    stopOrLook_->setToolTip(tr("Look at the data after all"));
}

void DataPreview::showFound(const Result<DatasetPreview>& found) {
    looking_ = false;
    heading_->setText(tr("What is read"));
    // What could not be read may be there later: a drive that is mounted, a file that is copied.
    stopOrLook_->setVisible(!found);
    stopOrLook_->setText(tr("Look"));
    stopOrLook_->setToolTip(tr("Look at the data after all"));
    problem_ = found ? QString() : errorText(found.error()).section(QLatin1Char('\n'), 0, 0);
    showLooked(found);
    Q_EMIT looked();
}

void DataPreview::showLooked(const Result<DatasetPreview>& found) {
    const bool any = found && !found.value().documents.empty(), ofPictures = any && hasPictures(found.value());
    rows_->setVisible(any && !ofPictures);
    pictures_->setVisible(ofPictures);
    columns_->show(found ? found.value().columns : std::nullopt, found && found.value().whole);
    if (!found)
        return facts_->setText(
            QStringLiteral("<span style='color:%1'>%2</span>").arg(tokens().bad.name(), errorHtml(found.error())));
    facts_->setText(factsHtml(found.value()));
    ofPictures ? showPictures(found.value()) : showRows(found.value());
}

QString DataPreview::factsHtml(const DatasetPreview& preview) const {
    const ReadReport& report = preview.report;
    QString html = QStringLiteral("<table cellspacing=0 cellpadding=1>");
    auto line = [&](const QString& name, QString value, ReadReport::How how = ReadReport::How::none) {
        if (value.isEmpty()) return;
        if (const QString by = howText(how); !by.isEmpty())
            value += QStringLiteral(" <span style='color:%1'>%2</span>").arg(tokens().muted.name(), by);
        html += QStringLiteral("<tr><td style='color:%1'>%2&nbsp;&nbsp;</td><td>%3</td></tr>")
                    .arg(tokens().muted.name(), name, value);
    };
    line(tr("Format"), qs(report.format), report.format_how);
    line(tr("Separator"), qs(report.separator).toHtmlEscaped(), report.separator_how);
    if (report.header_how != ReadReport::How::none)
        line(tr("First row"), report.header ? tr("names of the columns") : tr("data"), report.header_how);
    line(tr("Text"), columnText(report.text), report.text.how);
    line(tr("Label"), columnText(report.label), report.label.how);
    const std::int64_t rows = report.rows > 0 ? report.rows : static_cast<std::int64_t>(preview.documents.size());
    const bool ofPictures = hasPictures(preview);
    // Data that is made is not counted by its reader, and its settings say how much it is.
    const bool counted = report.rows > 0 || !preview.more;
    if (counted)
        line(ofPictures                                              ? tr("Images")
             : report.format == "table" || report.format == "series" ? tr("Rows")
                                                                     : tr("Texts"),
             (preview.whole ? countText(rows) : tr("more than %1").arg(countText(rows))) +
                 (report.files > 0 ? tr(" in %1").arg(plural(report.files, tr("1 file"), tr("%1 files"))) : QString()));
    if (ofPictures && preview.documents.front().picture) line(tr("Size"), sizeText(*preview.documents.front().picture));
    line(tr("Sizes"), sizesText(report).toHtmlEscaped());
    QStringList passed, classes;
    for (const ReadReport::Passed& one : report.passed) passed << passedText(one).toHtmlEscaped();
    line(tr("Passed over"), passed.join(QStringLiteral("<br>")));
    constexpr std::size_t mostClasses = 12;
    for (std::size_t i = 0; i < std::min(mostClasses, report.classes.size()); ++i)
        classes << QStringLiteral("%1 (%2)").arg(qs(report.classes[i].first).toHtmlEscaped(),
                                                 countText(report.classes[i].second));
    if (report.classes.size() > mostClasses) classes << tr("and %1 more").arg(report.classes.size() - mostClasses);
    line(tr("Classes"), classes.join(QStringLiteral(", ")));
    html += QStringLiteral("</table>");
    for (const std::string& warning : report.warnings)
        html += QStringLiteral("<p style='margin:2px 0; color:%1'>⚠ %2</p>")
                    .arg(tokens().warn.name(), messageText(warning).toHtmlEscaped());
    return html;
}

void DataPreview::showRows(const DatasetPreview& preview) {
    rows_->setRowCount(static_cast<int>(preview.documents.size()));
    const auto has = [&](auto member) {
        return std::any_of(preview.documents.begin(), preview.documents.end(), member);
    };
    rows_->setColumnHidden(0, !has([](const DatasetPreview::Entry& entry) { return entry.row > 0; }));
    rows_->setColumnHidden(1, !has([](const DatasetPreview::Entry& entry) { return !entry.label.empty(); }));
    for (int row = 0; row < rows_->rowCount(); ++row) {
        const DatasetPreview::Entry& entry = preview.documents[static_cast<std::size_t>(row)];
        const QString cells[] = {entry.row > 0 ? countText(entry.row) : QString(), qs(entry.label),
                                 qs(entry.text).simplified()};
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(
                plainTip(column == 2 ? qs(entry.source) + QStringLiteral("\n\n") + qs(entry.text) : cells[column]));
            if (column == 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            rows_->setItem(row, column, item);
        }
    }
    rows_->resizeColumnToContents(0);
    constexpr int labelWidth = 120, rowHeight = 26, frame = 4;
    rows_->setColumnWidth(1, labelWidth);
    rows_->verticalHeader()->setDefaultSectionSize(rowHeight);
    rows_->setFixedHeight(rows_->horizontalHeader()->sizeHint().height() + rows_->rowCount() * rowHeight + frame);
}

void DataPreview::showPictures(const DatasetPreview& preview) {
    std::vector<PictureStrip::Entry> entries;
    for (const DatasetPreview::Entry& entry : preview.documents) {
        const QString caption = qs(entry.text).simplified(), label = qs(entry.label);
        QString tip = qs(entry.source);
        if (entry.row > 0) tip += QLatin1Char('\n') + tr("row %1").arg(countText(entry.row));
        if (!caption.isEmpty()) tip += QLatin1Char('\n') + qs(entry.text);
        const QString below = label.isEmpty() ? caption : label;  // there is no room for both
        entries.push_back({entry.picture.value_or(PictureCopy()), below, {}, false, std::move(tip)});
    }
    pictures_->setEntries(entries);
}

}  // namespace gw::ui

#include "ui/widgets/run/forecast_panel.h"

#include <QVBoxLayout>
#include <cmath>

#include "study/forecast_view.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/text.h"
#include "ui/widgets/small_choice.h"
#include "workspace/models/run_forecasts.h"

namespace gw::ui {

namespace {

/// "off by 1.2 on average, the last value again by 2.3"; of the end nothing is known.
QString errorsText(const SeriesForecast& one, std::size_t column) {
    if (one.truth.empty()) return ForecastPanel::tr("Behind the end of the data");
    double off = 0, naive = 0;
    const double last = one.past[(one.looked_back() - 1) * one.width() + column];
    for (std::size_t h = 0; h < one.horizon(); ++h) {
        const double truth = one.truth[h * one.width() + column];
        off += std::abs(one.values[h * one.width() + column] - truth);
        naive += std::abs(last - truth);
    }
    const auto rows = static_cast<double>(one.horizon());
    return ForecastPanel::tr("off by %1 on average; the last value again by %2")
        .arg(valueText(off / rows, 3), valueText(naive / rows, 3));
}

}  // namespace

ForecastPanel::ForecastPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    bar_ = new ReadingBar(tr("Stop reading the data"));
    part_ = smallChoice(tr("Part of the data"), {});
    part_->addItem(tr("Validation"), QStringLiteral("validation"));
    part_->addItem(tr("Test"), QStringLiteral("test"));
    part_->addItem(tr("Training"), QStringLiteral("train"));
    bar_->add(part_);
    column_ = smallChoice(tr("Column"), {});
    column_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    bar_->add(column_);
    again_ = bar_->addButton(tr("Forecast"), tr("Ask the newest weights of the run again"));
    column->addWidget(bar_);
    legend_ = label({});
    legend_->setTextFormat(Qt::RichText);
    legend_->setWordWrap(true);
    column->addWidget(legend_);
    area_ = new QScrollArea;
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inner = new QWidget;
    inner->setObjectName(QStringLiteral("scrolled"));
    grid_ = new QGridLayout(inner);
    grid_->setContentsMargins(0, 0, 8, 8);
    constexpr int between = 14;
    grid_->setSpacing(between);
    area_->setWidget(inner);
    column->addWidget(area_, 1);
    column->addStretch(0);
    connect(part_, &QComboBox::currentIndexChanged, this, &ForecastPanel::readAgain);
    connect(column_, &QComboBox::currentIndexChanged, this, &ForecastPanel::draw);
    connect(again_, &QPushButton::clicked, this, &ForecastPanel::readAgain);
    connect(&Theme::instance(), &Theme::changed, this, &ForecastPanel::draw);
    forget();
}

void ForecastPanel::setRun(const RunRecord& run) {
    const bool other = run.id != run_.id;
    run_ = run;
    if (other) forget();
}

void ForecastPanel::forget() {
    bar_->drop();
    view_.reset();
    const QSignalBlocker quiet(column_);
    column_->clear();
    bar_->say(forecasts_series(run_.spec)
                  ? tr("Press Forecast to see what the run says of held-out windows.")
                  : tr("A run that forecasts series shows here what it says beside what came, and what it says of what "
                       "comes next. This one forecasts none."));
    end();
    draw();
}

void ForecastPanel::end() {
    bar_->end();
    const bool can = forecasts_series(run_.spec);
    for (QWidget* one : {static_cast<QWidget*>(part_), static_cast<QWidget*>(again_)}) one->setEnabled(can);
    column_->setEnabled(view_ != nullptr);
    area_->setVisible(view_ != nullptr);
    legend_->setVisible(view_ != nullptr);
}

void ForecastPanel::read() {
    if (!view_ && !bar_->busy()) readAgain();
}

void ForecastPanel::readAgain() {
    if (run_.id.empty() || !forecasts_series(run_.spec)) return;
    bar_->drop();
    bar_->begin(tr("Reading the data…"));
    again_->setEnabled(false);
    using Found = std::shared_ptr<const ForecastView>;
    inBackground(
        this,
        [workspace = workbench_.workspace(), run = run_, part = ss(part_->currentData().toString()),
         progress = bar_->told(), stop = bar_->stop().get_token()]() -> Result<Found> {
            auto found = forecasts_of_run(workspace, run, part, progress, stop);
            if (!found) return found.error();
            return Found(std::make_shared<const ForecastView>(std::move(found).value()));
        },
        [this, stop = bar_->stop()](Result<Found> found) {
            if (stop != bar_->stop()) return;  // something else was asked for meanwhile
            if (!found) {
                view_.reset();
                end();
                draw();
                return bar_->sayWhy(found.error());
            }
            showFound(std::move(found).value());
        });
}

void ForecastPanel::showFound(std::shared_ptr<const ForecastView> view) {
    view_ = std::move(view);
    const SeriesForecast& first = view_->windows.empty() ? view_->ends.front() : view_->windows.front();
    {
        const QSignalBlocker quiet(column_);
        const QString before = column_->currentText();
        column_->clear();
        for (const std::string& name : first.columns) column_->addItem(qs(name));
        // The last column is the target of many a table of series.
        const int again = column_->findText(before);
        column_->setCurrentIndex(again >= 0 ? again : column_->count() - 1);
    }
    end();
    bar_->say(tr("%1 of the %2 windows of the part, by the weights of step %3.")
                  .arg(countText(static_cast<std::int64_t>(view_->windows.size())), countText(view_->part_windows),
                       countText(view_->step)));
    draw();
}

void ForecastPanel::draw() {
    for (QWidget* card : cards_) delete card;
    cards_.clear();
    plots_.clear();
    if (!view_ || column_->currentIndex() < 0) return;
    const auto column = static_cast<std::size_t>(column_->currentIndex());
    const SeriesForecast& first = view_->windows.empty() ? view_->ends.front() : view_->windows.front();
    legend_->setText(ForecastPlot::legendOf(first));
    // As many ends as there are windows at most: there may be thousands of files.
    constexpr std::size_t mostEnds = 4;
    std::vector<const SeriesForecast*> shown;
    for (std::size_t i = 0; i < std::min(mostEnds, view_->ends.size()); ++i) shown.push_back(&view_->ends[i]);
    for (const SeriesForecast& one : view_->windows) shown.push_back(&one);
    for (const SeriesForecast* one : shown) {
        auto* card = new QWidget;
        auto* lines = new QVBoxLayout(card);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(2);
        auto* title = label(ForecastPlot::titleOf(*one, column));
        title->setTextFormat(Qt::PlainText);
        lines->addWidget(title);
        auto* errors = label(errorsText(*one, column), "muted");
        errors->setFont(Theme::smallFont());
        errors->setWordWrap(true);
        lines->addWidget(errors);
        auto* plot = new ForecastPlot;
        plot->setForecast(*one, column);
        plot->setAccessibleDescription(errors->text());
        lines->addWidget(plot, 1);
        cards_.push_back(card);
        plots_.push_back(plot);
    }
    arrange();
}

void ForecastPanel::arrange() {
    constexpr int cardWidth = 360;
    const int columns = std::max(1, width() / cardWidth);
    for (std::size_t i = 0; i < cards_.size(); ++i)
        grid_->addWidget(cards_[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    for (int c = 0; c < grid_->columnCount(); ++c) grid_->setColumnStretch(c, c < columns ? 1 : 0);
}

void ForecastPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

}  // namespace gw::ui

#include "ui/widgets/dialogs/scaling_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"

namespace gw::ui {

ScalingDialog::ScalingDialog(const Workspace& workspace, const std::string& study, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Scaling: %1").arg(qs(study)));
    constexpr int width = 760, height = 620, margin = 16;
    resize(width, height);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(margin, margin, margin, margin);
    const auto wrapped = [&](const char* name, const char* look) {
        QLabel* made = label({}, look);
        made->setObjectName(QString::fromUtf8(name));
        made->setWordWrap(true);
        made->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        column->addWidget(made);
        return made;
    };
    state_ = wrapped("scaling.state", "muted");
    state_->setText(tr("Fitting…"));
    plot_ = new ScalingPlot;
    plot_->setObjectName(QStringLiteral("scaling.plot"));
    constexpr int most = 3, least = 1;
    column->addWidget(plot_, most);
    law_ = wrapped("scaling.law", nullptr);
    auto* row = new QHBoxLayout;
    times_ = new QDoubleSpinBox;
    times_->setObjectName(QStringLiteral("scaling.times"));
    constexpr double farthest = 1e6, usual = 100;
    times_->setRange(1, farthest);
    times_->setDecimals(0);
    times_->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    times_->setValue(usual);
    QLabel* of = label(tr("Forecast at so many times the compute of the dearest run"), nullptr);
    of->setBuddy(times_);
    row->addWidget(of);
    row->addWidget(times_);
    row->addStretch(1);
    column->addLayout(row);
    forecast_ = wrapped("scaling.forecast", nullptr);
    const QStringList titles{tr("Size"), tr("FLOP"), tr("Loss"), tr("Law")};
    table_ = new QTableWidget(0, static_cast<int>(titles.size()));
    table_->setObjectName(QStringLiteral("scaling.runs"));
    table_->setAccessibleName(tr("Runs"));
    table_->setHorizontalHeaderLabels(titles);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->verticalHeader()->hide();
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    column->addWidget(table_, least);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto* close = new QPushButton(tr("Close"));
    buttons->addWidget(close);
    column->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(times_, &QDoubleSpinBox::valueChanged, this, &ScalingDialog::showForecast);
    times_->setEnabled(false);
    read(workspace, study);
}

void ScalingDialog::read(const Workspace& workspace, const std::string& study) {
    inBackground(
        this,
        [workspace, study]() -> Result<Found> {
            const auto store = workspace.store(Store::Mode::read_only);
            if (!store) return store.error();
            auto known = read_scaling(store.value(), study);
            if (!known) return known.error();
            auto fit = fit_scaling(known.value().points);
            return Found{std::move(known).value(), std::move(fit)};
        },
        [this](const Result<Found>& found) {
            showFound(found);
            Q_EMIT made(fit_.has_value());
        });
}

void ScalingDialog::showFound(const Result<Found>& found) {
    if (!found) return state_->setText(errorText(found.error()));
    study_ = found.value().study;
    const Result<ScalingFit>& fit = found.value().fit;
    if (fit) fit_ = fit.value();
    QStringList said;
    if (study_.waiting > 0)
        said << plural(study_.waiting, tr("1 run of the study has not ended well, or not yet, and is left out"),
                       tr("%1 runs of the study have not ended well, or not yet, and are left out"));
    if (!fit) said << errorText(fit.error());
    state_->setText(said.join(QLatin1Char('\n')));
    state_->setVisible(!said.isEmpty());
    constexpr int digits = 4, flopDigits = 3, errorDigits = 2;
    table_->setRowCount(static_cast<int>(study_.points.size()));
    for (int at = 0; at < table_->rowCount(); ++at) {
        const ScalingPoint& point = study_.points[static_cast<std::size_t>(at)];
        const QStringList cells{qs(point.size), valueText(point.compute, flopDigits), valueText(point.loss, digits),
                                fit_ ? valueText(fit_->law.loss(point.compute), digits) : QString()};
        for (int column = 0; column < table_->columnCount(); ++column)
            table_->setItem(at, column, new QTableWidgetItem(cells[column]));
    }
    constexpr double percent = 100;
    if (fit_)
        law_->setText(tr("L(C) = %1 · C^−%2 + %3, with C the compute of a run. The runs lie %4 % from it.")
                          .arg(valueText(fit_->law.a, digits), valueText(fit_->law.b, digits),
                               valueText(fit_->law.c, digits), valueText(percent * fit_->error, errorDigits)));
    times_->setEnabled(fit_.has_value());
    showForecast();
}

void ScalingDialog::showForecast() {
    const double until = times_->value() * most_compute(study_.points);
    plot_->setStudy(study_.points, fit_, until);
    if (!fit_) return forecast_->clear();
    constexpr int digits = 4, flopDigits = 3;
    const QString flop = valueText(until, flopDigits), loss = valueText(fit_->law.loss(until), digits);
    const auto band = fit_->band(until);
    forecast_->setText(band ? tr("At %1 FLOP: a loss of %2, nine times in ten between %3 and %4.")
                                  .arg(flop, loss, valueText(band->first, digits), valueText(band->second, digits))
                            : tr("At %1 FLOP: a loss of %2. One seed a size gives no band.").arg(flop, loss));
}

}  // namespace gw::ui

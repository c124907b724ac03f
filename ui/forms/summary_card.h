#pragma once
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include "schema/field.h"

class QCustomPlot;

namespace gw::ui {

/// What can be said of a spec before it runs: size, memory, tokens, and the learning rate over the run as a picture.
/// Stays in view.
class SummaryCard : public QFrame {
    Q_OBJECT
  public:
    explicit SummaryCard(QWidget* parent = nullptr);
    void show(const Json& spec);
    /// While nothing can be computed.
    void showNothing();
    /// The list below the figures; each problem leads to its field.
    void showProblems(const schema::Problems& problems);
    /// Below it a button that fits the rest of the spec to its data, while there is a way to: `fitted` is what it would
    /// become.
    void offerFit(const Json& spec, const std::optional<Json>& fitted);
    QPushButton& fitButton() { return *fit_; }

  Q_SIGNALS:
    void fieldWanted(const QString& path);
    void fitWanted();

  private:
    QLabel* addFigure(const QString& name);
    void nameUnits(bool images);
    void drawSchedule(const Json& spec, std::int64_t steps);
    void restyle();
    QGridLayout* figures_;
    QPushButton* fit_;
    QLabel *parameters_, *tokensPerStep_, *steps_, *tokens_, *memory_, *checkpoint_, *flops_, *problems_,
        *scheduleTitle_;
    QCustomPlot* schedule_;
};

}  // namespace gw::ui

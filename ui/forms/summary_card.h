#pragma once
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

#include "spec/run_spec.h"
#include "ui/texts/unit_text.h"

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
    /// One line of the list below the figures, which leads to its field; a wish is a field still to be filled in.
    struct Line {
        schema::Problem problem;
        bool wish = false;
    };
    void showProblems(const Json& spec, const std::vector<Line>& lines);
    /// Below it a button that fits the rest of the spec to its data, while there is a way to: `fitted` is what it would
    /// become.
    void offerFit(const Json& spec, const std::optional<Json>& fitted);
    QPushButton& fitButton() { return *fit_; }
    /// Memory that a run may take, in bytes, where that is not this machine's.
    void setMachine(double bytes) { machine_ = bytes; }

  Q_SIGNALS:
    void fieldWanted(const QString& path);
    void fitWanted();
    /// A step in smaller pieces, so that it fits into memory.
    void batchWanted(std::int64_t microBatch, std::int64_t accumulation);

  private:
    QLabel* addFigure(const QString& name);
    void nameUnits(Unit unit);
    void showMemory(const Json& spec, const Estimate& estimate);
    void drawSchedule(const Json& spec, std::int64_t steps);
    void restyle();
    QGridLayout* figures_;
    QPushButton *fit_, *smaller_;
    double machine_;                                  ///< bytes; 0 = not known
    std::int64_t microBatch_ = 0, accumulation_ = 0;  ///< of the button `smaller_`
    QLabel *memoryParts_, *memoryProblem_;
    QLabel *parameters_, *tokensPerStep_, *steps_, *tokens_, *memory_, *checkpoint_, *flops_, *problems_,
        *scheduleTitle_;
    QCustomPlot* schedule_;
};

}  // namespace gw::ui

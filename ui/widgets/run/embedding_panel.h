#pragma once
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTextBrowser>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "store/records.h"
#include "study/clustering.h"
#include "study/outliers.h"
#include "study/plane.h"
#include "ui/plots/point_scatter.h"
#include "ui/widgets/reading_bar.h"
#include "ui/workbench.h"

namespace gw::ui {

/// What a run's features make of rows of its data, as dots in a plane: by components at once, by neighbours when asked
/// for; coloured by their labels, or by the clusters that the features alone fall into; beside them the picture or the
/// text of the dot under the pointer, with its label and what the model says.
class EmbeddingPanel : public QWidget {
    Q_OBJECT
  public:
    explicit EmbeddingPanel(Workbench& workbench, QWidget* parent = nullptr);
    void setRun(const RunRecord& run);
    /// Somebody looks: reads what is not read yet.
    void read();
    void showFound(std::shared_ptr<const Embedding> embedding, Plane plane);
    PointScatter& scatter() { return *scatter_; }
    const QLabel& state() const { return bar_->state(); }
    const QLabel& picture() const { return *picture_; }
    const QTextBrowser& details() const { return *details_; }
    QPushButton& components() { return *components_; }
    QPushButton& neighbours() { return *neighbours_; }
    QComboBox& part() { return *part_; }
    QPushButton& independence() { return *independence_; }
    QComboBox& features() { return *features_; }
    QComboBox& colour() { return *colour_; }

  private:
    void readAgain();
    void placeByNeighbours();
    void placeByIndependence();
    void place(const QString& doing, const QString& how, std::optional<Plane>& into,
               const std::function<Result<Plane>(const Embedding&, const ProgressFn&, std::stop_token)>& find);
    void showComponents();
    void drawComponents();
    void draw(const Plane& plane, const QString& how);
    void drawAgain();
    void colourAnew();
    const Clustering* clusters() const;
    const Outliers* outliers() const;
    void findOutliers();
    void showRow(int row);
    void forget();
    void begin(const QString& what);
    void end();
    Workbench& workbench_;
    RunRecord run_;
    std::shared_ptr<const Embedding> embedding_;
    std::optional<Plane> byComponents_, byIndependence_, byNeighbours_;
    const Plane* shown_ = nullptr;                ///< one of these
    QString how_;                                 ///< what is said of that
    std::map<std::string, Clustering> clusters_;  ///< of the rows, by method
    std::optional<Outliers> outliers_;
    std::int64_t readAt_ = -1;  ///< steps of the run when its rows were read
    QComboBox *part_, *features_, *colour_;
    ReadingBar* bar_;
    QPushButton *components_, *independence_, *neighbours_;
    PointScatter* scatter_;
    QWidget* beside_;
    QLabel* picture_;
    QTextBrowser* details_;
};

}  // namespace gw::ui

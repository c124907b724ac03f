#pragma once
#include <QComboBox>
#include <QLabel>
#include <QTableWidget>
#include <memory>
#include <stop_token>

#include "study/row_view.h"
#include "ui/widgets/run/picture_strip.h"

namespace gw::ui {

/// Held-out rows one by one, as pictures or as texts, with what is true and what the run said: the wrong ones that it
/// was surest of, the right ones that it was least sure of, or those of one cell of the confusion matrix.
class RowGallery : public QWidget {
    Q_OBJECT
  public:
    explicit RowGallery(QWidget* parent = nullptr);
    ~RowGallery() override { stop_.request_stop(); }
    /// Null: there is nothing to show. `spec` and `datasetHash` are the run's.
    void setPredictions(std::shared_ptr<const Predictions> predictions, const Json& spec,
                        const std::string& datasetHash);
    /// The rows of class `truth` that were taken for `guess`.
    void showCell(int truth, int guess);
    QComboBox& order() { return *order_; }
    const PictureStrip& pictures() const { return *pictures_; }
    const QTableWidget& texts() const { return *texts_; }
    const QLabel& state() const { return *state_; }

  private:
    void fillOrders();
    void read();
    void showRows(const JudgedRows& judged, const Result<std::vector<ShownRow>>& found);
    QString scoreNote(const JudgedRow& row) const;
    void showEvent(QShowEvent* event) override;
    std::shared_ptr<const Predictions> predictions_;
    Json spec_;
    std::string datasetHash_;
    std::optional<std::pair<std::int32_t, std::int32_t>> cell_;
    bool stale_ = false;  ///< what is shown is not what is asked for: read as soon as somebody looks
    std::stop_source stop_;
    QComboBox* order_;
    QLabel* state_;
    PictureStrip* pictures_;
    QTableWidget* texts_;
};

}  // namespace gw::ui

#pragma once
#include <QObject>
#include <map>
#include <mutex>
#include <optional>

#include "store/store.h"
#include "ui/plots/drawn_curve.h"

namespace gw::ui {

/// One run of a plot.
struct ReadRun {
    std::string id;
    RunScale scale;
    std::size_t group = 0;
};

/// What to read: all metrics of all runs, over a part of the axis.
struct ReadWish {
    std::vector<ReadRun> runs;
    std::vector<std::string> metrics;
    DrawingWish drawing;
    std::optional<std::pair<double, double>> range;  ///< of the axis; nothing = all
    std::size_t baseline = 0;
    bool difference = false;  ///< to the baseline, at equal x
    bool grouped = false;     ///< groups of several runs as mean and band
    std::size_t columns = 1000;
    /// The part of the axis in steps, where who asks knows it; else it is made of `range`, on an axis of time by the
    /// curve that was read whole before.
    std::optional<std::pair<double, double>> steps = {};
    std::vector<std::string> plain = {};  ///< of the metrics, those that are never smoothed
    int tag = 0;                          ///< comes back with what was read
};

/// Curves by (metric, run); with ReadWish::grouped by (metric, group).
using ReadCurves = std::map<std::pair<std::string, std::size_t>, DrawnCurvePtr>;

/// Reads curves on a pool thread; a wish that comes while another is read waits, and of several that wait only the last
/// is read.
class CurveReader : public QObject {
    Q_OBJECT
  public:
    explicit CurveReader(fs::path database, QObject* parent = nullptr);
    void read(ReadWish wish);
    bool busy() const { return busy_; }
    /// The same at once, for pictures and benchmarks.
    static Result<ReadCurves> readNow(Store& store, const ReadWish& wish, const ReadCurves& overview);

  Q_SIGNALS:
    /// `whole` tells whether the curves cover all of the axis; `tag` is that of the wish.
    void ready(const gw::ui::ReadCurves& curves, bool whole, int tag);
    void failed(const gw::Error& error);

  private:
    void start(ReadWish wish);
    /// Shared with the job, which may outlive this.
    struct Shared {
        std::mutex mutex;
        std::optional<Store> store;
        ReadCurves overview;  ///< of the last whole wish: tells which steps a part of the axis is
    };
    fs::path database_;
    std::shared_ptr<Shared> shared_;
    std::optional<ReadWish> waiting_;
    bool busy_ = false;
};

}  // namespace gw::ui

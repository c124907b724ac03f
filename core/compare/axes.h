#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "schema/metric.h"
#include "store/records.h"

namespace gw {

/// What a plot counts along its x axis.
enum class XKind { step, tokens, epoch, time, wall, flops, since_fork };
/// How a value is shown.
enum class YKind { value, perplexity, bits_per_byte };

struct XName {
    XKind kind;
    const char *id, *title, *unit;
};
struct YName {
    YKind kind;
    const char *id, *title;
};
std::span<const XName> x_names();
/// What an axis counts for these runs: "tokens" are images where runs on pictures are meant.
std::string x_unit(XKind kind, const std::vector<RunRecord>& runs);
std::span<const YName> y_names();
std::optional<XKind> find_x(const std::string& id);
std::optional<YKind> find_y(const std::string& id);

/// Whether a metric is a loss in nats per token, which perplexity and bits per byte can be made of.
bool is_loss(const std::string& metric);

/// Turns a run's steps and seconds into what an axis counts, and a loss into perplexity or bits per byte.
class RunScale {
  public:
    RunScale() = default;
    RunScale(const RunRecord& run, std::vector<ClockPoint> clock);
    /// Why this run cannot be drawn along that axis; empty if it can.
    std::string why_not(XKind kind) const;
    /// `seconds` of training at `step`. Epochs need the size of the data, FLOPs the model's; see why_not().
    double x(XKind kind, double step, double seconds) const;
    /// The step that is drawn at `x`; not for time and wall, which no single factor describes.
    double step_at(XKind kind, double x) const;
    static bool is_time(XKind kind) { return kind == XKind::time || kind == XKind::wall; }

    /// Why a loss of this run cannot be shown so; empty if it can.
    std::string why_not(YKind kind, const std::string& metric) const;
    /// Increasing in `value` for every kind. A masked model's loss is no code length: see why_not().
    double y(YKind kind, double value) const;

  private:
    double factor(XKind kind) const;
    double tokens_per_step_ = 0, steps_per_epoch_ = 0, flops_per_token_ = 0, tokens_per_byte_ = 0, fork_step_ = 0;
    double started_ = 0;
    bool language_model_ = false;
    std::string unit_;  ///< unit_of() the run
    std::vector<ClockPoint> clock_;
};

}  // namespace gw

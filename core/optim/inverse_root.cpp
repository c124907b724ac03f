#include <algorithm>
#include <cmath>

#include "optim/catalog.h"
#include "optim/fields.h"

namespace gw {

namespace {

struct InverseRootConfig {
    double warmup = 100;

    static constexpr auto fields = std::tuple{
        schema::field<&InverseRootConfig::warmup>(fields::warmup),
    };
};

/// min((t + 1) / warmup, sqrt(warmup / (t + 1))) (Vaswani et al. 2017, arXiv:1706.03762, section 5.3). With
/// a warm-up in steps it knows no end: a run can go on at any time.
class InverseRoot final : public Schedule {
  public:
    explicit InverseRoot(const InverseRootConfig& config) : config_(config) {}
    double factor(double step, double total) const override {
        const double warmup = std::max(warm_up_steps(config_.warmup, total), 1.0);
        return std::min(warm_up(step, warmup), std::sqrt(warmup / (step + 1.0)));
    }

  private:
    InverseRootConfig config_;
};

}  // namespace

ScheduleKind inverse_root_kind() {
    return kind_of<ScheduleKind, InverseRootConfig>(
        {.id = "inverse_root",
         .title = "Inverse square root",
         .summary = "Falls with the root of the steps since the warm-up, without an end in view.",
         .source = "Vaswani et al. 2017, arXiv:1706.03762, section 5.3"},
        [](const InverseRootConfig& config) -> std::unique_ptr<Schedule> {
            return std::make_unique<InverseRoot>(config);
        });
}

}  // namespace gw

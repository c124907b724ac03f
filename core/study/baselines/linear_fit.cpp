#include "study/baselines/linear_fit.h"

#include <linear.h>

#include <cmath>
#include <limits>
#include <memory>

namespace gw {

namespace {

/// Rows as LIBLINEAR takes them: features from 1, a constant behind them, and -1 at the end.
class Nodes {
  public:
    Nodes(const PlainRows& rows, const PlainData& data) {
        std::size_t all = 0;
        for (const auto& row : rows.values) all += row.size() + 2;
        nodes_.reserve(all);  // addresses must stay
        for (const auto& row : rows.values) {
            rows_.push_back(nodes_.data() + nodes_.size());
            const double presence = row.empty() ? 0 : 1 / std::sqrt(static_cast<double>(row.size()));
            for (const PlainValue& v : row) nodes_.push_back({v.feature + 1, data.counts ? presence : v.value});
            nodes_.push_back({data.features + 1, 1.0});
            nodes_.push_back({-1, 0.0});
        }
    }
    std::vector<feature_node*>& rows() { return rows_; }

  private:
    std::vector<feature_node> nodes_;
    std::vector<feature_node*> rows_;
};

struct FreeModel {
    void operator()(model* it) const { free_and_destroy_model(&it); }
};

}  // namespace

std::vector<std::int32_t> by_linear_fit(const PlainData& data, LinearLoss loss, double cost,
                                        const BaselineWatch& watch) {
    set_print_string_function([](const char*) {});
    Nodes learnt(data.learnt, data), judged(data.judged, data);
    std::vector<double> signs(data.learnt.size());
    parameter how{};
    how.solver_type = loss == LinearLoss::logistic ? L2R_LR : L2R_L2LOSS_SVC;
    how.C = cost;
    how.eps = 0.01;
    problem all{};
    all.l = static_cast<int>(data.learnt.size());
    all.n = data.features + 1;
    all.y = signs.data();
    all.x = learnt.rows().data();
    all.bias = 1;
    std::vector<std::int32_t> out(data.judged.size(), 0);
    std::vector<double> best(data.judged.size(), -std::numeric_limits<double>::infinity());
    for (std::int32_t label = 0; label < data.classes; ++label) {
        if (watch.stop.stop_requested()) return {};
        watch.at(static_cast<double>(label) / data.classes);
        std::size_t members = 0;
        for (std::size_t i = 0; i < signs.size(); ++i) {
            signs[i] = data.learnt.classes[i] == label ? 1 : -1;
            members += signs[i] > 0;
        }
        if (members == 0) continue;  // nothing is said of a class that was never seen
        if (members == signs.size()) return std::vector<std::int32_t>(data.judged.size(), label);
        const std::unique_ptr<model, FreeModel> fit(train(&all, &how));
        const double sign = fit->label[0] > 0 ? 1 : -1;  // a model's first class is the one that came first
        for (std::size_t i = 0; i < out.size(); ++i) {
            double value = 0;
            predict_values(fit.get(), judged.rows()[i], &value);
            if (sign * value <= best[i]) continue;
            best[i] = sign * value;
            out[i] = label;
        }
    }
    return out;
}

}  // namespace gw

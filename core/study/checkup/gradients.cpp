#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "study/checkup/checks.h"
#include "study/checkup/checkup_texts.h"
#include "study/checkup/subject.h"
#include "train/guard/engine_error.h"
#include "util/text.h"

namespace gw {

namespace {

/// Rows that a gradient is taken of: a few tell as much as many.
constexpr std::int64_t rows_looked_at = 4;

torch::Tensor in_double(const torch::Tensor& tensor) {
    return tensor.is_floating_point() ? tensor.to(torch::kFloat64) : tensor;
}

/// The very model of the run, taken over into double precision: its tensors keep their identity.
class DoubleModel {
  public:
    explicit DoubleModel(Model& model) : model_(model) {
        const torch::NoGradGuard no_grad;
        for (ParameterBank* bank : model.banks())
            for (const ParameterBank::Entry& entry : bank->entries()) {
                torch::Tensor tensor = entry.parameter;
                tensor.mutable_grad() = torch::Tensor();
                tensor.set_data(in_double(tensor.detach()).clone());
            }
        for (const Buffers& buffers : {model.backbone->buffers(), model.objective->buffers()})
            for (const Buffer& buffer : buffers)
                torch::Tensor(buffer.tensor).set_data(in_double(buffer.tensor.detach()));
    }
    torch::Tensor loss(std::size_t player, const Batch& batch) const {
        Pass pass = model_.pass(/*training=*/false);
        pass.compute = torch::kFloat64;
        pass.recompute = Recompute::off;
        return minimised(model_.objective->loss_of(player, *model_.backbone, batch, pass),
                         {batch.counted, std::max<std::int64_t>(1, batch.row_count())});
    }

  private:
    Model& model_;
};

Batch in_double(const Batch& batch) {
    Batch out = batch;
    for (const char* name : {array::series, array::future, array::table, array::times, array::labels,
                             array::partner_labels, array::shares})
        if (const torch::Tensor values = batch[name]; values.defined()) out.set(name, in_double(values));
    return out;
}

struct TestedGradient {
    std::string name;
    double said = 0, measured = 0, difference = 0;  ///< difference: relative to the larger
};

class GradientLook {
  public:
    GradientLook(CheckSubject& subject, const std::function<void(double)>& share)
        : subject_(subject), model_(subject.model()), share_(share) {}

    CheckFinding run() {
        const PreparedRun& ready = subject_.run().ready;
        const std::int64_t count = std::min(ready.cut.rows, rows_looked_at);
        const Batch batch =
            model_.objective
                ->feed(ready.source->batch(0, count), static_cast<std::uint64_t>(subject_.run().training.seed))
                .to(model_.compute.device);
        for (std::size_t player = 0; player < ready.players.size(); ++player) take_trained(player, batch);
        const DoubleModel precise(model_);
        const Batch rows = in_double(batch);
        for (std::size_t player = 0; player < ready.players.size(); ++player) compare(player, precise, rows);
        return verdict();
    }

  private:
    void only(std::size_t player) {
        const auto& players = subject_.run().ready.players;
        for (std::size_t i = 0; i < players.size(); ++i)
            for (const ParameterBank::Entry& entry : players[i].bank->entries())
                torch::Tensor(entry.parameter).requires_grad_(i == player && entry.trained >= 0);
    }
    /// The gradients as training computes them, in its own precision.
    void take_trained(std::size_t player, const Batch& batch) {
        only(player);
        ParameterBank& bank = *subject_.run().ready.players[player].bank;
        bank.zero_gradients();
        Pass pass = model_.pass(/*training=*/false);
        minimised(model_.objective->loss_of(player, *model_.backbone, batch, pass),
                  {batch.counted, std::max<std::int64_t>(1, batch.row_count())})
            .backward();
        for (const ParameterBank::Entry& entry : bank.entries())
            if (entry.trained >= 0)
                trained_[player].push_back(bank.trained_view(bank.gradients(), entry).to(torch::kFloat64).clone());
    }
    void compare(std::size_t player, const DoubleModel& precise, const Batch& batch) {
        only(player);
        ParameterBank& bank = *subject_.run().ready.players[player].bank;
        precise.loss(player, batch).backward();
        std::vector<std::pair<const ParameterBank::Entry*, torch::Tensor>> gradients;
        std::size_t number = 0;
        for (const ParameterBank::Entry& entry : bank.entries()) {
            if (entry.trained < 0) continue;
            const torch::Tensor gradient =
                entry.parameter.grad().defined() ? entry.parameter.grad().clone() : torch::zeros_like(entry.parameter);
            const torch::Tensor apart = gradient - trained_[player][number++].view(gradient.sizes());
            apart_ += apart.square().sum().item<double>();
            length_ += gradient.square().sum().item<double>();
            gradients.emplace_back(&entry, gradient);
        }
        const torch::NoGradGuard no_grad;
        for (const auto& [entry, gradient] : gradients) {
            subject_.look_for_stop();
            share_(static_cast<double>(++tested_) / static_cast<double>(bank.entries().size() + tested_));
            test(player, precise, batch, *entry, gradient);
        }
    }
    /// Along a direction of length 1 that is drawn by the tensor's number.
    void test(std::size_t player, const DoubleModel& precise, const Batch& batch, const ParameterBank::Entry& entry,
              const torch::Tensor& gradient) {
        at::Generator generator = torch::make_generator<at::CPUGeneratorImpl>(static_cast<std::uint64_t>(tested_));
        torch::Tensor weight = entry.parameter;
        torch::Tensor direction =
            torch::randn(weight.sizes(), generator, torch::TensorOptions().dtype(torch::kFloat64)).to(weight.device());
        direction /= direction.norm();
        TestedGradient found{entry.name, (gradient * direction).sum().item<double>()};
        // A step across the bend of a ReLU or a maximum measures another slope than at the point: a smaller one seldom
        // does. Below some 1e-8 rounding takes over.
        for (const double h : {1e-5, 1e-6, 1e-7}) {
            const auto value = [&](double by) {
                weight.add_(direction, by);
                const double loss = precise.loss(player, batch).template item<double>();
                weight.sub_(direction, by);
                return loss;
            };
            found.measured = (value(h) - value(-h)) / (2 * h);
            const double larger = std::max({std::abs(found.said), std::abs(found.measured), 1e-4});
            found.difference = std::abs(found.said - found.measured) / larger;
            if (found.difference < enough) break;
        }
        if (worst_.name.empty() || !(found.difference <= worst_.difference)) worst_ = found;
    }

    CheckFinding verdict() const {
        CheckFinding out;
        if (!(worst_.difference < enough)) {
            out.verdict = CheckVerdict::wrong;
            out.said.push_back({say::check_gradient_differs,
                                {worst_.name, significant(worst_.said, 6), significant(worst_.measured, 6)}});
            return out;
        }
        out.said.push_back({say::check_gradients_agree, {grouped(tested_), significant(worst_.difference, 2)}});
        const double apart = length_ > 0 ? std::sqrt(apart_ / length_) : 0;
        // Rounding of a product in float32 is about 1e-6, in bf16 about 4e-3, and adds up over the layers.
        const bool full = model_.compute.dtype == torch::kFloat32;
        const bool agrees = apart < (full ? 0.01 : 0.1);
        if (!agrees) out.verdict = CheckVerdict::look;
        out.said.push_back({agrees ? say::check_precision_agrees : say::check_precision_differs,
                            {full ? "float32" : "bf16", significant(100 * apart, 2) + " %"}});
        return out;
    }

    static constexpr double enough = 1e-3;
    CheckSubject& subject_;
    Model& model_;
    const std::function<void(double)>& share_;
    std::map<std::size_t, std::vector<torch::Tensor>> trained_;
    TestedGradient worst_;
    std::int64_t tested_ = 0;
    double apart_ = 0, length_ = 0;
};

CheckFinding look_at_gradients(const CheckupRequest& request, const std::function<void(double)>& share) {
    CheckSubject subject(request);
    try {
        return GradientLook(subject, share).run();
    } catch (const c10::Error& problem) {
        if (engine_error(problem).code == Error::Code::out_of_memory) throw;
        return {"", CheckVerdict::skipped, {{say::check_not_double, {problem.what_without_backtrace()}}}};
    }
}

}  // namespace

Check gradients_check() {
    return {
        {"gradients", GW_TEXT("Gradients"),
         GW_TEXT(
             "The gradient of every tensor of this very model against finite differences in double precision, and the "
             "precision of training against that.")},
        look_at_gradients};
}

}  // namespace gw

#include <torch/types.h>
#include <torch/utils.h>

#include <map>

#include "study/checkup/checks.h"
#include "study/checkup/checkup_texts.h"
#include "study/checkup/subject.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::int64_t steps_before_look = 10;

/// Trained tensors, by name, whose gradient is zero in every value.
std::vector<std::string> without_gradient(const PreparedRun& ready, std::int64_t& trained) {
    std::vector<std::string> out;
    for (const Player& player : ready.players)
        for (const ParameterBank::Entry& entry : player.bank->entries()) {
            if (entry.trained < 0) continue;
            ++trained;
            if (!player.bank->trained_view(player.bank->gradients(), entry).count_nonzero().item<std::int64_t>())
                out.push_back(entry.name);
        }
    return out;
}

void look_for_frozen(const PreparedRun& ready, CheckFinding& out) {
    std::int64_t frozen = 0, all = 0;
    std::string one;
    for (const ParameterBank::Entry& entry : ready.model.bank->entries()) {
        all += entry.size;
        if (entry.trained >= 0) continue;
        frozen += entry.size;
        if (one.empty()) one = entry.name;
    }
    if (frozen == 0) return;
    const bool fresh = ready.tokens_before == 0;
    out.verdict = std::max(out.verdict, fresh ? CheckVerdict::wrong : CheckVerdict::fine);
    out.said.push_back({fresh ? say::check_frozen_fresh : say::check_frozen, {grouped(frozen), grouped(all), one}});
}

/// Runs the rows of the next step forward once and tells the worst block of those with dead units.
void look_for_dead(CheckSubject& subject, CheckFinding& out) {
    const torch::NoGradGuard no_grad;
    const PreparedRun& ready = subject.run().ready;
    const Model& model = ready.model;
    const HostBatch rows = ready.source->batch(subject.run().at.next_sample, ready.cut.rows);
    const Batch batch = model.objective->feed(rows, 0).to(model.compute.device);
    std::pair<double, std::string> worst;
    Pass pass = model.pass(/*training=*/false);
    pass.observe = [&](const std::string& name, const torch::Tensor& values) {
        if (values.dim() >= 2) worst = std::max(worst, {dead_share(values.detach()), name});
    };
    (void)model.objective->loss(*model.backbone, batch, pass);
    constexpr double many = 0.2, most = 0.8;
    if (worst.first < many) return;
    out.verdict = std::max(out.verdict, worst.first < most ? CheckVerdict::look : CheckVerdict::wrong);
    out.said.push_back(
        {say::check_dead, {grouped(subject.run().at.step), significant(100 * worst.first, 2) + " %", worst.second}});
}

CheckFinding look_at_weights(const CheckupRequest& request, const std::function<void(double)>& share) {
    CheckFinding out;
    CheckSubject subject(request);
    look_for_frozen(subject.run().ready, out);
    std::map<std::string, std::int64_t> silent;  // tensors by the steps in which nothing reached them
    std::int64_t trained = 0, made = 0;
    while (made < std::min(request.steps, steps_before_look)) {
        const CheckSubject::Step step = subject.step();
        share(static_cast<double>(++made) / static_cast<double>(steps_before_look));
        if (!step.finite) {
            out.verdict = CheckVerdict::wrong;
            out.said.push_back({say::check_steps_bad, {grouped(made)}});
            return out;
        }
        trained = 0;
        for (const std::string& name : without_gradient(subject.run().ready, trained)) ++silent[name];
    }
    std::vector<std::string> never;
    for (const auto& [name, steps] : silent)
        if (steps == made) never.push_back(name);
    if (!never.empty()) {
        out.verdict = std::max(out.verdict, CheckVerdict::look);
        out.said.push_back({say::check_no_gradient,
                            {grouped(static_cast<std::int64_t>(never.size())), grouped(trained), never.front()}});
    }
    look_for_dead(subject, out);
    if (out.said.empty()) out.said.push_back({say::check_all_learn, {grouped(trained)}});
    return out;
}

}  // namespace

Check weights_check() {
    return {
        {"weights", GW_TEXT("Weights that learn"),
         GW_TEXT(
             "Whether a gradient reaches every tensor, what is frozen, and whether units of a layer are zero for every "
             "row.")},
        look_at_weights};
}

}  // namespace gw

#include "model/recurrent.h"

namespace gw {

RecurrentLayer::RecurrentLayer(const Initialiser& init, const std::string& name, const std::string& cell,
                               std::int64_t in, std::int64_t hidden, std::int64_t memory)
    : name_(name), cell_(cell), hidden_(hidden) {
    const std::int64_t rows = gates(cell) * hidden;
    input_ = init.tensor(name + ".input", {rows, in}, in, hidden);
    recurrent_ = init.tensor(name + ".recurrent", {rows, hidden}, hidden, hidden);
    bias_ = Initialiser::constant(rows, 0.0);
    const torch::NoGradGuard no_grad;
    // A gate of bias ln(n) keeps a value for n steps before a share of e is left.
    constexpr std::int64_t least_memory = 2;
    const torch::Tensor keeps =
        memory > least_memory
            ? init.vector(name + ".memory", hidden, 1.0, static_cast<double>(memory - 1)).detach().log()
            : torch::Tensor();
    if (cell == "lstm") {  // input, forget, cell and output
        torch::Tensor input = bias_.narrow(0, 0, hidden), forget = bias_.narrow(0, hidden, hidden);
        forget.fill_(1.0);
        if (keeps.defined()) forget.copy_(keeps), input.copy_(-keeps);
    }
    if (cell == "gru" && keeps.defined()) bias_.narrow(0, hidden, hidden).copy_(keeps);  // reset, update and new
}

torch::Tensor RecurrentLayer::operator()(const torch::Tensor& x_BTD, RecurrentState& state) const {
    const auto dtype = x_BTD.scalar_type() == torch::kFloat64 ? torch::kFloat64 : torch::kFloat32;
    const torch::Tensor x = x_BTD.to(dtype), bias = bias_.to(dtype);
    if (!state.hidden.defined()) {
        state.hidden = torch::zeros({1, x.size(0), hidden_}, x.options().requires_grad(false));
        if (cell_ == "lstm") state.cell = torch::zeros_like(state.hidden);
    }
    state.hidden = state.hidden.to(dtype);
    if (cell_ == "lstm") state.cell = state.cell.to(dtype);
    // A GPU keeps what the backward pass needs only where it is told that one will come.
    const bool trains =
        at::GradMode::is_enabled() && (x.requires_grad() || state.hidden.requires_grad() || input_.requires_grad() ||
                                       recurrent_.requires_grad() || bias_.requires_grad());
    // LibTorch adds two biases, of which one would do.
    const std::vector<torch::Tensor> weights{input_.to(dtype), recurrent_.to(dtype), bias, torch::zeros_like(bias)};
    const auto run = [&](auto&& layer) {
        auto [out, hidden] = layer(x, state.hidden, weights, /*has_biases=*/true, /*num_layers=*/1, /*dropout=*/0.0,
                                   trains, /*bidirectional=*/false, /*batch_first=*/true);
        state.hidden = hidden;
        return out;
    };
    if (cell_ == "gru") return run([](auto&&... all) { return at::gru(all...); });
    if (cell_ == "elman") return run([](auto&&... all) { return at::rnn_tanh(all...); });
    auto [out, hidden, cell] = at::lstm(x, {state.hidden, state.cell}, weights, /*has_biases=*/true, /*num_layers=*/1,
                                        /*dropout=*/0.0, trains, /*bidirectional=*/false, /*batch_first=*/true);
    state.hidden = hidden;
    state.cell = cell;
    return out;
}

void RecurrentLayer::list(Parameters& out) const {
    out.push_back({name_ + ".input", input_});
    out.push_back({name_ + ".recurrent", recurrent_});
    out.push_back({name_ + ".bias", bias_});
}

torch::Tensor RecurrentLayer::joined(const RecurrentState& state) const {
    return cell_ == "lstm" ? torch::cat({state.hidden[0], state.cell[0]}, 1) : state.hidden[0];
}

RecurrentState RecurrentLayer::parted(const torch::Tensor& state_BS) const {
    const auto part = [&](std::int64_t first) { return state_BS.narrow(1, first, hidden_).contiguous().unsqueeze(0); };
    return {part(0), cell_ == "lstm" ? part(hidden_) : torch::Tensor()};
}

std::int64_t RecurrentLayer::gates(const std::string& cell) {
    return cell == "lstm" ? 4 : cell == "gru" ? 3 : 1;
}

std::int64_t RecurrentLayer::parameters(const std::string& cell, std::int64_t in, std::int64_t hidden) {
    return gates(cell) * hidden * (in + hidden + 1);
}

torch::Tensor turned(const torch::Tensor& x_BTD, const torch::Tensor& valid_BT) {
    if (!valid_BT.defined()) return x_BTD.flip(1);
    const std::int64_t time = x_BTD.size(1);
    const torch::Tensor places_BT = torch::arange(time, valid_BT.options().dtype(torch::kInt64)).expand_as(valid_BT),
                        from_end_BT = valid_BT.sum(1, true) - 1 - places_BT;
    return x_BTD.gather(1, torch::where(valid_BT, from_end_BT, places_BT).unsqueeze(2).expand_as(x_BTD));
}

}  // namespace gw

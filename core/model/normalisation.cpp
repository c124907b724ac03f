#include "model/normalisation.h"

#include <torch/autograd.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "model/channel_ops.h"

namespace gw {

namespace {

constexpr double channel_norm_epsilon = 1e-5, batch_norm_momentum = 0.1;

std::int64_t largest_divisor(std::int64_t of, std::int64_t most) {
    for (std::int64_t divisor = std::min(of, most); divisor > 1; --divisor)
        if (of % divisor == 0) return divisor;
    return 1;
}

Error groups_of_one_value(std::int64_t channels) {
    const std::int64_t fewer = largest_divisor(channels, channels - 1);
    const std::string hint =
        channels > 1 ? "Set backbone.groups to " + std::to_string(fewer) + " or fewer, or another backbone.norm"
                     : "Set another backbone.norm";
    return {Error::Code::bad_spec,
            "Group normalisation of " + std::to_string(channels) +
                " channels at one place in as many groups leaves nothing: "
                "each group holds one value, which is its own mean",
            hint,
            {"field backbone.groups"}};
}

}  // namespace

BatchNorm::BatchNorm(const std::string& name, std::int64_t channels, double weight)
    : name_(name),
      weight_(Initialiser::constant(channels, weight)),
      bias_(Initialiser::constant(channels, 0.0)),
      mean_(torch::zeros({channels})),
      variance_(torch::ones({channels})) {}

torch::Tensor BatchNorm::operator()(const torch::Tensor& x, const Pass& pass, bool rectified) const {
    const bool trains = pass.training && weight_.requires_grad();
    // At one place training is refused by the plain road, in its own words.
    if (pass.compute == torch::kFloat32 && weight_.scalar_type() == torch::kFloat32 && has_channels_last(x)) {
        if (trains && x.numel() > x.size(1)) return trained_by_kernels(x, rectified);
        if (!trains && !torch::GradMode::is_enabled())
            return batch_norm_by(x, weight_, bias_, mean_, variance_, channel_norm_epsilon, rectified);
    }
    // The kernels of a GPU take rows in bf16 beside a float32 weight, and count in float32.
    const torch::Tensor values = x.is_cuda() ? x : x.to(weight_.scalar_type());
    torch::Tensor y;
    if (trains) {
        y = trained(values).to(pass.compute);
    } else {
        const torch::Tensor mean = mean_.to(weight_.scalar_type()), variance = variance_.to(weight_.scalar_type());
        y = at::batch_norm(values, weight_, bias_, mean, variance, /*training=*/false, batch_norm_momentum,
                           channel_norm_epsilon, /*cudnn_enabled=*/true)
                .to(pass.compute);
    }
    return rectified ? at::relu(y) : y;
}

torch::Tensor BatchNorm::trained(const torch::Tensor& x) const {
    // The kernel moves copies: what comes of a pass that is not finite must not stay.
    const torch::Tensor mean = mean_.to(weight_.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
    const torch::Tensor variance = variance_.to(weight_.scalar_type(), /*non_blocking=*/false, /*copy=*/true);
    const torch::Tensor y =
        at::batch_norm(x, weight_, bias_, mean, variance, /*training=*/true, batch_norm_momentum, channel_norm_epsilon,
                       /*cudnn_enabled=*/true);
    remember(mean, variance);
    return y;
}

torch::Tensor BatchNorm::trained_by_kernels(const torch::Tensor& x, bool rectified) const {
    BatchMoments moments;
    const torch::Tensor y = batch_norm_of(x, weight_, bias_, channel_norm_epsilon, rectified, moments);
    const torch::NoGradGuard no_grad;
    remember(mean_.to(torch::kFloat32).lerp(moments.mean_C, batch_norm_momentum),
             variance_.to(torch::kFloat32).lerp(moments.variance_C, batch_norm_momentum));
    return y;
}

void BatchNorm::remember(const torch::Tensor& mean, const torch::Tensor& variance) const {
    const torch::NoGradGuard no_grad;
    const torch::Tensor finite = torch::isfinite(mean + variance).all();
    torch::Tensor running_mean = mean_, running_variance = variance_;
    running_mean.copy_(torch::where(finite, mean, mean_.to(mean.scalar_type())));
    running_variance.copy_(torch::where(finite, variance, variance_.to(variance.scalar_type())));
}

void BatchNorm::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    out.push_back({name_ + ".bias", bias_});
}

void BatchNorm::list(Buffers& out) const {
    out.push_back({name_ + ".mean", mean_, /*state=*/true});
    out.push_back({name_ + ".variance", variance_, /*state=*/true});
}

GroupNorm::GroupNorm(const std::string& name, std::int64_t channels, std::int64_t groups, double weight)
    : name_(name),
      groups_(groups),
      weight_(Initialiser::constant(channels, weight)),
      bias_(Initialiser::constant(channels, 0.0)) {
    TORCH_CHECK(groups > 0 && channels % groups == 0, groups, " groups of ", channels, " channels");
}

torch::Tensor GroupNorm::operator()(const torch::Tensor& x, const Pass& pass) const {
    return at::group_norm(x.to(weight_.scalar_type()), groups_, weight_, bias_, channel_norm_epsilon,
                          /*cudnn_enabled=*/true)
        .to(pass.compute);
}

void GroupNorm::list(Parameters& out) const {
    out.push_back({name_ + ".weight", weight_});
    out.push_back({name_ + ".bias", bias_});
}

void NormChoice::check(std::span<const std::int64_t> channels, const std::string& at, schema::Problems& out) const {
    for (const std::int64_t count : channels) {
        if (is("layer_norm") && count == 1) {
            out.push_back({at + ".norm", "a layer norm of one value leaves nothing of it; use more, or another norm",
                           /*warning=*/true});
            return;
        }
        if (!is("group_norm") || count % groups == 0) continue;
        out.push_back({at + ".groups", std::to_string(groups) + " groups do not divide " + std::to_string(count) +
                                           " channels; use " + std::to_string(largest_divisor(count, groups))});
        return;
    }
}

void NormChoice::check(std::int64_t channels, std::int64_t places, const std::string& at, schema::Problems& out) const {
    if (!is("group_norm") || groups != channels || places > 1) return;
    Error error = groups_of_one_value(channels);
    error.hint.front() = 's';  // of a sentence that goes on
    out.push_back({at + ".groups", error.message + "; " + error.hint});
}

ChannelNorm::ChannelNorm(const NormChoice& choice, const std::string& name, std::int64_t channels, std::int64_t places,
                         double weight) {
    if (choice.is("batch_norm")) norm_.emplace<BatchNorm>(name, channels, weight);
    if (choice.is("layer_norm")) norm_.emplace<Norm>(name, channels, /*rms=*/false, /*bias=*/true, weight);
    if (choice.is("group_norm")) {
        if (choice.groups == channels && places == 1) throw Failure(groups_of_one_value(channels));
        norm_.emplace<GroupNorm>(name, channels, choice.groups, weight);
    }
}

torch::Tensor ChannelNorm::operator()(const torch::Tensor& x, const Pass& pass) const {
    if (const auto* norm = std::get_if<BatchNorm>(&norm_)) return (*norm)(x, pass);
    if (const auto* norm = std::get_if<GroupNorm>(&norm_)) return (*norm)(x, pass);
    const auto* norm = std::get_if<Norm>(&norm_);
    if (!norm) return x;
    if (x.dim() == 2) return (*norm)(x, pass);
    // No copy where the channels lie beside each other in memory.
    return (*norm)(x.permute({0, 2, 3, 1}), pass).permute({0, 3, 1, 2});
}

torch::Tensor ChannelNorm::activated(const torch::Tensor& x, const std::string& activation, const Pass& pass) const {
    if (const auto* norm = std::get_if<BatchNorm>(&norm_); norm && activation == "relu")
        return (*norm)(x, pass, /*rectified=*/true);
    return gw::activated((*this)(x, pass), activation);
}

void ChannelNorm::list(Parameters& out) const {
    std::visit(
        [&](const auto& norm) {
            if constexpr (requires { norm.list(out); }) norm.list(out);
        },
        norm_);
}

void ChannelNorm::list(Buffers& out) const {
    if (const auto* norm = std::get_if<BatchNorm>(&norm_)) norm->list(out);
}

}  // namespace gw

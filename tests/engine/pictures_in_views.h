#pragma once
#include "engine/small.h"
#include "util/rng.h"

// Small pictures in two views, and backbones for them.
namespace gw::test {

inline constexpr std::int64_t picture_side = 4;

/// Rows of pictures whose second views are other pixels; classes 0, 1, 2, 0, ...
struct Views {
    explicit Views(std::int64_t count, std::uint64_t seed = 1)
        : examples(static_cast<std::size_t>(count)), seed_(seed) {
        for (std::int64_t i = 0; i < count; ++i)
            examples[static_cast<std::size_t>(i)].classes = {static_cast<std::int32_t>(i % 3)};
    }
    /// As long-lived as this.
    HostBatch rows() const {
        HostBatch out;
        out.rows = static_cast<std::int64_t>(examples.size());
        Rng rng(seed_);
        for (const char* view : {array::image, array::second}) {
            HostArray pixels(HostArray::Type::u8, {out.rows, 1, picture_side, picture_side});
            for (std::int64_t i = 0; i < pixels.size(); ++i)
                pixels.values<std::uint8_t>()[i] = static_cast<std::uint8_t>(rng.below(256));
            out.arrays.emplace(view, std::move(pixels));
        }
        for (const Example& example : examples) {
            out.places.push_back(static_cast<std::int64_t>(out.places.size()));
            out.examples.push_back(&example);
        }
        return out;
    }
    std::vector<Example> examples;

  private:
    std::uint64_t seed_;
};

/// A smooth convolutional backbone of 6 features.
inline std::unique_ptr<Backbone> picture_backbone(torch::Dtype dtype = torch::kFloat32,
                                                  const std::string& norm = "none") {
    const BackboneKind& kind = *find_kind(backbones(), "cnn");
    const Json settings = {{"kind", "cnn"}, {"stages", 1},          {"channels", 3},       {"hidden", 6},
                           {"norm", norm},  {"activation", "tanh"}, {"pooling", "average"}};
    auto net = kind.build(settings, BackboneInputs{image_input(1, picture_side, picture_side), false, 7});
    for (const Parameter& p : net->parameters()) torch::Tensor(p.tensor).set_data(p.tensor.detach().to(dtype));
    return net;
}

/// With a twin as picture_backbone() makes it, and a projection head (where it has one) so wide that some unit of it is
/// alive for every picture.
inline std::unique_ptr<Objective> objective_of(const std::string& id, Json settings, const Backbone& net,
                                               std::uint64_t seed = 3, const std::string& norm = "none") {
    if (settings.is_null()) settings = Json::object();
    if (id != "rotation") settings["hidden"] = 24;
    ObjectiveInputs inputs{.backbone = net.facts(), .seed = seed};
    inputs.twin = [norm] { return picture_backbone(torch::kFloat32, norm); };
    return find_kind(objectives(), id)->build(settings, inputs);
}

/// Unit vectors by the weights of an objective whose head is a projection head alone.
inline torch::Tensor plain_embedding(Backbone& net, const Objective& objective, const torch::Tensor& pictures) {
    const Parameters head = objective.parameters();
    const torch::Tensor hidden = torch::relu(
        torch::matmul(net.features(Batch::of_images(pictures), {}).pooled_BD, head[0].tensor.t()) + head[1].tensor);
    const torch::Tensor y = torch::matmul(hidden, head[2].tensor.t()) + head[3].tensor;
    return y / y.square().sum(1, /*keepdim=*/true).sqrt();
}

}  // namespace gw::test

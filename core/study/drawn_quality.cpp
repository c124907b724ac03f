#include "study/drawn_quality.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "eval/frechet.h"
#include "eval/judge.h"
#include "objective/label_head.h"
#include "spec/reading.h"

// N pictures, C channels, H height, W width; D width of the judge's features, K classes.
namespace gw {

namespace {

/// What a judge makes of pictures.
struct Seen {
    torch::Tensor features_ND, said_NK;  ///< float32 on the CPU

    Seen(const CheckpointModel& judge, const torch::Tensor& bytes_NCHW, const std::stop_token& stop) {
        constexpr std::int64_t together = 64;
        const Model& model = judge.model;
        const Pass pass = model.pass(/*training=*/false);
        std::vector<torch::Tensor> features, said;
        for (std::int64_t at = 0; at < bytes_NCHW.size(0); at += together) {
            if (stop.stop_requested()) throw Failure(Error{Error::Code::cancelled, "Stopped before the end", "", {}});
            const Batch some = Batch::of_images(bytes_NCHW.narrow(0, at, std::min(together, bytes_NCHW.size(0) - at)))
                                   .to(model.compute.device);
            features.push_back(
                pooled(model.backbone->features(some, pass), {}, "mean").to(torch::kCPU, torch::kFloat32));
            said.push_back(model.objective->predict(*model.backbone, some, pass).to(torch::kCPU, torch::kFloat32));
        }
        features_ND = torch::cat(features);
        said_NK = torch::cat(said);
    }

    std::vector<double> shares() const {
        const torch::Tensor counts_K = said_NK.argmax(1).bincount({}, said_NK.size(1)).to(torch::kFloat64);
        const torch::Tensor shares_K = counts_K / static_cast<double>(said_NK.size(0));
        return {shares_K.data_ptr<double>(), shares_K.data_ptr<double>() + shares_K.numel()};
    }
};

/// Pictures of the validation part, evenly spread over it: uint8 [N, C, H, W].
Result<torch::Tensor> held_out(const CheckpointModel& it, const DrawRequest& request) {
    const auto data = prepare_data(it.data_of(it.facts.spec, request.cache, request.progress, request.stop));
    if (!data) return data.error();
    if (!is_data_of(it.facts.state, data.value()))
        return dataset_changed("Put the old files back to hold drawn pictures against them");
    const ExampleTable& table = data.value().examples(Part::validation);
    constexpr std::int64_t least = 16;  // in two halves, each with neighbours
    if (table.size() < least)
        return Error{Error::Code::bad_data,
                     "The validation part has " + std::to_string(table.size()) + " pictures, too few to compare with",
                     "Set split.validation higher for the next run",
                     {}};
    const auto rows = data.value().rows(Part::validation, it.model.backbone->facts().context);
    return Batch(rows->rows(spread(table, request.count)))[array::image];
}

}  // namespace

std::int64_t DrawnQuality::classes_drawn() const {
    constexpr double part = 0.1;
    return std::count_if(classes.begin(), classes.end(),
                         [](const Class& one) { return one.drawn > 0 && one.drawn >= part * one.real; });
}

Result<DrawingJudge> DrawingJudge::make(const CheckpointModel& model, const DrawRequest& request) {
    constexpr std::int64_t fewest = 4;  // each looks at its third neighbour
    if (request.count < fewest)
        return Error{Error::Code::bad_spec,
                     "Too few pictures are drawn to be compared",
                     "Ask for " + std::to_string(fewest) + " or more",
                     {}};
    auto judge = CheckpointModel::load(request.judge);
    if (!judge) return judge.error();
    const Model& by = judge.value().model;
    const std::string place = "checkpoint " + request.judge.string();
    if (by.objective->labels() != LabelKind::one_class || !by.input.image)
        return Error{Error::Code::bad_spec,
                     "The model that is to judge was not trained to tell classes of pictures apart",
                     "Name a run of the objective classification on such pictures",
                     {place}};
    const ImageInput &drawn = model.model.input.image.value(), &read = *by.input.image;
    const auto text = [](const ImageInput& image) {
        return std::to_string(image.channels) + " x " + std::to_string(image.height) + " x " +
               std::to_string(image.width);
    };
    if (text(drawn) != text(read))
        return Error{Error::Code::bad_spec,
                     "The model that is to judge reads pictures of " + text(read) +
                         " (channels x height x width), and those that are drawn have " + text(drawn),
                     "Name a judge that was trained on pictures of their size and colours",
                     {place}};
    auto real = held_out(model, request);
    if (!real) return real.error();
    return DrawingJudge(std::move(judge).value(), std::move(real).value());
}

DrawnQuality DrawingJudge::judge(const torch::Tensor& drawn_NCHW, const std::stop_token& stop) const {
    const torch::NoGradGuard no_grad;
    const Seen ours(by_, drawn_NCHW, stop), theirs(by_, real_NCHW_, stop);
    const auto half = [&](std::int64_t first) {
        return theirs.features_ND.slice(0, first, theirs.features_ND.size(0), 2);
    };
    const Reach near = reach(theirs.features_ND, ours.features_ND);
    DrawnQuality out{.drawn = drawn_NCHW.size(0),
                     .real = real_NCHW_.size(0),
                     .frechet = frechet_distance(theirs.features_ND, ours.features_ND),
                     .least = frechet_distance(half(0), half(1)),
                     .precision = near.precision,
                     .recall = near.recall,
                     .confidence = ours.said_NK.amax(1).mean().item<double>()};
    const std::vector<std::string>& names = by_.model.labels.classes;
    const std::vector<double> drawn = ours.shares(), real = theirs.shares();
    for (std::size_t i = 0; i < names.size(); ++i) out.classes.push_back({names[i], drawn[i], real[i]});
    return out;
}

}  // namespace gw

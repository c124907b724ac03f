#include "study/picture_looks.h"

#include <torch/nn/functional/normalization.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <set>

#include "adapt/checkpoint_model.h"
#include "adapt/draw_many.h"
#include "data/prepare.h"
#include "eval/gather.h"
#include "eval/judge.h"
#include "spec/reading.h"
#include "study/row_text.h"
#include "study/seen_by_weights.h"
#include "train/guard/engine_error.h"
#include "train/message/row_words.h"
#include "util/phrase.h"

// N pictures that are compared, D width of their features; B those that are looked at, K what is drawn of each.
namespace gw {

namespace {

constexpr std::size_t neighbours_of_each = 5, captions_of_each = 3;

/// At most `count` of the numbers below `size`, evenly spread, in rising order.
std::vector<std::size_t> evenly_spread(std::size_t size, std::size_t count) {
    const std::size_t wanted = std::min(size, count);
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < wanted; ++i) out.push_back(i * size / wanted);
    return out;
}

Failure looking_stopped() {
    return Failure(Error{Error::Code::cancelled, "Stopped before the end", "", {}});
}

/// A checkpoint and its held-out pictures. Everything throws Failure.
class PictureLooker {
  public:
    PictureLooker(const LooksRequest& request, const CheckpointModel& it, const PreparedData& data)
        : request_(request),
          it_(it),
          data_(data),
          table_(data.examples(Part::validation)),
          rows_(data.rows(Part::validation, it.model.backbone->facts().context)),
          pass_(it.model.pass(/*training=*/false)) {
        for (const std::size_t at : evenly_spread(table_.examples.size(), most_compared))
            compared_.push_back(&table_.examples[at]);
        chosen_ = evenly_spread(compared_.size(), most_looked_at);
        std::vector<const Example*> examples;
        for (const std::size_t at : chosen_) examples.push_back(compared_[at]);
        host_ = rows_->rows(examples);
        images_BCHW_ = Batch(host_)[array::image];
    }

    PictureLooks look() {
        const torch::NoGradGuard no_grad;
        out_.step = it_.facts.state.value("step", std::int64_t{0});
        out_.part_rows = table_.size();
        filters();
        attention();
        if (redrawn() || pairs()) return std::move(out_);
        neighbours();
        return std::move(out_);
    }

  private:
    void go_on() const {
        if (request_.stop.stop_requested()) throw looking_stopped();
    }

    void filters() {
        LookRow row;
        for (PictureCopy& filter : first_filters(it_.model.backbone->parameters())) {
            const auto number = static_cast<std::int64_t>(row.pictures.size() + 1);
            row.pictures.push_back({LookedPicture::Role::filter, std::move(filter), number});
        }
        if (!row.pictures.empty()) out_.looks.push_back({LookKind::filters, {std::move(row)}});
    }

    void attention() {
        go_on();
        const AttentionMaps maps = attention_maps(*it_.model.backbone, images_BCHW_, pass_, it_.model.compute.device);
        if (maps.rows == 0) return;
        Look look{LookKind::attention, {}};
        for (std::size_t i = 0; i < chosen_.size(); ++i) {
            LookRow row{{original(i)}};
            LookedPicture seen = row.pictures.front();
            seen.role = LookedPicture::Role::attention;
            seen.picture = lit(seen.picture, maps, i);
            row.pictures.push_back(std::move(seen));
            row.map_rows = maps.rows;
            row.map_columns = maps.columns;
            row.map = maps.weights[i];
            look.rows.push_back(std::move(row));
        }
        out_.looks.push_back(std::move(look));
    }

    /// Whether the objective draws.
    bool redrawn() {
        go_on();
        if (data_.captions || it_.model.objective->views() > 1) return false;  // their rows hold more than a picture
        const Batch fed = it_.model.objective->feed(host_, RowSeeds::by_place(0)).to(it_.model.compute.device);
        torch::Tensor drawn_BKCHW = it_.model.objective->redrawn(*it_.model.backbone, fed, pass_);
        if (!drawn_BKCHW.defined()) return false;
        drawn_BKCHW = drawn_BKCHW.to(torch::kCPU);
        Look look{LookKind::redrawn, {}};
        for (std::size_t i = 0; i < chosen_.size(); ++i) {
            LookRow row;
            for (const auto role :
                 {LookedPicture::Role::seen, LookedPicture::Role::filled_in, LookedPicture::Role::original}) {
                LookedPicture one = original(i);
                one.role = role;
                one.picture = picture_of_bytes(
                    drawn_BKCHW[static_cast<std::int64_t>(i)][static_cast<std::int64_t>(row.pictures.size())]);
                row.pictures.push_back(std::move(one));
            }
            look.rows.push_back(std::move(row));
        }
        out_.looks.push_back(std::move(look));
        return true;
    }

    /// Whether the objective holds pictures and captions against each other.
    bool pairs() {
        if (!data_.captions) return false;
        const Gathered pairs = gather_pairs(*it_.model.backbone, *it_.model.objective, *rows_, compared_,
                                            {32, it_.model.compute.device, pass_.compute}, request_.stop);
        go_on();
        if (!pairs.first_ND.defined()) return false;
        check_finite(pairs.first_ND);
        check_finite(pairs.second_ND);
        Look look{LookKind::captions, {}};
        for (std::size_t i = 0; i < chosen_.size(); ++i) {
            LookRow row{{original(i)}};
            const auto self = static_cast<std::int64_t>(chosen_[i]);
            const torch::Tensor likeness_N = torch::mv(pairs.second_ND, pairs.first_ND[self]),
                                order_N = likeness_N.argsort(/*dim=*/0, /*descending=*/true);
            std::set<std::uint64_t> told;
            auto tell = [&](std::int64_t at) {
                const auto place = static_cast<std::size_t>(at);
                if (!told.insert(pairs.captions[place]).second) return;
                row.captions.push_back({row_text(rows_->rows({compared_[place]}), 0, *data_.tokenizer),
                                        likeness_N[at].item<double>(),
                                        pairs.captions[place] == pairs.captions[chosen_[i]]});
            };
            for (std::int64_t n = 0; n < order_N.size(0) && told.size() < captions_of_each; ++n)
                tell(order_N[n].item<std::int64_t>());
            tell(self);
            look.rows.push_back(std::move(row));
        }
        out_.compared = static_cast<std::int64_t>(compared_.size());
        out_.looks.push_back(std::move(look));
        return true;
    }

    void neighbours() {
        if (compared_.size() < 2) return;
        const std::string pooling = it_.facts.spec.at("objective").value("pooling", "mean");
        torch::Tensor features_ND = features_of(
            *it_.model.backbone, *rows_, compared_, pooling, pass_, it_.model.compute.device, it_.model.units_at_once,
            [&](double done) {
                if (request_.progress) request_.progress("reading features", done);
            },
            request_.stop);
        if (!features_ND.defined()) throw looking_stopped();
        check_finite(features_ND);
        features_ND = torch::nn::functional::normalize(features_ND, torch::nn::functional::NormalizeFuncOptions());
        Look look{LookKind::neighbours, {}};
        for (std::size_t i = 0; i < chosen_.size(); ++i) {
            LookRow row{{original(i)}};
            const auto self = static_cast<std::int64_t>(chosen_[i]);
            const torch::Tensor likeness_N = torch::mv(features_ND, features_ND[self]),
                                order_N = likeness_N.argsort(/*dim=*/0, /*descending=*/true);
            for (std::int64_t n = 0; n < order_N.size(0) && row.pictures.size() <= neighbours_of_each; ++n) {
                const auto at = order_N[n].item<std::int64_t>();
                if (at == self) continue;
                row.pictures.push_back(
                    neighbour(static_cast<std::size_t>(at), row.pictures.size(), likeness_N[at].item<double>()));
            }
            look.rows.push_back(std::move(row));
        }
        out_.compared = static_cast<std::int64_t>(compared_.size());
        out_.looks.push_back(std::move(look));
    }

    LookedPicture original(std::size_t chosen) const {
        return named(*compared_[chosen_[chosen]], images_BCHW_[static_cast<std::int64_t>(chosen)],
                     LookedPicture::Role::original);
    }

    LookedPicture neighbour(std::size_t compared, std::size_t number, double likeness) const {
        const HostBatch host = rows_->rows({compared_[compared]});
        LookedPicture out = named(*compared_[compared], Batch(host)[array::image][0], LookedPicture::Role::neighbour);
        out.number = static_cast<std::int64_t>(number);
        out.likeness = likeness;
        return out;
    }

    LookedPicture named(const Example& example, const torch::Tensor& bytes_CHW, LookedPicture::Role role) const {
        LookedPicture out{role, picture_of_bytes(bytes_CHW), 0, example.row};
        if (table_.kind != LabelKind::none && table_.kind != LabelKind::word_classes)
            out.truth = truth_text(example, table_.kind, table_.classes);
        return out;
    }

    const LooksRequest& request_;
    const CheckpointModel& it_;
    const PreparedData& data_;
    const ExampleTable& table_;
    std::unique_ptr<ExampleRows> rows_;
    Pass pass_;
    std::vector<const Example*> compared_;
    std::vector<std::size_t> chosen_;  ///< of compared_
    HostBatch host_;                   ///< of the chosen
    torch::Tensor images_BCHW_;        ///< likewise
    PictureLooks out_;
};

Result<PictureLooks> looked(const LooksRequest& request) {
    auto loaded = CheckpointModel::load(request.checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    const std::string place = "checkpoint " + request.checkpoint.string();
    if (!it.model.input.image)
        return Error{Error::Code::bad_spec,
                     "This model reads no pictures, so that there is nothing to be seen of how it looks at them",
                     "Choose a run on pictures",
                     {place}};
    const auto data = prepare_data(it.data_of(it.facts.spec, request.cache, request.progress, request.stop));
    if (!data) return data.error();
    if (!is_data_of(it.facts.state, data.value()))
        return dataset_changed("Put the old files back to see what the run has learnt of them").at(place);
    if (data.value().examples(Part::validation).size() == 0)
        return Error{Error::Code::bad_data,
                     "The validation part has no pictures to look at",
                     "Set split.validation higher for the next run",
                     {place}};
    try {
        return PictureLooker(request, it, data.value()).look();
    } catch (const Failure& failure) {
        return failure.error().code == Error::Code::diverged ? Error(failure.error()).at(place) : failure.error();
    }
}

}  // namespace

std::string look_name(LookKind kind) {
    switch (kind) {
        case LookKind::filters:
            return "filters";
        case LookKind::attention:
            return "attention";
        case LookKind::redrawn:
            return "redrawn";
        case LookKind::captions:
            return "captions";
        case LookKind::neighbours:
            break;
    }
    return "neighbours";
}

std::string role_name(LookedPicture::Role role) {
    switch (role) {
        case LookedPicture::Role::filter:
            return "filter";
        case LookedPicture::Role::original:
            return "original";
        case LookedPicture::Role::attention:
            return "attention";
        case LookedPicture::Role::seen:
            return "seen";
        case LookedPicture::Role::filled_in:
            return "filled_in";
        case LookedPicture::Role::neighbour:
            break;
    }
    return "neighbour";
}

const Look* PictureLooks::look(LookKind kind) const {
    const auto it = std::find_if(looks.begin(), looks.end(), [&](const Look& one) { return one.kind == kind; });
    return it == looks.end() ? nullptr : &*it;
}

std::string PictureLooks::none_because(LookKind kind) {
    switch (kind) {
        case LookKind::filters:
            return GW_TEXT("No filters: the backbone has no convolution");
        case LookKind::attention:
            return GW_TEXT("No attention: the backbone has none on patches of a picture");
        case LookKind::redrawn:
            return "Nothing drawn again: the objective draws no picture that it has seen";
        case LookKind::captions:
            return "No captions: the objective reads none";
        case LookKind::neighbours:
            break;
    }
    return "No nearest pictures: the objective reads captions or draws again, or there is one picture alone";
}

Result<PictureLooks> look_at_pictures(const LooksRequest& request) {
    return caught([&] { return looked(request); });
}

}  // namespace gw

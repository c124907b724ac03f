#include "eval/share.h"

#include <torch/types.h>

#include <algorithm>

#include "model/backbone.h"
#include "schema/field.h"

namespace gw {

bool keeps_running_statistics(const Backbone& backbone) {
    const Buffers buffers = backbone.buffers();
    return std::any_of(buffers.begin(), buffers.end(), [](const Buffer& buffer) { return buffer.state; });
}

bool Share::all_through(bool here) const {
    if (!world_) return here;
    torch::Tensor stopped = torch::tensor({here ? 0 : 1}, torch::kInt64);
    world_->sum(stopped);
    return stopped.item<std::int64_t>() == 0;
}

void Share::meet(std::map<std::string, double>& sums) const {
    if (!world_) return;
    // A process without a batch of its own does not know what there was to add up.
    Json names = Json::array();
    for (const auto& [name, value] : sums) names.push_back(name);
    const auto agreed = Json::parse(world_->from_first(names.dump())).get<std::vector<std::string>>();
    if (agreed.empty()) return;
    torch::Tensor table = torch::zeros({static_cast<std::int64_t>(agreed.size())}, torch::kFloat64);
    for (std::size_t i = 0; i < agreed.size(); ++i)
        if (const auto it = sums.find(agreed[i]); it != sums.end()) table.data_ptr<double>()[i] = it->second;
    world_->sum(table);
    sums.clear();
    for (std::size_t i = 0; i < agreed.size(); ++i) sums[agreed[i]] = table.data_ptr<double>()[i];
}

void Share::meet(std::vector<float>& values) const {
    if (!world_ || values.empty()) return;
    torch::Tensor all = torch::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}).clone();
    world_->sum(all);
    const torch::Tensor found = all.to(torch::kCPU).contiguous();
    std::copy(found.data_ptr<float>(), found.data_ptr<float>() + found.numel(), values.begin());
}

}  // namespace gw

#include "model/batch.h"

#include <torch/types.h>

namespace gw {

namespace {

torch::Tensor tensor_of(const HostArray& array) {
    const auto view = [&](const void* data, torch::Dtype type) {
        return torch::from_blob(const_cast<void*>(data), array.shape(), type);
    };
    switch (array.type()) {
        case HostArray::Type::u8:
            return view(array.values<std::uint8_t>(), torch::kUInt8).clone();
        case HostArray::Type::f32:
            return view(array.values<float>(), torch::kFloat32).clone();
        case HostArray::Type::i32:
            break;
    }
    return view(array.values<std::int32_t>(), torch::kInt32).to(torch::kInt64);
}

}  // namespace

Batch::Batch(const HostBatch& host) {
    for (const auto& [name, values] : host.arrays) tensors_[name] = tensor_of(values);
    const std::int64_t length = host.length();
    bool padded = false;
    for (const std::int64_t one : host.lengths) padded = padded || one < length;
    if (!padded) return;
    const torch::Tensor lengths_B1 = torch::tensor(host.lengths, torch::kInt64).unsqueeze(1);
    tensors_[array::valid] = torch::arange(length, torch::kInt64).unsqueeze(0).lt(lengths_B1);
}

Batch Batch::of_tokens(const torch::Tensor& ids_BT) {
    Batch batch;
    batch.set(array::tokens, ids_BT);
    return batch;
}

Batch Batch::of_images(const torch::Tensor& images_BCHW) {
    Batch batch;
    batch.set(array::image, images_BCHW);
    return batch;
}

torch::Tensor Batch::operator[](std::string_view name) const {
    const auto it = tensors_.find(name);
    return it == tensors_.end() ? torch::Tensor() : it->second;
}

void Batch::set(const std::string& name, torch::Tensor tensor) {
    tensors_[name] = std::move(tensor);
}

void Batch::count() {
    const torch::Tensor targets = (*this)[array::targets].contiguous();
    const std::int64_t all = targets.numel();
    const std::int64_t* target = targets.data_ptr<std::int64_t>();
    std::vector<std::int64_t> kept;
    for (std::int64_t i = 0; i < all; ++i)
        if (target[i] != not_counted) kept.push_back(i);
    counted = static_cast<std::int64_t>(kept.size());
    if (counted == all)
        tensors_.erase(array::positions);
    else
        set(array::positions, torch::tensor(kept, torch::kInt64));
}

Batch Batch::to(torch::Device device) const {
    if (device.is_cpu()) return *this;
    Batch out;
    out.counted = counted;
    for (const auto& [name, tensor] : tensors_)
        out.tensors_[name] = tensor.device() == device ? tensor : tensor.pin_memory().to(device, /*non_blocking=*/true);
    return out;
}

std::int64_t Batch::row_count() const {
    std::int64_t rows = 0;
    for (const auto& [name, tensor] : tensors_) {
        if (name == array::positions) continue;  // of the counted, which rows() finds anew
        const std::int64_t here = tensor.dim() > 0 ? tensor.size(0) : 0;
        if (here == 0 || (rows > 0 && rows != here)) return 0;
        rows = here;
    }
    const bool found_anew = (*this)[array::targets].defined();
    if (!found_anew && ((*this)[array::positions].defined() || (rows > 0 && counted % rows != 0))) return 0;
    return rows;
}

Batch Batch::rows(std::int64_t first, std::int64_t count) const {
    const std::int64_t all = row_count();
    TORCH_CHECK(first >= 0 && count > 0 && first + count <= all, "no such rows in this batch");
    Batch out;
    for (const auto& [name, tensor] : tensors_)
        if (name != array::positions) out.tensors_[name] = tensor.narrow(0, first, count);
    if ((*this)[array::targets].defined())
        out.count();
    else
        out.counted = counted / all * count;
    return out;
}

}  // namespace gw

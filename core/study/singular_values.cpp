#include "study/singular_values.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "artifact/weight_facts.h"
#include "train/guard/engine_error.h"

namespace gw {

namespace {

SingularValues values_of_matrix(const torch::Tensor& matrix_RC) {
    const bool tall = matrix_RC.size(0) > matrix_RC.size(1);
    const torch::Tensor gram = tall ? torch::mm(matrix_RC.t(), matrix_RC) : torch::mm(matrix_RC, matrix_RC.t());
    const torch::Tensor values = torch::linalg_eigvalsh(gram).clamp_min(0).sqrt().flip(0).contiguous();
    SingularValues out;
    out.values.assign(values.data_ptr<double>(), values.data_ptr<double>() + values.numel());
    double sum = 0, squares = 0;
    for (const double value : out.values) {
        sum += value;
        squares += value * value;
    }
    if (sum <= 0) return out;
    out.stable_rank = squares / (out.values.front() * out.values.front());
    double entropy = 0;
    for (const double value : out.values)
        if (value > 0) entropy -= value / sum * std::log(value / sum);
    out.effective_rank = std::exp(entropy);
    return out;
}

}  // namespace

Result<SingularValues> singular_values(const fs::path& checkpoint, const std::string& full_name) {
    constexpr std::int64_t most_side = 16384;
    auto refused = [&](Error::Code code, const std::string& what, const std::string& hint) {
        return Error{code, what, hint, {"weight " + full_name}};
    };
    return caught([&]() -> Result<SingularValues> {
        auto read = read_tensor(checkpoint, full_name);
        if (!read) return read.error();
        TensorValues weight = std::move(read).value();
        if (weight.shape.size() < 2 || weight.values.empty())
            return refused(Error::Code::bad_spec, "Only a weight with rows and columns has singular values",
                           "Choose a matrix, or the weight of a convolution");
        const std::int64_t rows = weight.shape.front(),
                           columns = static_cast<std::int64_t>(weight.values.size()) / rows;
        if (std::min(rows, columns) > most_side)
            return refused(Error::Code::bad_spec,
                           "This matrix is too large for its singular values: both sides are longer than 16,384",
                           "Choose a smaller one");
        if (!std::all_of(weight.values.begin(), weight.values.end(), [](double value) { return std::isfinite(value); }))
            return refused(Error::Code::bad_data, "This weight holds values that are not finite",
                           "Take an older checkpoint");
        return values_of_matrix(torch::from_blob(weight.values.data(), {rows, columns}, torch::kFloat64));
    });
}

}  // namespace gw

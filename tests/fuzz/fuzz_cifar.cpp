#include "fuzz/dataset_input.h"

/// Binary CIFAR files; the input is stretched to a whole number of rows of either form.
GW_FUZZ(cifar) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    constexpr std::size_t row_ten = 3073, row_hundred = 3074;
    const std::size_t row = input.size() % 3 == 0 ? row_ten : row_hundred;
    std::string bytes(input);
    if (input.size() % 3 != 2) bytes.resize((bytes.size() + row - 1) / row * row, '\1');
    const std::vector<fs::path> paths{folder.put("data_batch_1.bin", bytes),
                                      folder.put("fine_label_names.txt", input.substr(0, 200))};
    fuzz::read_dataset("cifar", Json::object(), paths);
}

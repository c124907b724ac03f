#include "fuzz/dataset_input.h"

/// Pictures and labels in IDX files: the input is the file of pictures, or with its last byte odd that of labels.
GW_FUZZ(idx) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    std::string pictures{0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2}, labels{0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2};
    pictures += "abcdefghijkl";
    const bool labels_given = !input.empty() && (input.back() & 1) != 0;
    const std::vector<fs::path> paths{
        folder.put("train-images-idx3-ubyte", labels_given ? std::string_view(pictures) : input),
        folder.put("train-labels-idx1-ubyte", labels_given ? input : std::string_view(labels))};
    fuzz::read_dataset("idx", Json::object(), paths);
}

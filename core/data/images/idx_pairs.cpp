#include "data/images/idx_pairs.h"

#include <algorithm>
#include <map>

#include "util/text.h"

namespace gw {

namespace {

std::string unpacked_name(const std::string& name) {
    return name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name;
}

/// The path with `from` in its last part replaced by `to`, or nothing if it is not there.
std::string renamed(const std::string& path, const std::string& from, const std::string& to) {
    const std::size_t name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1, at = path.find(from, name);
    return at == std::string::npos ? "" : std::string(path).replace(at, from.size(), to);
}

/// The name of the labels of pictures, or nothing if this is no name of pictures.
std::string labels_name(const std::string& images) {
    std::string name = renamed(images, "images", "labels");
    for (const char* dimensions : {"idx3", "idx4"})
        if (std::string other = renamed(name, dimensions, "idx1"); !other.empty()) return other;
    return name;
}

/// Whether a name can be that of an IDX file: "train-images-idx3-ubyte", "train-images.idx3-ubyte", but no
/// "images.png".
bool may_be_idx(const std::string& name) {
    const std::string ending = fs::path(name).extension().string();
    return ending.empty() || ending.find("idx") != std::string::npos || ending.find("ubyte") != std::string::npos;
}

Error lonely(const std::string& message, const std::string& sought, const std::string& shown) {
    return {Error::Code::bad_data,
            message + ": neither " + sought + " nor " + sought + ".gz is among the files",
            "Put the two beside each other, and name both or their folder",
            {"file " + shown}};
}

}  // namespace

Result<std::vector<IdxPair>> idx_pairs(const FileList& list, ReadReport& report) {
    std::map<std::string, std::size_t> images, labels;  // by the name without ".gz"
    for (std::size_t i = 0; i < list.files.size(); ++i) {
        const std::string& name = list.exact[i];
        const std::string plain = unpacked_name(name);
        const bool of_images = !renamed(plain, "images", "").empty(), of_labels = !renamed(plain, "labels", "").empty();
        if (of_images == of_labels || !may_be_idx(plain)) {
            report.pass_over("a name that is not one of IDX pictures or labels", {list.relative[i], 0});
            continue;
        }
        auto& found = of_images ? images : labels;
        const auto [other, is_new] = found.try_emplace(plain, i);
        if (is_new) continue;
        const bool packed = name != plain;
        report.pass_over("an unpacked file of the same name beside it", {list.relative[packed ? i : other->second], 0});
        if (!packed) other->second = i;
    }
    std::vector<IdxPair> pairs;
    for (const auto& [name, file] : images) {
        const std::string sought = labels_name(name);
        const auto found = labels.find(sought);
        if (found == labels.end())
            return lonely("The labels of these pictures are missing", shown_name(sought), list.shown(file));
        pairs.push_back({file, found->second, unpacked_name(list.relative[file])});
        labels.erase(found);
    }
    if (!labels.empty()) {
        const auto& [name, file] = *labels.begin();
        return lonely("The pictures of these labels are missing", shown_name(renamed(name, "labels", "images")),
                      list.shown(file));
    }
    if (pairs.empty())
        return Error{Error::Code::bad_data,
                     "There are no IDX pictures among these files",
                     "Choose files such as train-images-idx3-ubyte and train-labels-idx1-ubyte, or their folder",
                     {"file " + list.shown(0), "dataset idx"}};
    std::stable_partition(pairs.begin(), pairs.end(),
                          [](const IdxPair& pair) { return pair.source.find("train") != std::string::npos; });
    return pairs;
}

}  // namespace gw

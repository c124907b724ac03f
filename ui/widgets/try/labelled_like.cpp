#include "ui/widgets/try/labelled_like.h"

#include "spec/reading.h"
#include "ui/texts/unit_text.h"
#include "workspace/models/finetune.h"

namespace gw::ui {

Json datasetOfCheckpoint(const Workspace& workspace, const std::string& checkpoint) {
    if (checkpoint.empty()) return Json::object();
    const auto card = parent_card(workspace, checkpoint);
    return card ? card.value().spec.value("dataset", Json::object()) : Json::object();
}

Json labelledLike(const Json& own, const std::vector<std::string>& files) {
    if (files.empty() && isOfPictures(own)) return own;
    // The kind alone: how its files are read follows the checkpoint's own data, unless it is of another kind.
    return {{"kind", files_like(own, /*labelled=*/true).at("kind")}, {"paths", files}};
}

}  // namespace gw::ui

#include "data/preview.h"

#include <algorithm>

#include "util/text.h"

namespace gw {

Result<DatasetPreview> preview_dataset(const Json& section, std::int64_t count, std::size_t longest, std::stop_token stop) {
    const std::unique_ptr<Dataset> dataset = find_kind(datasets(), section.at("kind"))->build(section);
    DatasetPreview preview;
    Status status = dataset->visit(
        [&](const Document& document) {
            if (static_cast<std::int64_t>(preview.documents.size()) >= count) {
                preview.more = true;
                return false;
            }
            const std::size_t shown = utf8_boundary(document.text, std::min(longest, document.text.size()));
            preview.documents.push_back({std::string(document.source), std::string(document.text.substr(0, shown)), static_cast<std::int64_t>(document.text.size())});
            return true;
        },
        {}, stop);
    if (!status) return status.error();
    return preview;
}

}  // namespace gw

#include "data/preview.h"

#include <algorithm>
#include <map>

#include "util/text.h"

namespace gw {

namespace {

std::string label_text(const Label& label, LabelKind kind) {
    return kind == LabelKind::number ? significant(label.value, 6) : class_text(label.classes, kind);
}

/// Of classes that were all seen: a rare one is lost in an accuracy.
void warn_of_rare_class(ReadReport& report) {
    constexpr std::int64_t far_more = 20;
    const auto [rarest, commonest] =
        std::minmax_element(report.classes.begin(), report.classes.end(),
                            [](const auto& one, const auto& other) { return one.second < other.second; });
    if (rarest == report.classes.end() || rarest->second * far_more >= commonest->second) return;
    report.warnings.push_back("The classes are uneven: \"" + rarest->first + "\" has " + grouped(rarest->second) +
                              ", \"" + commonest->first + "\" has " + grouped(commonest->second) +
                              ". Look at the balanced accuracy and F1, or set objective.balanced=true");
}

}  // namespace

Result<DatasetPreview> inspect_dataset(const Json& section, std::int64_t count, std::size_t longest, std::int64_t most,
                                       std::stop_token stop, const ProgressFn& progress) {
    const DatasetKind* kind = section.is_object() ? find_kind(datasets(), section.value("kind", "")) : nullptr;
    if (kind && kind->check(section, "dataset").empty())
        if (Status looked = kind->look_first(section, progress, stop); !looked) return looked.error();
    auto made = make_dataset(section);
    if (!made) return made.error();
    const std::unique_ptr<Dataset> dataset = std::move(made).value();
    DatasetPreview preview;
    preview.whole = true;
    std::int64_t read = 0;
    std::map<std::string, std::int64_t> classes;
    ColumnSurveyor surveyor;
    const Status status = dataset->visit(
        [&](const Document& document) {
            if (read >= most) {
                preview.whole = false;
                preview.more = true;
                return false;
            }
            ++read;
            surveyor.add(document);
            if (document.label && dataset->labels() == LabelKind::one_class)
                for (const std::string& name : document.label->classes) ++classes[name];
            if (static_cast<std::int64_t>(preview.documents.size()) >= count) {
                preview.more = true;
                return true;
            }
            const std::string text = text_of(document);
            const std::size_t bytes = document.picture ? document.picture->pixels.size() : text.size();
            preview.documents.push_back(
                {std::string(document.source), text.substr(0, utf8_boundary(text, std::min(longest, text.size()))),
                 static_cast<std::int64_t>(bytes), document.label ? label_text(*document.label, dataset->labels()) : "",
                 document.row});
            if (document.picture) preview.documents.back().picture = PictureCopy(*document.picture);
            return true;
        },
        progress, stop, &preview.report);
    if (!status) return status.error();
    // Data that is made and not read tells nothing of itself.
    if (preview.report.rows == 0) preview.report.rows = read;
    if (preview.report.classes.empty()) preview.report.classes.assign(classes.begin(), classes.end());
    preview.columns = surveyor.made(preview.report.label.name.empty() ? "target" : preview.report.label.name);
    if (preview.whole && dataset->labels() == LabelKind::one_class) warn_of_rare_class(preview.report);
    return preview;
}

Result<DatasetPreview> preview_dataset(const Json& section, std::int64_t count, std::size_t longest,
                                       std::stop_token stop) {
    return inspect_dataset(section, count, longest, count, stop);
}

}  // namespace gw

#include "adapt/parent_fit.h"

#include <algorithm>

#include "objective/objective.h"
#include "schema/render.h"
#include "spec/backbone_size.h"
#include "spec/start.h"

namespace gw {

namespace {

/// Whether a weight depends on a setting of a backbone.
bool decides_weights(const BackboneKind& kind, const std::string& key) {
    const auto it =
        std::find_if(kind.rows.begin(), kind.rows.end(), [&](const schema::Row& row) { return row.info.key == key; });
    return it == kind.rows.end() || !it->info.weightless;
}

Error misfit(const std::string& message, const std::string& hint, const std::string& where) {
    return {Error::Code::bad_spec, message, hint, {where}};
}

}  // namespace

Status fits_parent(const Json& spec, const Json& parent) {
    // What either leaves to its objective is compared as it comes out.
    const Json ours = settled_backbone(spec), theirs = settled_backbone(parent);
    if (ours.at("kind") != theirs.at("kind"))
        return misfit("The checkpoint's backbone is " + schema::value_text(theirs.at("kind")) +
                          ", but these settings ask for " + schema::value_text(ours.at("kind")),
                      "Set backbone.kind as the checkpoint has it", "field backbone.kind");
    const BackboneKind& kind = *find_kind(backbones(), ours.at("kind"));
    for (const auto& [key, value] : ours.items())
        if (decides_weights(kind, key) && theirs.contains(key) && theirs.at(key) != value)
            return misfit("The checkpoint's backbone has " + key + " " + schema::value_text(theirs.at(key)) +
                              ", but these settings ask for " + schema::value_text(value),
                          "Set backbone." + key + "=" + schema::value_text(theirs.at(key)) + ", or begin from scratch",
                          "field backbone." + key);
    if (spec.at("tokenizer") != parent.at("tokenizer"))
        return misfit("The checkpoint was trained with another tokenizer (" +
                          schema::value_text(parent.at("tokenizer").at("kind")) + ") than these settings name (" +
                          schema::value_text(spec.at("tokenizer").at("kind")) +
                          "), so its token numbers mean something else",
                      "Leave the section tokenizer as the checkpoint has it", "section tokenizer");
    const auto start = checkpoint_start(spec);
    if (start && start->keep_head && spec.at("objective") != parent.at("objective"))
        return misfit("The checkpoint's head was made for the objective " +
                          schema::value_text(parent.at("objective").at("kind")) +
                          " with its settings, and does not fit " + schema::value_text(spec.at("objective").at("kind")),
                      "Set start.keep_head=false, or take the checkpoint's objective as it is",
                      "field start.keep_head");
    return {};
}

}  // namespace gw

#include "schema/parse_json.h"
#include "spec/run_spec.h"
#include "util/expand_path.h"
#include "util/files.h"
#include "util/text.h"

namespace gw {

namespace {

Result<Json> read_json(const std::string& path, Pipes pipes) {
    Result<std::string> text = read_file(path, pipes);
    if (!text) return text.error();
    return parse_json(text.value()).at("file " + path);
}

}  // namespace

Result<Json> read_spec(const std::string& path, Pipes pipes) {
    Result<Json> spec = read_json(path, pipes);
    if (spec) return upgraded(std::move(spec).value());
    Error error = spec.error();
    error.code = Error::Code::bad_spec;  // whatever the reason: there is no spec to run
    return error;
}

Result<std::vector<Recipe>> recipes() {
    std::vector<Recipe> out;
    auto files = expand_path((resource_folder() / "recipes" / "*.json").string());
    if (!files) return files.error();
    for (const fs::path& file : files.value()) {
        auto json = read_json(file.string(), Pipes::refuse);
        if (!json) return json.error();
        const Json& recipe = json.value();
        out.push_back({file.stem().string(), recipe.value("title", ""), recipe.value("summary", ""),
                       recipe.value("spec", Json::object())});
    }
    // The one for newcomers stands first.
    std::stable_partition(out.begin(), out.end(), [](const Recipe& recipe) { return recipe.id == "quick-start"; });
    return out;
}

Result<Recipe> find_recipe(const std::string& id) {
    auto all = recipes();
    if (!all) return all.error();
    std::vector<std::string> ids;
    std::string list;
    for (const Recipe& recipe : all.value()) {
        if (recipe.id == id) return recipe;
        ids.push_back(recipe.id);
        list += (list.empty() ? "" : ", ") + recipe.id;
    }
    const auto near = nearest(id, ids);
    return Error{Error::Code::bad_spec,
                 "There is no recipe \"" + id + "\"",
                 near ? "Did you mean \"" + *near + "\"?" : "The recipes are " + list,
                 {}};
}

}  // namespace gw

#include "fuzz/fuzz.h"
#include "schema/parse_json.h"
#include "spec/run_spec.h"
#include "spec/spec_settings.h"

/// Specs and recipes: read, brought up to date, completed and checked.
GW_FUZZ(spec) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    const auto spec = read_spec(folder.put("spec.json", input).string());
    if (!spec) {
        fuzz::must(!spec.error().message.empty());
        return;
    }
    const schema::Problems problems = check_spec(spec.value());
    if (problems.empty()) check_spec(complete_spec(spec.value()));
}

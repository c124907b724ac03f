#include <cstdlib>
#include <fstream>

#include "engine/small.h"

namespace gw {
namespace {

/// Twenty losses each of short runs in float32 on one thread. They change only when results are meant to change; then
/// GROUNDWORK_WRITE_GOLDEN=1 renews the files, and the commit says why.
class Golden : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Golden, LossesAreThoseOfBefore) {
    const auto& [name, changes] = GetParam();
    Json spec = test::tiny_spec({{"training", {{"threads", 1}}}});
    spec = complete_spec(overlay_spec(spec, Json::parse(changes)));
    Scratch folder;
    test::RecordingPort port;
    const Outcome outcome = train({spec, folder.path() / "run", folder.path() / "cache", {}, 0}, port);
    ASSERT_EQ(outcome.end, Outcome::End::finished);
    const fs::path file = fs::path(GROUNDWORK_SOURCE) / "tests" / "engine" / "golden" / (std::string(name) + ".json");
    if (std::getenv("GROUNDWORK_WRITE_GOLDEN")) {
        std::ofstream(file) << Json(port.losses).dump() << "\n";
        return;
    }
    const std::vector<double> before = Json::parse(read_file(file).or_throw());
    ASSERT_EQ(port.losses.size(), before.size());
    // Processors add in different orders: the bound lies far above that, and far below what any change of the
    // mathematics does.
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_NEAR(port.losses[i], before[i], 2e-3) << "step " << i + 1;
}

INSTANTIATE_TEST_SUITE_P(
    Golden, Golden,
    testing::Values(
        std::pair{"gpt", R"({"backbone": {"dropout": 0.0}})"},
        std::pair{"llama",
                  R"({"backbone": {"dropout": 0.0, "norm": "rms_norm", "positions": "rotary", "activation": "swiglu",
                "kv_heads": 1}})"},
        std::pair{"bert", R"({"backbone": {"dropout": 0.0, "norm_place": "post"}, "objective": {"kind": "masked"}})"},
        std::pair{"sgd",
                  R"({"backbone": {"dropout": 0.0}, "optimizer": {"kind": "sgd", "lr": 0.1},
                "schedule": {"kind": "linear"}})"}),
    [](const auto& info) { return std::string(info.param.first); });

}  // namespace
}  // namespace gw

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <numeric>

#include "artifact/safetensors.h"
#include "artifact/weight_facts.h"
#include "scratch.h"

namespace gw {
namespace {

struct Stored {
    std::string name;
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// A folder with what these facts are read of.
fs::path checkpoint_of(const Scratch& scratch, const std::string& name, const std::vector<Stored>& backbone,
                       const std::vector<Stored>& head = {}) {
    const fs::path folder = scratch / name;
    fs::create_directories(folder);
    for (const auto& [part, tensors] : {std::pair{"backbone", &backbone}, {"head", &head}}) {
        std::vector<TensorView> views;
        for (const Stored& one : *tensors)
            views.push_back({one.name, "F32", one.shape, one.values.data(), one.values.size() * sizeof(float)});
        write_safetensors(folder / (std::string(part) + ".safetensors"), views).or_throw();
    }
    return folder;
}

std::vector<float> ramp(std::size_t count, float first, float step) {
    std::vector<float> out(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = first + step * static_cast<float>(i);
    return out;
}

TEST(WeightFacts, AreWhatAPlainCountGives) {
    const Scratch scratch;
    constexpr float inf = std::numeric_limits<float>::infinity();
    // Longer than one piece, so that the pieces' joints are counted too.
    const std::vector<float> many = ramp(5000, -2.5f, 0.001f);
    std::vector<float> rows(40, 1);
    for (std::size_t i = 0; i < 4; ++i) rows[12 + i] = 0;      // row 3 is all zeros
    for (std::size_t i = 0; i < 4; ++i) rows[20 + i] = 4e-4f;  // row 5 is next to nothing
    const fs::path folder = checkpoint_of(scratch, "a",
                                          {{"blocks.0.wide.weight", {50, 100}, many},
                                           {"blocks.1.rows.weight", {10, 4}, rows},
                                           {"norm.gain", {3}, {2, 2, 2}}},
                                          {{"output.bias", {4}, {1, NAN, inf, -3}}});
    const WeightFacts facts = read_weight_facts({folder, {}, 10}).or_throw();
    ASSERT_EQ(facts.tensors.size(), 4U);
    const TensorFacts& wide = facts.tensors[0];
    EXPECT_EQ(wide.full_name(), "backbone.blocks.0.wide.weight");
    double sum = 0, squares = 0, spread = 0;
    for (const float value : many) {
        sum += value;
        squares += static_cast<double>(value) * value;
    }
    for (const float value : many) spread += std::pow(value - sum / 5000, 2);
    EXPECT_EQ(wide.values, 5000);
    EXPECT_NEAR(wide.mean, sum / 5000, 1e-12);
    EXPECT_NEAR(wide.norm, std::sqrt(squares), 1e-9);
    EXPECT_NEAR(wide.deviation, std::sqrt(spread / 5000), 1e-12);
    EXPECT_EQ(wide.low, many.front());
    EXPECT_EQ(wide.high, many.back());
    EXPECT_EQ(std::accumulate(wide.histogram.begin(), wide.histogram.end(), std::int64_t{0}), 5000);
    for (const std::int64_t count : wide.histogram) EXPECT_NEAR(static_cast<double>(count), 500, 1);
    EXPECT_EQ(facts.tensors[1].rows, 10);
    EXPECT_EQ(facts.tensors[1].dead_rows, 2);
    EXPECT_EQ(facts.tensors[1].zeros, 4);
    EXPECT_EQ(facts.tensors[2].rows, 0);
    EXPECT_EQ(facts.tensors[2].deviation, 0);
    const TensorFacts& bias = facts.tensors[3];
    EXPECT_EQ(bias.not_finite, 2);
    EXPECT_EQ(bias.low, -3);
    EXPECT_NEAR(bias.norm, std::sqrt(10.0), 1e-12);
    EXPECT_FALSE(bias.change);
}

TEST(WeightFacts, ReadEveryDtype) {
    const Scratch scratch;
    fs::create_directories(scratch / "c");
    const std::vector<std::uint16_t> bf16{0x3F80, 0xC000, 0x0000, 0x7F80}, f16{0x3C00, 0xC000, 0x0001, 0x7E00};
    const std::vector<double> f64{1, -2, 5e-324, 1e300};
    const std::vector<std::int64_t> i64{1, -2, 0, 7};
    const std::vector<std::int32_t> i32{1, -2, 0, 7};
    const std::vector<std::uint8_t> u8{1, 2, 0, 255};
    write_safetensors(scratch / "c" / "backbone.safetensors", {{"bf16", "BF16", {4}, bf16.data(), 8},
                                                               {"f16", "F16", {4}, f16.data(), 8},
                                                               {"f64", "F64", {4}, f64.data(), 32},
                                                               {"i64", "I64", {4}, i64.data(), 32},
                                                               {"i32", "I32", {4}, i32.data(), 16},
                                                               {"u8", "U8", {4}, u8.data(), 4}})
        .or_throw();
    const auto of = [&](const std::string& name) {
        return read_tensor(scratch / "c", "backbone." + name).or_throw().values;
    };
    EXPECT_EQ(of("bf16")[1], -2);
    EXPECT_TRUE(std::isinf(of("bf16")[3]));
    EXPECT_EQ(of("f16")[0], 1);
    EXPECT_EQ(of("f16")[1], -2);
    EXPECT_EQ(of("f16")[2], std::ldexp(1.0, -24));
    EXPECT_TRUE(std::isnan(of("f16")[3]));
    EXPECT_EQ(of("f64"), f64);
    EXPECT_EQ(of("i64"), (std::vector<double>{1, -2, 0, 7}));
    EXPECT_EQ(of("i32"), (std::vector<double>{1, -2, 0, 7}));
    EXPECT_EQ(of("u8"), (std::vector<double>{1, 2, 0, 255}));
    const Error wrong = read_tensor(scratch / "c", "backbone.bf166").error();
    EXPECT_NE(wrong.hint.find("backbone.bf16"), std::string::npos) << to_text(wrong);
    EXPECT_TRUE(read_weight_facts({scratch / "c"}));
}

TEST(WeightFacts, TellWhatChanged) {
    const Scratch scratch;
    const fs::path before = checkpoint_of(scratch, "a",
                                          {{"blocks.0.a", {2}, {3, 4}},
                                           {"blocks.0.b", {2}, {1, 0}},
                                           {"blocks.1.a", {2}, {0, 0}},
                                           {"blocks.1.gone", {1}, {1}},
                                           {"wide", {2, 1}, {1, 1}}}),
                   now = checkpoint_of(scratch, "b",
                                       {{"blocks.0.a", {2}, {3, 4}},
                                        {"blocks.0.b", {2}, {0, 1}},
                                        {"blocks.1.a", {2}, {0, 2}},
                                        {"blocks.1.new", {1}, {1}},
                                        {"wide", {1, 2}, {1, 1}}});
    const WeightFacts facts = read_weight_facts({now, before}).or_throw();
    const auto change = [&](std::size_t i) { return *facts.tensors[i].change; };
    EXPECT_EQ(change(0).norm, 0);
    EXPECT_EQ(change(0).share, 0);
    EXPECT_EQ(change(0).cosine, 1);
    EXPECT_NEAR(change(1).norm, std::sqrt(2.0), 1e-12);
    EXPECT_NEAR(change(1).share, std::sqrt(2.0), 1e-12);
    EXPECT_EQ(change(1).cosine, 0);
    EXPECT_TRUE(std::isinf(change(2).share));
    EXPECT_EQ(facts.only_here, (std::vector<std::string>{"backbone.blocks.1.new"}));
    EXPECT_EQ(facts.only_there, (std::vector<std::string>{"backbone.blocks.1.gone"}));
    EXPECT_EQ(facts.other_shape, (std::vector<std::string>{"backbone.wide"}));

    const WeightNode root = weight_tree(facts);
    ASSERT_EQ(root.children.size(), 1U);
    const WeightNode& backbone = root.children[0];
    EXPECT_EQ(backbone.values, 9);
    ASSERT_EQ(backbone.children.size(), 2U);
    const WeightNode& first = backbone.children[0].children[0];
    EXPECT_EQ(first.name, "0");
    EXPECT_NEAR(first.norm, std::sqrt(25.0 + 1), 1e-12);
    EXPECT_NEAR(first.change->share, std::sqrt(2.0 / 26), 1e-12);
    EXPECT_NEAR(backbone.change->share, std::sqrt(6.0 / 26), 1e-12);
    const WeightNode cut = weight_tree(facts, 2);
    EXPECT_TRUE(cut.children[0].children[0].children.empty());
    EXPECT_EQ(cut.children[0].children[0].values, 7);

    const fs::path other = checkpoint_of(scratch, "c", {{"x", {1}, {1}}});
    EXPECT_EQ(read_weight_facts({now, other}).error().code, Error::Code::bad_data);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(read_weight_facts({now, {}, 8, {}, stop.get_token()}).error().code, Error::Code::cancelled);
    fs::resize_file(now / "backbone.safetensors", 90);
    EXPECT_EQ(read_weight_facts({now}).error().code, Error::Code::bad_data);
}

}  // namespace
}  // namespace gw

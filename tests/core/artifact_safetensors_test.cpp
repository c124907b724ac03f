#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <random>

#include "artifact/safetensors.h"
#include "schema/field.h"
#include "scratch.h"

namespace gw {
namespace {

/// A file from a header as text and its data, without any check.
std::string raw(const std::string& header, const std::string& data) {
    const std::uint64_t length = header.size();
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes + header + data;
}

Result<SafetensorsFile> open_bytes(const Scratch& scratch, const std::string& bytes) {
    write_file_atomic(scratch / "x.safetensors", bytes).or_throw();
    return SafetensorsFile::open(scratch / "x.safetensors");
}

TEST(Safetensors, RoundTripsEveryDtypeAligned) {
    Scratch scratch;
    std::vector<TensorView> tensors;
    std::vector<std::string> storage;
    storage.reserve(16);
    std::uint64_t size = 0;
    for (const char* dtype : {"U8", "BOOL", "BF16", "F16", "F32", "I32", "F64", "I64"}) {
        storage.emplace_back(dtype_bytes(dtype) * 15, static_cast<char>('a' + storage.size()));
        tensors.push_back({std::string("layer.") + dtype, dtype, {3, 5}, storage.back().data(), storage.back().size()});
        size += storage.back().size();
    }
    const float scalar = 2.5f;
    tensors.push_back({"scalar", "F32", {}, &scalar, 4});
    tensors.push_back({"nothing", "F32", {0, 7}, nullptr, 0});
    const TensorMetadata metadata{{"format", "pt"}, {"step", "20"}};
    ASSERT_TRUE(write_safetensors(scratch / "t", tensors, metadata));
    EXPECT_EQ(fs::file_size(scratch / "t"), safetensors_bytes(tensors, metadata));

    const auto opened = SafetensorsFile::open(scratch / "t");
    ASSERT_TRUE(opened) << to_text(opened.error());
    const SafetensorsFile& file = opened.value();
    EXPECT_EQ(file.metadata(), metadata);
    ASSERT_EQ(file.tensors().size(), tensors.size());
    for (const TensorView& expected : tensors) {
        const TensorView* found = file.find(expected.name);
        ASSERT_TRUE(found) << expected.name;
        EXPECT_EQ(found->dtype, expected.dtype);
        EXPECT_EQ(found->shape, expected.shape);
        ASSERT_EQ(found->bytes, expected.bytes);
        EXPECT_TRUE(expected.bytes == 0 || std::memcmp(found->data, expected.data, expected.bytes) == 0)
            << expected.name;
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(found->data) % dtype_bytes(expected.dtype), 0u)
            << expected.name << " is not aligned";
    }
    EXPECT_EQ(file.find("other"), nullptr);
}

TEST(Safetensors, WritesTheLayoutOfTheSpecification) {
    Scratch scratch;
    const float values[] = {1, 2};
    ASSERT_TRUE(write_safetensors(scratch / "t", {{"w", "F32", {2}, values, 8}}));
    const std::string bytes = read_file(scratch / "t").value();
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    EXPECT_EQ(length % 8, 0u);
    ASSERT_EQ(bytes.size(), 8 + length + 8);
    EXPECT_EQ(bytes[8], '{') << "the header must begin with a brace";
    EXPECT_EQ(Json::parse(bytes.substr(8, length)),
              Json::parse(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})"));
}

TEST(Safetensors, RefusesViewsThatContradictThemselves) {
    Scratch scratch;
    const float values[] = {1, 2};
    EXPECT_FALSE(write_safetensors(scratch / "t", {{"w", "F32", {3}, values, 8}}));
    EXPECT_FALSE(write_safetensors(scratch / "t", {{"w", "F8", {2}, values, 8}}));
    EXPECT_FALSE(write_safetensors(scratch / "t", {{"w", "F32", {2}, values, 8}, {"w", "F32", {2}, values, 8}}));
    EXPECT_FALSE(write_safetensors(scratch / "t", {{"__metadata__", "F32", {2}, values, 8}}));
    EXPECT_FALSE(write_safetensors(scratch / "no" / "folder", {{"w", "F32", {2}, values, 8}}));
}

TEST(Safetensors, NamesWhatIsWrongWithADamagedFile) {
    Scratch scratch;
    const std::string data(8, 'x');
    const struct {
        std::string bytes, says;
    } cases[] = {
        {"", "too few"},
        {"1234567", "too few"},
        {raw("{}", "").substr(0, 9), "claims"},
        {std::string("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10), "claims"},
        {raw("{", ""), "not a JSON object"},
        {raw("[]", ""), "not a JSON object"},
        {raw(std::string(100000, '['), ""), "not a JSON object"},
        {raw(R"({"__metadata__":{"a":1}})", ""), "metadata"},
        {raw(R"({"w":1})", data), "lacks a valid"},
        {raw(R"({"w":{"dtype":"F32","shape":[2]}})", data), "lacks a valid"},
        {raw(R"({"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", data), "lacks a valid"},
        {raw(R"({"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}})", data), "lacks a valid"},
        {raw(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}})", data), "lacks a valid"},
        {raw(R"({"w":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}})", data), "dtype F8"},
        {raw(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}})", data), "ends at byte 16"},
        {raw(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", data), "ends at byte 0"},
        {raw(R"({"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", data), "do not fit"},
        {raw(R"({"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})", ""), "do not fit"},
        {raw(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", data), "gap"},
        {raw(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", data), "do not reach"},
        {raw(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
             R"("b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
             data),
         "overlaps"},
    };
    for (const auto& [bytes, says] : cases) {
        const auto opened = open_bytes(scratch, bytes);
        ASSERT_FALSE(opened) << says;
        EXPECT_NE(opened.error().message.find(says), std::string::npos) << opened.error().message;
        EXPECT_FALSE(opened.error().where.empty());
    }
}

TEST(Safetensors, NeverReadsOutsideADamagedFile) {
    Scratch scratch;
    const float values[] = {1, 2, 3, 4};
    ASSERT_TRUE(write_safetensors(scratch / "t", {{"a", "F32", {2, 2}, values, 16}, {"b", "BF16", {3}, values, 6}},
                                  {{"k", "v"}}));
    const std::string whole = read_file(scratch / "t").value();
    std::mt19937 random(7);
    for (int trial = 0; trial < 3000; ++trial) {
        std::string bytes = whole.substr(0, trial % 3 == 0 ? random() % whole.size() : whole.size());
        for (int flips = 1 + static_cast<int>(random() % 3); flips > 0 && !bytes.empty(); --flips)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        std::ofstream(scratch / "fuzzed", std::ios::binary) << bytes;
        const auto opened = SafetensorsFile::open(scratch / "fuzzed");
        if (!opened) continue;
        unsigned sum = 0;
        for (const TensorView& tensor : opened.value().tensors())
            for (std::uint64_t i = 0; i < tensor.bytes; ++i) sum += static_cast<const unsigned char*>(tensor.data)[i];
        EXPECT_LE(sum, 255u * bytes.size());
    }
}

}  // namespace
}  // namespace gw

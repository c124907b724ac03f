#pragma once
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/examples.h"
#include "data/tables/table_input.h"
#include "schema/field.h"

namespace gw {

/// What rows of a dataset are made of, known before a model is built for them.
struct TokensInput {
    std::int64_t vocabulary = 0;
    bool operator==(const TokensInput&) const = default;
};
struct ImageInput {
    std::int64_t channels = 0, height = 0, width = 0;
    /// Of each channel over the training part, in 0..1: what a backbone sees is in deviations from the mean.
    std::vector<double> mean, deviation;
    std::int64_t values() const { return channels * height * width; }
    bool operator==(const ImageInput&) const = default;
};
struct SeriesInput {
    static constexpr std::int64_t longest = 100'000;  ///< rows of either that are taken
    static constexpr std::size_t most_columns = 4096;
    std::int64_t look_back = 0;  ///< rows that something is said from
    std::int64_t horizon = 0;    ///< rows that are forecast; 0 where each window has a label
    std::vector<std::string> columns;
    /// Of each column over the training part: what a backbone sees is in deviations from the mean.
    std::vector<double> mean, deviation;
    bool operator==(const SeriesInput&) const = default;
};
/// What data of series offers, and those need that read them.
inline constexpr const char* series_windows = "windows of series";

/// One of them, or the first two: a picture and its caption.
struct InputFacts {
    std::optional<TokensInput> tokens;
    std::optional<ImageInput> image;
    std::optional<SeriesInput> series = {};
    std::optional<TableInput> table = {};
    /// Whether a row is one thing, such as a picture or a window, and not a stretch of tokens.
    bool is_one_thing() const { return image.has_value() || series.has_value() || table.has_value(); }
    bool operator==(const InputFacts&) const = default;
};
InputFacts tokens_input(std::int64_t vocabulary);
InputFacts image_input(std::int64_t channels, std::int64_t height, std::int64_t width);
Json to_json(const InputFacts& facts);
InputFacts input_facts_of(const Json& json);
/// What a run counts and a row is measured by: "images" where rows have one, "windows" of series, "rows"
/// of tables, else "tokens".
const char* unit_of(const InputFacts& facts);

/// The names of arrays that several rooms know.
namespace array {
inline constexpr const char* tokens = "tokens";  ///< [B, T]
inline constexpr const char* valid = "valid";  ///< [B, T], false in the padding behind a row's end; missing = all full
inline constexpr const char* image = "image";  ///< [B, C, H, W], bytes
/// [B, C, H, W], bytes: another view of the same pictures, for objectives of two views
inline constexpr const char* second = "second";
inline constexpr const char* series = "series";  ///< [B, look-back, columns], float32
inline constexpr const char* future = "future";  ///< [B, horizon, columns], float32: what follows, if it is asked
inline constexpr const char* table = "table";    ///< [B, values], float32: see TableInput
/// [B], float32: how far each picture is on its way to noise, 0 to 1; missing = not at all
inline constexpr const char* times = "times";
inline constexpr const char* targets = "targets";  ///< [B, T], `not_counted` where nothing is asked
/// [N], flat indices of the counted positions; missing = all of them
inline constexpr const char* positions = "positions";
/// Of labelled rows: classes [B], sets [B, C] of zeros and ones, or numbers [B]
inline constexpr const char* labels = "labels";
/// Of rows that are mixed with others: likewise of these, and [B] float32 what each row still holds of its own
inline constexpr const char* partner_labels = "partner_labels";
inline constexpr const char* shares = "shares";
}  // namespace array

/// Values in row-major order on the host, without a tensor library.
class HostArray {
  public:
    enum class Type { u8, i32, f32 };
    HostArray() = default;
    HostArray(Type type, std::vector<std::int64_t> shape);
    Type type() const { return type_; }
    const std::vector<std::int64_t>& shape() const { return shape_; }
    std::int64_t size() const;
    /// T must be that of type().
    template <class T>
    T* values() {
        return reinterpret_cast<T*>(bytes_.data());
    }
    template <class T>
    const T* values() const {
        return reinterpret_cast<const T*>(bytes_.data());
    }

  private:
    Type type_ = Type::u8;
    std::vector<std::int64_t> shape_;
    std::vector<std::int64_t> bytes_;  ///< as words, so that every type is aligned
};

/// Rows of data as they come from their source, before an objective makes a batch of them.
struct HostBatch {
    std::int64_t rows = 0;
    std::map<std::string, HostArray, std::less<>> arrays;  ///< the first axis of each is rows
    std::vector<std::int64_t> places;                      ///< where each row stands in its part of the data
    std::vector<std::int64_t> lengths;     ///< tokens of each row before the padding; empty = all rows are full
    std::vector<const Example*> examples;  ///< of labelled rows, else empty; as long-lived as their table
    std::vector<const Example*> partners;  ///< of rows that are mixed with another each, likewise; else empty
    std::vector<double> shares;            ///< of such rows: what each still holds of its own, 0 to 1

    /// Tokens in a row, padding included.
    std::int64_t length() const;
    /// Token `at` of `row`.
    std::int32_t token(std::int64_t row, std::int64_t at) const;
};

}  // namespace gw

#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "tokenize/tokenizer.h"
#include "util/files.h"

// Pictures that a checkpoint draws out of nothing.
namespace gw {

inline constexpr std::int64_t most_drawn_at_once = 4096;  ///< pictures that may be asked for
inline constexpr std::int64_t usually_drawn = 64;         ///< where nobody says how many

/// `count` of them as one sheet, a PNG of about as many columns as rows; the same seed draws the same. Errors: no
/// checkpoint, a model that draws none, stopped.
Result<std::string> drawn_sheet(const fs::path& checkpoint, std::int64_t count, std::uint64_t seed,
                                const ProgressFn& progress, const std::stop_token& stop);

/// How near the pictures that a model draws come to held-out ones, as another model sees both.
struct DrawnQuality {
    std::int64_t drawn = 0, real = 0;  ///< pictures that were compared
    double frechet = 0;                ///< of the judge's features; see frechet_distance()
    double least = 0;                  ///< the same between two halves of the real ones, which are half as many each
    double precision = 0, recall = 0;  ///< see Reach
    double confidence = 0;             ///< mean probability of the judge's guess, of drawn pictures
    struct Class {
        std::string name;
        double drawn = 0, real = 0;  ///< shares that the judge takes for it
    };
    std::vector<Class> classes;
    /// Classes that are drawn at least a tenth as often as they are real.
    std::int64_t classes_drawn() const;
};

/// Draws as many pictures as are asked for and holds them against as many of the validation part, by a checkpoint that
/// was trained to classify pictures of this size. Errors: a model that draws none, a judge that says no classes or
/// reads pictures of another size, data that is gone or has changed, too few pictures.
Result<DrawnQuality> judge_drawn(const fs::path& checkpoint, const fs::path& judge, std::int64_t count,
                                 std::uint64_t seed, const fs::path& cache, const ProgressFn& progress,
                                 const std::stop_token& stop);

}  // namespace gw

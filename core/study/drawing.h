#pragma once
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tokenize/tokenizer.h"
#include "util/files.h"

// What a checkpoint draws out of nothing: pictures, or rows of a table.
namespace gw {

inline constexpr std::int64_t most_drawn_at_once = 4096;    ///< pictures that may be asked for
inline constexpr std::int64_t most_rows_drawn = 1'000'000;  ///< rows of a table, likewise
inline constexpr std::int64_t usually_drawn = 64;           ///< where nobody says how many

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

struct DrawRequest {
    fs::path checkpoint;
    std::int64_t count = usually_drawn;
    std::uint64_t seed = 1;  ///< the same one draws the same pictures
    /// Of a model that was told the classes of rows: the one to draw, by its name; empty = as many of each.
    std::string of_class = {};
    std::optional<double> guidance = {};  ///< of such a model, 0 or more; nothing = as it is set
    fs::path out = {};    ///< that what is drawn is to be written to; its name must be one of such a file
    fs::path judge = {};  ///< a checkpoint that was trained to classify pictures of this size; empty = nobody judges
    fs::path cache = {};  ///< of the data that the judge compares with
    ProgressFn progress = {};
    std::stop_token stop = {};
};

struct DrawnSheet {
    std::string png;  ///< of about as many columns as rows, or a row for each class; of rows of a table their first two
                      ///< values as points
    std::string csv = {};  ///< of rows of a table, behind a row of names; their class first, where it was asked for
    std::optional<DrawnQuality> quality = {};
};

/// Draws, and holds pictures that are drawn against as many pictures of the validation part where somebody judges.
/// Errors: no checkpoint, a model that draws none, a class that it does not know or guidance that it has none of, a
/// count that is out of range, stopped; a judge that says no classes or reads pictures of another size, data that is
/// gone or has changed, too few pictures to compare.
Result<DrawnSheet> draw(const DrawRequest& request);

}  // namespace gw

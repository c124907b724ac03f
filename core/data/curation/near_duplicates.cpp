#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "data/curation/catalog.h"
#include "data/curation/letters.h"
#include "data/text/near_text.h"
#include "util/hash.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* near_copy_of = GW_TEXT("nearly as %1: about %2 % in common");

struct NearConfig {
    double threshold = 0.8;
    std::int64_t words = 5;
    static constexpr auto fields = std::tuple{
        schema::field<&NearConfig::threshold>(
            {.key = "threshold",
             .label = "In common",
             .help = "Drop a document of which so much stands in one before: shared runs of words of all runs that the "
                     "two have (Jaccard). Estimated, give or take 0.04.",
             .min = 0.5,
             .max = 1}),
        schema::field<&NearConfig::words>(
            {.key = "words",
             .label = "Length of runs",
             .help = "Documents are compared by their runs of so many words; of scripts without spaces each letter "
                     "counts as a word. Case, punctuation and white space make no difference.",
             .unit = "words",
             .min = 1,
             .max = 50}),
    };
};

constexpr std::size_t signature_size = 128;
using Signature = std::array<std::uint32_t, signature_size>;

/// Multipliers of the hash functions h -> (a h + b) >> 32, which are 2-universal (Dietzfelbinger et al. 1997).
struct Permutations {
    std::array<std::uint64_t, signature_size> a{}, b{};
    Permutations() {
        constexpr std::uint64_t seed = 20221;
        for (std::size_t i = 0; i < signature_size; ++i) {
            a[i] = mix64(seed, 2 * i) | 1;
            b[i] = mix64(seed, 2 * i + 1);
        }
    }
};

/// The least value of each hash function over all runs of words: two texts agree in a place with a chance of their
/// Jaccard similarity. Source: A. Broder, "On the resemblance and containment of documents" (1997).
Signature signature_of(std::string_view text, std::int64_t words) {
    static const Permutations permutations;
    Signature least;
    least.fill(std::numeric_limits<std::uint32_t>::max());
    auto add = [&](std::uint64_t run) {
        for (std::size_t i = 0; i < signature_size; ++i)
            least[i] =
                std::min(least[i], static_cast<std::uint32_t>((permutations.a[i] * run + permutations.b[i]) >> 32));
    };
    const auto width = static_cast<std::size_t>(words);
    std::vector<std::uint64_t> last(width);
    std::size_t count = 0;
    auto run = [&](std::size_t many) {
        std::uint64_t hash = many;
        for (std::size_t i = count - many; i < count; ++i) hash = mix64(hash, last[i % width]);
        return hash;
    };
    const std::string folded = near_text(text);
    for_each_word(folded, [&](std::string_view word) {
        last[count % width] = hash64(word);
        if (++count >= width) add(run(width));
    });
    if (count < width) add(count == 0 ? hash64(folded) : run(count));  // shorter than a run: alike where all is
    return least;
}

/// Rows of a band: the most with which two texts at the threshold still meet in some band with a chance of 0.995.
/// Source: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", section 3.4.
std::size_t rows_of_a_band(double threshold) {
    constexpr double enough = 0.995;
    std::size_t best = 1;
    for (std::size_t rows = 1; rows <= 32; ++rows) {
        const auto bands = static_cast<double>(signature_size / rows);
        if (1 - std::pow(1 - std::pow(threshold, static_cast<double>(rows)), bands) >= enough) best = rows;
    }
    return best;
}

class NearStep final : public CurationStep {
  public:
    NearStep(NearConfig config, PlaceNames names)
        : config_(config),
          names_(std::move(names)),
          rows_(rows_of_a_band(config.threshold)),
          bands_(signature_size / rows_) {}

    std::optional<Phrase> apply(CuratedText& document) override {
        const Signature signature = signature_of(document.text, config_.words);
        std::vector<std::uint64_t> keys(bands_);
        std::uint32_t best = none;
        double most = 0;
        for (std::size_t band = 0; band < bands_; ++band) {
            std::uint64_t key = band;
            for (std::size_t i = band * rows_; i < (band + 1) * rows_; ++i) key = mix64(key, signature[i]);
            keys[band] = key;
            const auto first = heads_.find(key);
            int tried = 0;
            for (std::uint32_t at = first == heads_.end() ? none : first->second; at != none && tried < most_tried;
                 at = next_[at * bands_ + band], ++tried) {
                const double share = common(signature, signatures_[at]);
                if (share > most || (share == most && at < best)) {
                    most = share;
                    best = at;
                }
            }
        }
        if (best != none && most >= config_.threshold) {
            constexpr double percent = 100;
            return Phrase{near_copy_of, {names_(places_[best]), std::to_string(std::lround(most * percent))}};
        }
        const auto number = static_cast<std::uint32_t>(signatures_.size());
        signatures_.push_back(signature);
        places_.push_back(document.place);
        next_.resize(next_.size() + bands_, none);
        for (std::size_t band = 0; band < bands_; ++band) {
            const auto [head, fresh] = heads_.try_emplace(keys[band], number);
            if (fresh) continue;
            next_[number * bands_ + band] = head->second;
            head->second = number;
        }
        return {};
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr int most_tried = 1000;  // of one band: texts that share a band and no more
    static double common(const Signature& one, const Signature& other) {
        std::size_t equal = 0;
        for (std::size_t i = 0; i < signature_size; ++i) equal += one[i] == other[i];
        return static_cast<double>(equal) / signature_size;
    }
    NearConfig config_;
    PlaceNames names_;
    std::size_t rows_, bands_;
    std::vector<Signature> signatures_;  ///< of the documents that stayed
    std::vector<TextPlace> places_;
    std::unordered_map<std::uint64_t, std::uint32_t> heads_;  ///< the newest document of each band's value
    std::vector<std::uint32_t> next_;                         ///< of each document and band, the one before
};

}  // namespace

CurationKind near_duplicates_kind() {
    auto kind = kind_of<CurationKind, NearConfig>(
        {.id = "near_duplicates",
         .title = "Near duplicates",
         .summary = "Keeps the first of documents that are nearly the same. Takes some 2 KiB of memory for each.",
         .source = "Broder 1997, On the resemblance and containment of documents; Leskovec, Rajaraman and Ullman 2014, "
                   "Mining of Massive Datasets, 3.4"},
        [](const NearConfig& config, const PlaceNames& names) -> Result<std::unique_ptr<CurationStep>> {
            return std::unique_ptr<CurationStep>(std::make_unique<NearStep>(config, names));
        });
    kind.presets = {"clean-text", "web-text", "overview"};
    return kind;
}

}  // namespace gw

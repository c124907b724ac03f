#include "study/hierarchy.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace gw {

namespace {

enum class Linkage { single, complete, average, ward };
Linkage linkage_called(const std::string& name) {
    return name == "single"     ? Linkage::single
           : name == "complete" ? Linkage::complete
           : name == "average"  ? Linkage::average
                                : Linkage::ward;
}

/// Distances between clusters, of which each stands at the place of one of its rows. Ward's are squares.
class Distances {
  public:
    Distances(const std::vector<float>& values, std::int64_t rows, Linkage linkage)
        : rows_(static_cast<std::size_t>(rows)), linkage_(linkage), sizes_(rows_, 1), all_(rows_ * (rows_ - 1) / 2) {
        const std::size_t width = values.size() / rows_;
        for (std::size_t i = 1; i < rows_; ++i)
            for (std::size_t j = 0; j < i; ++j) {
                double sum = 0;
                for (std::size_t d = 0; d < width; ++d) {
                    const double apart = static_cast<double>(values[i * width + d]) - values[j * width + d];
                    sum += apart * apart;
                }
                at(i, j) = linkage == Linkage::ward ? sum : std::sqrt(sum);
            }
    }
    double& at(std::size_t i, std::size_t j) { return i > j ? all_[i * (i - 1) / 2 + j] : all_[j * (j - 1) / 2 + i]; }
    double height(std::size_t i, std::size_t j) { return linkage_ == Linkage::ward ? std::sqrt(at(i, j)) : at(i, j); }
    bool lives(std::size_t i) const { return sizes_[i] > 0; }

    /// `gone` becomes part of `kept`.
    void merge(std::size_t kept, std::size_t gone) {
        const double ni = sizes_[kept], nj = sizes_[gone], between = at(kept, gone);
        for (std::size_t k = 0; k < rows_; ++k) {
            if (!lives(k) || k == kept || k == gone) continue;
            const double i = at(kept, k), j = at(gone, k), nk = sizes_[k];
            double& now = at(kept, k);
            switch (linkage_) {
                case Linkage::single:
                    now = std::min(i, j);
                    break;
                case Linkage::complete:
                    now = std::max(i, j);
                    break;
                case Linkage::average:
                    now = (ni * i + nj * j) / (ni + nj);
                    break;
                case Linkage::ward:
                    now = ((ni + nk) * i + (nj + nk) * j - nk * between) / (ni + nj + nk);
                    break;
            }
        }
        sizes_[kept] += sizes_[gone];
        sizes_[gone] = 0;
    }

  private:
    std::size_t rows_;
    Linkage linkage_;
    std::vector<double> sizes_;
    std::vector<double> all_;  ///< of i > j, row after row
};

/// The cluster that each row is in, by the union of sets.
class Sets {
  public:
    explicit Sets(std::int64_t rows) : above_(static_cast<std::size_t>(2 * rows - 1)) {
        std::iota(above_.begin(), above_.end(), 0);
    }
    std::int32_t of(std::int32_t cluster) {
        while (above_[static_cast<std::size_t>(cluster)] != cluster) {
            std::int32_t& above = above_[static_cast<std::size_t>(cluster)];
            above = above_[static_cast<std::size_t>(above)];
            cluster = above;
        }
        return cluster;
    }
    void put(std::int32_t cluster, std::int32_t into) { above_[static_cast<std::size_t>(of(cluster))] = into; }

  private:
    std::vector<std::int32_t> above_;
};

}  // namespace

std::optional<std::vector<Merge>> merges_of(const std::vector<float>& values, std::int64_t rows,
                                            const std::string& linkage,
                                            const std::function<bool(double share)>& goes_on) {
    const auto count = static_cast<std::size_t>(rows);
    std::vector<Merge> merges;
    if (count < 2) return merges;
    Distances distances(values, rows, linkage_called(linkage));
    std::vector<std::size_t> chain;  // each the nearest of the one before it
    std::size_t first = 0;           // none before it lives
    while (merges.size() + 1 < count) {
        if (goes_on && !goes_on(static_cast<double>(merges.size()) / static_cast<double>(count))) return std::nullopt;
        if (chain.empty()) {
            while (!distances.lives(first)) ++first;
            chain.push_back(first);
        }
        while (true) {
            const std::size_t end = chain.back();
            // Of several that are as near it takes the one before it, so that the chain ends.
            std::size_t nearest = chain.size() > 1 ? chain[chain.size() - 2] : count;
            double least = nearest < count ? distances.at(end, nearest) : std::numeric_limits<double>::infinity();
            for (std::size_t k = 0; k < count; ++k)
                if (k != end && distances.lives(k) && (nearest == count || distances.at(end, k) < least))
                    nearest = k, least = distances.at(end, k);
            if (chain.size() > 1 && nearest == chain[chain.size() - 2]) break;
            chain.push_back(nearest);
        }
        const std::size_t one = chain.back(), other = chain[chain.size() - 2];
        chain.resize(chain.size() - 2);
        merges.push_back(
            {static_cast<std::int32_t>(one), static_cast<std::int32_t>(other), distances.height(one, other)});
        distances.merge(one, other);
    }
    // Chains find merges in another order; by height each joins what the rows of its places have become.
    std::stable_sort(merges.begin(), merges.end(), [](const Merge& a, const Merge& b) { return a.height < b.height; });
    Sets sets(rows);
    for (std::size_t i = 0; i < merges.size(); ++i) {
        Merge& merge = merges[i];
        merge.one = sets.of(merge.one);
        merge.other = sets.of(merge.other);
        if (merge.one > merge.other) std::swap(merge.one, merge.other);
        const auto made = static_cast<std::int32_t>(count + i);
        sets.put(merge.one, made);
        sets.put(merge.other, made);
    }
    return merges;
}

std::vector<std::int32_t> cut(const std::vector<Merge>& merges, std::int64_t rows, std::int64_t count) {
    Sets sets(rows);
    for (std::int64_t i = 0; i < rows - count; ++i) {
        const Merge& merge = merges[static_cast<std::size_t>(i)];
        sets.put(merge.one, static_cast<std::int32_t>(rows + i));
        sets.put(merge.other, static_cast<std::int32_t>(rows + i));
    }
    std::map<std::int32_t, std::int32_t> numbers;
    std::vector<std::int32_t> out;
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::int32_t cluster = sets.of(static_cast<std::int32_t>(row));
        out.push_back(numbers.emplace(cluster, static_cast<std::int32_t>(numbers.size())).first->second);
    }
    return out;
}

}  // namespace gw

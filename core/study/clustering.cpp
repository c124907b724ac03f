#include "study/clustering.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <functional>
#include <map>
#include <opencv2/ml.hpp>
#include <set>

#include "study/hierarchy.h"
#include "study/opencv_error.h"
#include "util/text.h"

// Shape letters: N rows, D width of the features, K clusters.
namespace gw {

namespace {

constexpr int beginnings = 10, most_rounds = 300;
constexpr double least_shift = 1e-6;

std::vector<std::int32_t> by_means(const cv::Mat& rows_ND, int count) {
    cv::Mat labels;
    cv::kmeans(rows_ND, count, labels, {cv::TermCriteria::MAX_ITER | cv::TermCriteria::EPS, most_rounds, least_shift},
               beginnings, cv::KMEANS_PP_CENTERS);
    return {labels.begin<int>(), labels.end<int>()};
}

/// Empty where no likelihood could be found.
std::vector<std::int32_t> by_mixture(const cv::Mat& rows_ND, int count) {
    const auto mixture = cv::ml::EM::create();
    mixture->setClustersNumber(count);
    mixture->setCovarianceMatrixType(cv::ml::EM::COV_MAT_DIAGONAL);
    mixture->setTermCriteria({cv::TermCriteria::MAX_ITER | cv::TermCriteria::EPS, most_rounds, least_shift});
    cv::Mat labels;
    if (!mixture->trainEM(rows_ND, cv::noArray(), labels)) return {};
    return {labels.begin<int>(), labels.end<int>()};
}

/// About 0 and within -1..1, so that OpenCV's squares and its least variance suit features of any size.
cv::Mat scaled(const torch::Tensor& rows_ND) {
    const torch::Tensor centred_ND = rows_ND - rows_ND.mean(0, /*keepdim=*/true);
    const torch::Tensor small_ND = (centred_ND / centred_ND.abs().max()).to(torch::kFloat32).contiguous();
    return cv::Mat(static_cast<int>(rows_ND.size(0)), static_cast<int>(rows_ND.size(1)), CV_32F, small_ND.data_ptr())
        .clone();
}

int rows_that_differ(const cv::Mat& rows_ND, int enough) {
    std::set<std::vector<float>> seen;
    for (int row = 0; row < rows_ND.rows && static_cast<int>(seen.size()) < enough; ++row)
        seen.emplace(rows_ND.ptr<float>(row), rows_ND.ptr<float>(row) + rows_ND.cols);
    return static_cast<int>(seen.size());
}

/// The largest first; clusters without a row fall away.
void number_by_size(Clustering& it) {
    std::map<std::int32_t, std::int64_t> sizes;
    for (const std::int32_t label : it.of) ++sizes[label];
    std::vector<std::pair<std::int64_t, std::int32_t>> order;
    for (const auto& [label, size] : sizes) order.emplace_back(-size, label);
    std::sort(order.begin(), order.end());
    std::map<std::int32_t, std::int32_t> number;
    for (const auto& [size, label] : order) number.emplace(label, static_cast<std::int32_t>(number.size()));
    for (std::int32_t& label : it.of) label = number.at(label);
    it.count = static_cast<int>(number.size());
}

torch::Tensor memberships(const Clustering& it) {
    torch::Tensor of_N = torch::empty({static_cast<std::int64_t>(it.of.size())}, torch::kInt64);
    std::copy(it.of.begin(), it.of.end(), of_N.data_ptr<std::int64_t>());
    return torch::one_hot(of_N, it.count).to(torch::kFloat64);
}

/// The spread and the silhouette of each; false where it was stopped.
bool measure(const torch::Tensor& rows_ND, std::vector<Clustering>& all, const std::function<bool(double)>& goes_on) {
    struct Sets {
        torch::Tensor in_NK, size_K;
        double sum = 0;
    };
    std::vector<Sets> sets;
    for (Clustering& it : all) {
        const torch::Tensor in_NK = memberships(it), size_K = in_NK.sum(0);
        const torch::Tensor mean_KD = in_NK.t().matmul(rows_ND) / size_K.unsqueeze(1);
        it.spread = (rows_ND - in_NK.matmul(mean_KD)).square().sum().item<double>();
        sets.push_back({in_NK, size_K});
    }
    constexpr std::int64_t block = 256;
    const std::int64_t rows = rows_ND.size(0);
    for (std::int64_t first = 0; first < rows; first += block) {
        if (!goes_on(static_cast<double>(first) / static_cast<double>(rows))) return false;
        const std::int64_t last = std::min(first + block, rows);
        const torch::Tensor distance_BN = torch::cdist(rows_ND.slice(0, first, last), rows_ND, 2,
                                                       /*compute_mode=*/2 /* without the error of products */);
        for (Sets& it : sets) {
            const torch::Tensor own_BK = it.in_NK.slice(0, first, last), to_BK = distance_BN.matmul(it.in_NK);
            const torch::Tensor own_size_B = own_BK.matmul(it.size_K);
            const torch::Tensor within_B = (to_BK * own_BK).sum(1) / (own_size_B - 1);
            const torch::Tensor nearest_B = std::get<0>(
                (to_BK / it.size_K).masked_fill(own_BK > 0, std::numeric_limits<double>::infinity()).min(1));
            const torch::Tensor widest_B = torch::maximum(within_B, nearest_B);
            // A row that is alone in its cluster counts 0, and so does one that has its like everywhere.
            const torch::Tensor sound_B = (own_size_B > 1).logical_and(widest_B > 0);
            it.sum += torch::where(sound_B, (nearest_B - within_B) / widest_B, torch::zeros_like(within_B))
                          .sum()
                          .item<double>();
        }
    }
    for (std::size_t i = 0; i < all.size(); ++i) all[i].silhouette = sets[i].sum / static_cast<double>(rows);
    return true;
}

double pairs(double count) {
    return count * (count - 1) / 2;
}

void hold_against(const Embedding& embedding, Clustering& it) {
    if (embedding.kind != LabelKind::one_class) return;
    std::map<std::pair<std::int32_t, std::int32_t>, double> both;
    std::map<std::int32_t, double> classes, clusters, most;
    double all = 0;
    for (std::size_t i = 0; i < it.of.size(); ++i) {
        const std::int32_t truth = embedding.rows[i].group;
        if (truth < 0) continue;
        ++all;
        ++classes[truth];
        ++clusters[it.of[i]];
        most[it.of[i]] = std::max(most[it.of[i]], ++both[{it.of[i], truth}]);
    }
    if (all < 2) return;
    const auto sum_of = [](const auto& counts) {
        double sum = 0;
        for (const auto& [key, count] : counts) sum += pairs(count);
        return sum;
    };
    const double within_classes = sum_of(classes), within_clusters = sum_of(clusters);
    const double by_chance = within_classes * within_clusters / pairs(all),
                 most_alike = (within_classes + within_clusters) / 2;
    it.adjusted_rand = most_alike == by_chance ? 1 : (sum_of(both) - by_chance) / (most_alike - by_chance);
    double right = 0;
    for (const auto& [key, count] : most) right += count;
    it.purity = right / all;
}

Result<Clustering> clustered(const Embedding& embedding, const ClusterRequest& request) {
    const torch::NoGradGuard no_grad;
    const auto rows = static_cast<int>(embedding.rows.size());
    const auto cannot = [](const std::string& rows_told, int count, const std::string& hint) {
        return Error{
            Error::Code::bad_spec, rows_told + " cannot be sorted into " + grouped(count) + " clusters", hint, {}};
    };
    if (rows < 3 || (request.count != 0 && (request.count < 2 || request.count >= rows)))
        return cannot(grouped(rows) + " rows", request.count,
                      "Ask for 2 or more, and fewer than rows; 0 looks for the count that fits");
    const torch::Tensor rows_ND =
        torch::from_blob(const_cast<float*>(embedding.features.data()), {rows, embedding.width}).to(torch::kFloat64);
    if ((rows_ND == rows_ND[0]).all().item<bool>())
        return Error{Error::Code::bad_data,
                     "All of these rows have the same features, so that nothing tells them apart",
                     "Train the model further, or look at other rows",
                     {}};
    const cv::Mat values = scaled(rows_ND);
    const int most = request.count > 0 ? request.count : most_tried_clusters, differ = rows_that_differ(values, most);
    if (request.count > differ)
        return cannot(grouped(rows) + " rows of which " + grouped(differ) + " differ", request.count,
                      "Ask for " + grouped(differ) + " or fewer");
    const int first = request.count > 0 ? request.count : 2,
              last = request.count > 0 ? request.count : std::min(differ, rows - 1);
    const auto goes_on = [&](double share) {
        if (request.progress) request.progress("sorting rows into clusters", share);
        return !request.stop.stop_requested();
    };
    const Error stopped{Error::Code::cancelled, "Stopped while sorting rows into clusters", "", {}};
    const bool by_merging = request.method != "kmeans" && request.method != "mixture";
    std::vector<Merge> merges;
    if (by_merging) {
        auto found =
            merges_of(embedding.features, rows, request.method, [&](double share) { return goes_on(0.8 * share); });
        if (!found) return stopped;
        merges = std::move(*found);
    }
    std::vector<Clustering> all;
    for (int count = first; count <= last; ++count) {
        if (!goes_on(by_merging ? 0.8 : 0.8 * (count - first) / (last - first + 1))) return stopped;
        Clustering one;
        one.method = request.method;
        one.asked = count;
        cv::setRNGSeed(static_cast<int>(request.seed & 0x7fffffff));  // of this thread
        one.of = by_merging                    ? cut(merges, rows, count)
                 : request.method == "mixture" ? by_mixture(values, count)
                                               : by_means(values, count);
        number_by_size(one);
        if (one.count > 1) all.push_back(std::move(one));
    }
    if (all.empty())
        return Error{Error::Code::bad_data,
                     "All of these rows fall into one cluster",
                     "Ask for another number of clusters, or take k-means",
                     {}};
    if (!measure(rows_ND, all, [&](double share) { return goes_on(0.8 + share / 5); })) return stopped;
    std::vector<std::pair<int, double>> tried;
    for (const Clustering& one : all)
        if (one.count == one.asked) tried.emplace_back(one.count, one.silhouette);
    const auto best = std::max_element(all.begin(), all.end(),
                                       [](const auto& a, const auto& b) { return a.silhouette < b.silhouette; });
    hold_against(embedding, *best);
    if (request.count == 0) best->tried = std::move(tried);
    return std::move(*best);
}

}  // namespace

std::vector<std::int64_t> Clustering::sizes() const {
    std::vector<std::int64_t> out(static_cast<std::size_t>(count), 0);
    for (const std::int32_t one : of) ++out[static_cast<std::size_t>(one)];
    return out;
}

Result<Clustering> cluster(const Embedding& embedding, const ClusterRequest& request) {
    return caught_of_opencv([&] { return clustered(embedding, request); });
}

}  // namespace gw

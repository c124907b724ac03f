#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/catalog.h"
#include "data/dates.h"
#include "util/text.h"

namespace gw {

namespace {

struct ByTimeConfig {
    std::string column = "date";
    double validation = 0.1, test = 0.0;
    static constexpr auto fields = std::tuple{
        schema::field<&ByTimeConfig::column>(
            {.key = "column",
             .label = "Column",
             .help =
                 "Column of the table with the time: numbers, or dates like 2026-01-31, 31.01.2026 or 31/01/2026."}),
        schema::field<&ByTimeConfig::validation>({.key = "validation",
                                                  .label = "Validation",
                                                  .help = "Share of the texts, the later ones, kept for validation.",
                                                  .min = 0.0001,
                                                  .max = 0.9}),
        schema::field<&ByTimeConfig::test>({.key = "test",
                                            .label = "Test",
                                            .help = "Share of the texts, the latest ones, kept for a last test.",
                                            .min = 0,
                                            .max = 0.9}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (column.empty()) out.push_back({at + ".column", "must name a column"});
        if (validation + test >= 1)
            out.push_back({at + ".test", "leaves nothing to train on: validation and test together must stay below 1"});
    }
};

/// Earlier texts are learnt from, later ones are judged by.
class ByTime final : public Split {
  public:
    explicit ByTime(ByTimeConfig config) : config_(std::move(config)) {}
    bool surveys() const override { return true; }

    Status survey(const Document& document) override {
        std::string known;
        if (document.label)
            for (const auto& [name, cell] : document.label->columns) {
                if (name == config_.column) {
                    if (cell.empty())
                        return Error{Error::Code::bad_data, "The column \"" + config_.column + "\" is empty here",
                                     "Fill it in, or remove the row", where(document)};
                    times_.push_back(cell);
                    places_.push_back(
                        {std::string(document.source), document.row > 0 ? document.row : document.index + 1});
                    return {};
                }
                known += (known.empty() ? "" : ", ") + name;
            }
        return Error{Error::Code::bad_data,
                     "There is no column \"" + config_.column + "\" beside text and label" +
                         (known.empty() ? "" : "; there are " + known),
                     "Set split.column, or choose another split", where(document)};
    }

    Status settle() override {
        std::size_t bad = 0;
        auto read = read_times(times_, bad);
        if (!read) {
            Error error = read.error();
            if (bad < places_.size())
                error.where = {"column " + config_.column, "row " + grouped(places_[bad].row),
                               "file " + places_[bad].file};
            return error;
        }
        const std::vector<double>& values = read.value().values;
        const std::vector<std::size_t> order =
            ordered([&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
        const bool numbers = read.value().form == "numbers";
        if (!numbers && order != ordered([&](std::size_t a, std::size_t b) { return times_[a] < times_[b]; }))
            reading_ = read.value().form;
        parts_.resize(order.size());
        const double all = static_cast<double>(order.size());
        const auto train_end = static_cast<std::size_t>(std::llround(all * (1 - config_.validation - config_.test)));
        const auto validation_end = static_cast<std::size_t>(std::llround(all * (1 - config_.test)));
        for (std::size_t i = 0; i < order.size(); ++i)
            parts_[order[i]] = i < train_end ? Part::train : i < validation_end ? Part::validation : Part::test;
        return {};
    }

    void cut(const Document& document, std::uint64_t, std::uint64_t,
             const std::function<void(Part, std::string_view)>& piece) const override {
        piece(parts_[static_cast<std::size_t>(document.index)], document.text);
    }

    std::string reading() const override { return reading_; }

  private:
    template <class Before>
    std::vector<std::size_t> ordered(const Before& before) const {
        std::vector<std::size_t> order(times_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), before);
        return order;
    }
    ByTimeConfig config_;
    std::vector<std::string> times_;
    std::vector<FilePlace> places_;
    std::string reading_;
    std::vector<Part> parts_;
};

}  // namespace

SplitKind by_time_kind() {
    return kind_of<SplitKind, ByTimeConfig>(
        {.id = "by_time",
         .title = "By time",
         .summary = "The latest texts are kept apart, by a column of the table: for data that drifts.",
         .source = ""},
        [](const ByTimeConfig& config) -> std::unique_ptr<Split> { return std::make_unique<ByTime>(config); });
}

}  // namespace gw

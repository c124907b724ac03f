#include "data/ahead_source.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace gw {

namespace {

class AheadSource final : public BatchSource {
  public:
    explicit AheadSource(std::unique_ptr<BatchSource> source) : source_(std::move(source)) {}

    std::int64_t rows_per_epoch() const override { return source_->rows_per_epoch(); }
    double units_per_row() const override { return source_->units_per_row(); }

    HostBatch batch(std::int64_t first, std::int64_t rows) const override {
        const Request asked{first, rows};
        std::optional<Made> made = take(asked);
        const Request next{first + (last_.rows == rows && first > last_.first ? first - last_.first : rows), rows};
        last_ = asked;
        // Begun before this one is made where it has to be made here, or handed on.
        begin(next);
        if (!made) return source_->batch(first, rows);
        if (made->problem) std::rethrow_exception(made->problem);
        return std::move(made->batch);
    }

  private:
    struct Request {
        std::int64_t first = 0, rows = 0;
        bool operator==(const Request&) const = default;
    };
    struct Made {
        Request request;
        HostBatch batch;
        std::exception_ptr problem;
    };

    std::optional<Made> take(const Request& asked) const {
        std::unique_lock lock(mutex_);
        if (!begun_ || *begun_ != asked) return std::nullopt;
        changed_.wait(lock, [&] { return made_.has_value(); });
        begun_.reset();
        return std::exchange(made_, std::nullopt);
    }

    void begin(const Request& next) const {
        {
            std::unique_lock lock(mutex_);
            // What nobody asked for is let go; a thread that is still at it has to end first.
            if (begun_) changed_.wait(lock, [&] { return made_.has_value(); });
            made_.reset();
            begun_ = next;
        }
        changed_.notify_all();
    }

    void work(const std::stop_token& stop) const {
        std::unique_lock lock(mutex_);
        while (changed_.wait(lock, stop, [&] { return begun_ && !made_; })) {
            Made made{*begun_, {}, nullptr};
            lock.unlock();
            try {
                made.batch = source_->batch(made.request.first, made.request.rows);
            } catch (...) {
                made.problem = std::current_exception();
            }
            lock.lock();
            made_ = std::move(made);
            changed_.notify_all();
        }
    }

    const std::unique_ptr<BatchSource> source_;
    mutable std::mutex mutex_;
    mutable std::condition_variable_any changed_;
    mutable std::optional<Request> begun_;  ///< being made, or made and not taken yet
    mutable std::optional<Made> made_;
    mutable Request last_;  ///< of the caller alone
    std::jthread thread_{[this](const std::stop_token& stop) { work(stop); }};
};

}  // namespace

std::unique_ptr<BatchSource> ahead_source(std::unique_ptr<BatchSource> source) {
    return std::make_unique<AheadSource>(std::move(source));
}

}  // namespace gw

#include "workspace/record/mailbox.h"

#include <algorithm>
#include <cmath>

namespace gw {

namespace {

bool may_be_left_out(const Message& message) {
    const auto* row = std::get_if<MetricRow>(&message);
    return row && std::all_of(row->points.begin(), row->points.end(), [](const Point& point) {
               return point.metric.starts_with("train/") && std::isfinite(point.value);
           });
}

}  // namespace

void Mailbox::post(Message message) {
    const std::scoped_lock lock(mutex_);
    rows_ += may_be_left_out(message) ? 1 : 0;
    messages_.push_back(std::move(message));
    if (rows_ > most_rows_) thin();
}

void Mailbox::thin() {
    bool keep = false;
    std::erase_if(messages_, [&](const Message& message) {
        if (!may_be_left_out(message)) return false;
        keep = !keep;
        rows_ -= keep ? 0 : 1;
        return !keep;
    });
}

void Mailbox::end(const Outcome& outcome) {
    const std::scoped_lock lock(mutex_);
    ended_ = outcome;
}

void Mailbox::drain(Delivery& into) {
    const std::scoped_lock lock(mutex_);
    into.messages.insert(into.messages.end(), std::make_move_iterator(messages_.begin()),
                         std::make_move_iterator(messages_.end()));
    messages_.clear();
    rows_ = 0;
    if (ended_) into.ended = std::exchange(ended_, std::nullopt);
}

}  // namespace gw

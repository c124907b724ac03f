#include "workspace/record/mailbox.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gw {
namespace {

MetricRow train_row(std::int64_t step, double loss = 1.0) {
    return {step, 0, 0, {{intern("train/loss"), loss}}};
}

TEST(Mailbox, DeliversInOrderAndTheEndOnce) {
    Mailbox box;
    for (int i = 0; i < 10; ++i) box.post(train_row(i));
    box.end({Outcome::End::stopped, {}});
    Delivery delivery;
    box.drain(delivery);
    ASSERT_EQ(delivery.messages.size(), 10u);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(std::get<MetricRow>(delivery.messages[static_cast<std::size_t>(i)]).step, i);
    ASSERT_TRUE(delivery.ended);
    EXPECT_EQ(delivery.ended->end, Outcome::End::stopped);
    Delivery after;
    box.drain(after);
    EXPECT_TRUE(after.empty());
}

TEST(Mailbox, ThinsTrainingRowsAndNothingElse) {
    Mailbox box(100);
    for (int i = 0; i < 10000; ++i) {
        box.post(train_row(i, i == 5000 ? NAN : 1.0));
        if (i % 10 == 0) box.post(MetricRow{i, 0, 0, {{intern("validation/loss"), 1.0}}});
        if (i % 100 == 0) box.post(Event{i, "note", "event"});
    }
    Delivery delivery;
    box.drain(delivery);
    std::int64_t training = 0, validation = 0, events = 0, last = -1;
    bool saw_nan = false;
    for (const Message& message : delivery.messages) {
        events += std::holds_alternative<Event>(message) ? 1 : 0;
        const auto* row = std::get_if<MetricRow>(&message);
        if (!row) continue;
        EXPECT_GE(row->step, last) << "out of order";
        last = row->step;
        (row->points.front().metric == "train/loss" ? training : validation) += 1;
        saw_nan = saw_nan || std::isnan(row->points.front().value);
    }
    EXPECT_EQ(events, 100);
    EXPECT_EQ(validation, 1000);
    EXPECT_TRUE(saw_nan);
    EXPECT_LE(training, 102);
    EXPECT_GE(training, 50);
}

}  // namespace
}  // namespace gw

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "scratch.h"
#include "train/host/run_host.h"
#include "workspace/record/journal.h"
#include "workspace/record/mailbox.h"

// The lanes between a training thread and those who watch it, as they run together: host, journal, mailbox and store
// writer.
namespace gw {
namespace {

using namespace std::chrono_literals;

/// Counts steps until it is told to stop; reports each.
Outcome count_steps(RunPort& port, std::atomic<std::int64_t>& step) {
    RunFacts facts;
    facts.main_metric = "accuracy";
    port.report(facts);
    while (true) {
        const Orders orders = port.between_steps();
        if (orders.stop) return {Outcome::End::stopped, {}};
        if (orders.save) port.report(CheckpointSaved{step, 0, "checkpoints/step-" + std::to_string(step), 1, 0.0});
        ++step;
        const double value = static_cast<double>(step);
        port.report(MetricRow{
            step, value, step, {{intern("train/loss"), 1 / value}, {intern("validation/accuracy"), 1 - 1 / value}}});
    }
}

TEST(Lanes, OrdersAndMessagesMeetFromManyThreads) {
    const Scratch scratch;
    RunRecord record;
    record.id = make_uuid();
    record.name = "run";
    record.spec = Json::object();
    record.path = scratch.path().string();
    Store::open(scratch / "groundwork.db").or_throw().add_run(record).or_throw();
    auto log = RunLog::open(scratch / "log.txt").or_throw();
    Journal journal(record, *log);
    Mailbox mailbox;
    StoreWriter writer(Store::open(scratch / "groundwork.db").or_throw(),
                       {.interval = 1ms, .heartbeat = 5ms, .each_batch = [&](Store& store) {
                            return store.update_run(journal.record());
                        }});
    std::atomic<std::int64_t> step = 0, delivered = 0;
    const auto host = make_thread_host();
    host->start([&](RunPort& port) { return count_steps(port, step); }, {[&](Message&& message) {
                                                                             if (auto write = journal.note(message))
                                                                                 writer.push(std::move(write));
                                                                             mailbox.post(std::move(message));
                                                                         },
                                                                         [&](const Outcome& outcome) {
                                                                             journal.end(outcome);
                                                                             mailbox.end(outcome);
                                                                         }});
    std::atomic<bool> ended = false;
    std::thread reader([&] {
        while (!ended) {
            Delivery delivery;
            mailbox.drain(delivery);
            delivered += static_cast<std::int64_t>(delivery.messages.size());
            if (delivery.ended) ended = true;
            (void)journal.record();
            std::this_thread::sleep_for(1ms);
        }
    });
    std::thread hand([&] {
        for (int i = 0; i < 20; ++i) {
            host->pause();
            journal.set_status("paused");
            host->save();
            host->sample();
            Knobs knobs;
            knobs.rate_scale = 0.5 + 0.01 * i;
            host->set_knobs(knobs);
            (void)host->paused();
            journal.set_status("running");
            host->resume();
            std::this_thread::sleep_for(1ms);
        }
    });
    hand.join();
    host->stop(/*save_first=*/true);
    host->wait();
    reader.join();
    ASSERT_TRUE(writer.close());
    EXPECT_GT(delivered, 0);
    const RunRecord now = journal.record();
    EXPECT_EQ(now.status, "stopped");
    EXPECT_EQ(now.steps, step);
    const Store store = Store::open(scratch / "groundwork.db").or_throw();
    EXPECT_EQ(store.series(record.id, "train/loss").value().size(), static_cast<std::size_t>(step.load()));
    if (step > 0) {
        EXPECT_DOUBLE_EQ(now.best_score.value_or(-1), 1 - 1 / static_cast<double>(step)) << "more accuracy is better";
    }
}

}  // namespace
}  // namespace gw

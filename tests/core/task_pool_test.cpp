#include "util/task_pool.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace gw {
namespace {

/// Opens once so many have come.
class Gate {
  public:
    explicit Gate(int awaited) : awaited_(awaited) {}
    /// Whether all came within some seconds.
    bool pass() {
        std::unique_lock lock(mutex_);
        if (--awaited_ <= 0) all_.notify_all();
        return all_.wait_for(lock, std::chrono::seconds(20), [&] { return awaited_ <= 0; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable all_;
    int awaited_;
};

TEST(TaskPool, EachPieceRunsOnceWhateverTheNumberOfThreads) {
    for (const int threads : {1, 2, 3, 8}) {
        TaskPool pool;
        pool.set_threads(threads);
        EXPECT_EQ(pool.threads(), threads);
        for (const std::int64_t count : {0, 1, 2, 7, 500}) {
            std::vector<std::atomic<int>> times(static_cast<std::size_t>(count));
            pool.run(count, [&](std::int64_t i) { ++times[static_cast<std::size_t>(i)]; });
            for (const auto& one : times) EXPECT_EQ(one, 1);
        }
    }
}

TEST(TaskPool, ThreadsWorkAtTheSameTime) {
    TaskPool pool;
    pool.set_threads(3);
    Gate gate(3);
    std::atomic<int> met{0};
    pool.run(3, [&](std::int64_t) { met += gate.pass(); });
    EXPECT_EQ(met, 3);
}

TEST(TaskPool, WithOneThreadTheCallerDoesAllInOrder) {
    TaskPool pool;
    std::vector<std::int64_t> order;
    std::set<std::thread::id> who;
    pool.run(5, [&](std::int64_t i) {
        order.push_back(i);
        who.insert(std::this_thread::get_id());
    });
    EXPECT_EQ(order, (std::vector<std::int64_t>{0, 1, 2, 3, 4}));
    EXPECT_EQ(who, std::set<std::thread::id>{std::this_thread::get_id()});
}

TEST(TaskPool, PiecesOfASlowThreadAreTakenOverByOthers) {
    TaskPool pool;
    pool.set_threads(2);
    std::atomic<bool> came{false};
    // The first piece ends when all others have: they would wait for ever if some of them were its thread's share.
    std::atomic<int> others{0};
    pool.run(20, [&](std::int64_t i) {
        if (i > 0) {
            ++others;
            return;
        }
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (others < 19 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
        came = others == 19;
    });
    EXPECT_TRUE(came);
}

TEST(TaskPool, PiecesMayRunPiecesOfTheirOwn) {
    for (const int threads : {1, 2, 4}) {
        TaskPool pool;
        pool.set_threads(threads);
        std::atomic<std::int64_t> sum{0};
        for (int again = 0; again < 50; ++again)
            pool.run(5, [&](std::int64_t i) {
                pool.run(6, [&](std::int64_t j) { pool.run(2, [&](std::int64_t k) { sum += i * 100 + j * 10 + k; }); });
            });
        EXPECT_EQ(sum, 50 * (2 * 6 * 1000 + 2 * 5 * 150 + 5 * 6));
    }
}

TEST(TaskPool, WhoWaitsHelpsWithWhatLiesBelow) {
    TaskPool pool;
    pool.set_threads(2);
    Gate gate(2);
    std::atomic<int> met{0};
    // The second piece runs two that can end together alone: whoever ran the first piece must join in.
    pool.run(2, [&](std::int64_t i) {
        if (i == 1) pool.run(2, [&](std::int64_t) { met += gate.pass(); });
    });
    EXPECT_EQ(met, 2);
}

TEST(TaskPool, TheExceptionOfTheLowestPieceIsThrown) {
    for (const int threads : {1, 2, 4}) {
        TaskPool pool;
        pool.set_threads(threads);
        for (int again = 0; again < 100; ++again) {
            std::string what;
            try {
                pool.run(40, [&](std::int64_t i) {
                    if (i >= 7) throw std::runtime_error(std::to_string(i));
                });
            } catch (const std::runtime_error& problem) {
                what = problem.what();
            }
            EXPECT_EQ(what, "7");
        }
        std::atomic<int> after{0};
        pool.run(10, [&](std::int64_t) { ++after; });
        EXPECT_EQ(after, 10) << "the pool goes on";
    }
}

TEST(TaskPool, AnExceptionOfAPieceWithinGoesThroughTheOneThatRanIt) {
    TaskPool pool;
    pool.set_threads(3);
    EXPECT_THROW(pool.run(4,
                          [&](std::int64_t i) {
                              pool.run(4, [&](std::int64_t j) {
                                  if (i == 2 && j == 1) throw std::out_of_range("within");
                              });
                          }),
                 std::out_of_range);
    std::atomic<int> after{0};
    pool.run(4, [&](std::int64_t) { pool.run(4, [&](std::int64_t) { ++after; }); });
    EXPECT_EQ(after, 16) << "the pool goes on";
}

TEST(TaskPool, AThreadHasTheNumberThatItSaid) {
    TaskPool pool;
    pool.set_threads(1);
    std::thread other([&] {
        pool.set_threads(4);
        EXPECT_EQ(pool.threads(), 4);
    });
    other.join();
    EXPECT_EQ(pool.threads(), 1) << "what another thread wants is its own affair";
    const std::thread::id me = std::this_thread::get_id();
    pool.run(50, [&](std::int64_t) { EXPECT_EQ(std::this_thread::get_id(), me); });
}

TEST(TaskPool, NoMoreThreadsAreAtWorkThanWereSaidWhoeverElseUsesThePool) {
    TaskPool pool;
    std::thread other([&] {
        pool.set_threads(6);
        Gate gate(6);
        pool.run(6, [&](std::int64_t) { EXPECT_TRUE(gate.pass()); });
    });
    other.join();  // five workers live from here on
    pool.set_threads(2);
    std::atomic<int> now{0}, most{0};
    pool.run(64, [&](std::int64_t) {
        pool.run(2, [&](std::int64_t) {
            const int here = ++now;
            int seen = most;
            while (here > seen && !most.compare_exchange_weak(seen, here)) {
            }
            std::this_thread::sleep_for(std::chrono::microseconds(200));
            --now;
        });
    });
    EXPECT_LE(most, 2);
}

TEST(TaskPool, SeveralThreadsMayRunAtOnce) {
    TaskPool pool;
    std::atomic<int> sum{0};
    std::vector<std::thread> callers;
    for (int c = 0; c < 4; ++c)
        callers.emplace_back([&] {
            pool.set_threads(3);
            for (int again = 0; again < 50; ++again) pool.run(8, [&](std::int64_t) { ++sum; });
        });
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(sum, 4 * 50 * 8);
}

std::atomic<int> begun{0}, ended{0}, wrong{0};

TEST(TaskPool, EachThreadIsToldOnceThatItIsAlone) {
    begun = ended = wrong = 0;
    TaskPool::set_solo({[] {
                            ++begun;
                            return 7;
                        },
                        [](int was) {
                            ++ended;
                            if (was != 7) ++wrong;
                        }});
    TaskPool pool;
    pool.run(4, [&](std::int64_t) { pool.run(3, [](std::int64_t) { EXPECT_EQ(begun - ended, 1); }); });
    EXPECT_EQ(begun, 1);
    pool.set_threads(3);
    pool.run(30, [&](std::int64_t) { EXPECT_GE(begun - ended, 1); });
    TaskPool::set_solo({nullptr, nullptr});
    EXPECT_EQ(begun, ended);
    EXPECT_EQ(wrong, 0);
}

TEST(TaskPool, ASinglePieceIsNoPieceAmongSeveral) {
    begun = ended = 0;
    TaskPool::set_solo({[] {
                            ++begun;
                            return 0;
                        },
                        [](int) { ++ended; }});
    TaskPool pool;
    pool.set_threads(2);
    pool.run(1, [](std::int64_t) { EXPECT_EQ(begun, 0) << "it may use all that its caller may"; });
    pool.run(2, [&](std::int64_t) {
        EXPECT_GE(begun - ended, 1);
        EXPECT_EQ(pool.threads(), 2);
    });
    pool.run(1, [](std::int64_t) { EXPECT_EQ(begun, ended); });
    TaskPool::set_solo({nullptr, nullptr});
    EXPECT_GE(begun, 1);
}

#ifdef __linux__
int my_nice() {
    return getpriority(PRIO_PROCESS, 0);  // of the calling thread on Linux
}

TEST(TaskPool, WhoLowersThePriorityIsHelpedByThreadsOfALowOne) {
    TaskPool pool;
    const int normal = my_nice();
    const auto nices = [&] {
        Gate gate(3);
        std::mutex mutex;
        std::vector<int> found;
        pool.run(3, [&](std::int64_t) {
            EXPECT_TRUE(gate.pass());
            const std::lock_guard lock(mutex);
            found.push_back(my_nice());
        });
        return found;
    };
    std::thread job([&] {
        pool.lower_priority();
        pool.set_threads(3);
        for (const int nice : nices()) EXPECT_GE(nice, 10);
    });
    job.join();
    EXPECT_EQ(my_nice(), normal);
    pool.set_threads(3);
    for (const int nice : nices()) EXPECT_EQ(nice, normal);
}
#endif

}  // namespace
}  // namespace gw

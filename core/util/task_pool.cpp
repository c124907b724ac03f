#include "util/task_pool.h"

#include <sys/resource.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace gw {

namespace {

using Clock = std::chrono::steady_clock;

/// How long who waits looks for work before it sleeps: about what it costs to wake it up.
constexpr std::chrono::microseconds spin{40};
/// Of work in the background: the weight of such a thread beside a normal one is about a ninth.
constexpr int background_nice = 10;

std::atomic<int (*)()> solo_begin{nullptr};
std::atomic<void (*)(int)> solo_end{nullptr};

void step_back() {
#ifdef __linux__
    // Linux keeps the priority of each thread by its own number; POSIX knows that of a process alone.
    const auto me = static_cast<id_t>(syscall(SYS_gettid));
    (void)setpriority(PRIO_PROCESS, me, std::max(background_nice, getpriority(PRIO_PROCESS, me)));
#endif
}

void breathe() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#else
    std::this_thread::yield();
#endif
}

/// Waits a little for `done` without sleeping; whether it came.
template <class Done>
bool spun(const Done& done) {
    const Clock::time_point until = Clock::now() + spin;
    do {
        for (int i = 0; i < 16; ++i) {
            if (done()) return true;
            breathe();
        }
    } while (Clock::now() < until);
    return done();
}

}  // namespace

/// The workers and what they may join. Tasks live with those who run them: a worker counts as a helper of one while it
/// looks at it, and who runs it waits for its helpers.
class TaskPool::Crew {
  public:
    struct Task {
        std::int64_t count;
        const std::function<void(std::int64_t)>& piece;
        Task* parent;              ///< whose piece runs it; null = none
        Task* root;                ///< the outermost of its parents, or itself
        int limit;                 ///< threads on the root and all below it
        bool background;           ///< of the root
        int active = 1;            ///< of the root: threads on it; guarded by the crew
        int helpers = 0;           ///< guarded by the crew
        std::atomic<int> busy{0};  ///< `helpers`, for who spins
        std::atomic<std::int64_t> next{0};
        std::int64_t failed = -1;  ///< the lowest piece that threw; guarded by the crew
        std::exception_ptr problem = nullptr;

        bool has_more() const { return next.load(std::memory_order_relaxed) < count; }
        bool is_below(const Task& other) const {
            for (const Task* at = this; at; at = at->parent)
                if (at == &other) return true;
            return false;
        }
    };

    ~Crew() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        idle_.notify_all();
        for (std::thread& worker : workers_) worker.join();
    }

    void run(Task& task) {
        open(task);
        work(task);
        close(task);
        if (task.problem) std::rethrow_exception(task.problem);
    }

    std::atomic<int> usual_threads{1};  ///< of threads that gave no number

    static Task*& current() {
        static thread_local Task* task = nullptr;
        return task;
    }

  private:
    /// A thread within pieces: told so once, however deep they lie in each other.
    class Within {
      public:
        explicit Within(Task& task) : outer_(current()) {
            current() = &task;
            if (outer_) return;
            if (const auto begin = solo_begin.load()) was_ = begin();
        }
        Within(const Within&) = delete;
        Within& operator=(const Within&) = delete;
        ~Within() {
            current() = outer_;
            if (outer_) return;
            if (const auto end = solo_end.load()) end(was_);
        }

      private:
        Task* outer_;
        int was_ = 0;
    };

    void open(Task& task) {
        if (task.limit == 1) return;  // nobody may join
        std::size_t sleeping = 0;
        bool waiting = false;
        {
            const std::lock_guard lock(mutex_);
            // Workers of the background help nothing else, since their priority stays low.
            int& there = living_[task.background ? 1 : 0];
            try {
                for (; there < task.limit - 1; ++there)
                    workers_.emplace_back([this, background = task.background] { live(background); });
            } catch (const std::system_error&) {
                // The system gives no more threads: those that are there do the work.
            }
            tasks_.push_back(&task);
            news_.fetch_add(1);
            sleeping = sleeping_;
            waiting = waiting_ > 0;
        }
        if (sleeping > 0) idle_.notify_all();
        if (waiting) left_.notify_all();
    }

    void work(Task& task) {
        const Within within(task);
        for (;;) {
            const std::int64_t number = task.next.fetch_add(1);
            if (number >= task.count) return;
            try {
                task.piece(number);
            } catch (...) {
                // Those before it have begun already, so that the lowest of all that would throw is among those that
                // run.
                task.next.store(task.count);
                const std::lock_guard lock(mutex_);
                if (task.failed >= 0 && task.failed < number) continue;
                task.failed = number;
                task.problem = std::current_exception();
            }
        }
    }

    /// Waits for the helpers of a task whose pieces have all begun, and helps with what lies below it meanwhile: with
    /// nothing else, which might last longer.
    void close(Task& task) {
        if (task.limit == 1) return;
        std::unique_lock lock(mutex_);
        tasks_.erase(std::find(tasks_.begin(), tasks_.end(), &task));
        while (task.helpers > 0) {
            if (help(lock, /*counted=*/true, [&](const Task& other) { return other.is_below(task); })) continue;
            const std::uint64_t news = news_.load();
            lock.unlock();
            const bool came = spun([&] { return task.busy.load() == 0 || news_.load() != news; });
            lock.lock();
            if (came) continue;
            ++waiting_;
            left_.wait(lock, [&] { return task.helpers == 0 || news_.load() != news; });
            --waiting_;
        }
    }

    void live(bool background) {
        if (background) step_back();
        std::unique_lock lock(mutex_);
        const auto fits = [&](const Task& task) { return task.background == background; };
        while (!ending_) {
            if (help(lock, /*counted=*/false, fits)) continue;
            const std::uint64_t news = news_.load();
            lock.unlock();
            (void)spun([&] { return news_.load() != news; });
            lock.lock();
            ++sleeping_;
            idle_.wait(lock, [&] { return ending_ || news_.load() != news; });
            --sleeping_;
        }
    }

    /// Works on the youngest task that wants hands and that `fits`; whether there was one. The lock is held before and
    /// after. `counted`: the thread counts as active on its root already, since it waits for a task of it.
    template <class Fits>
    bool help(std::unique_lock<std::mutex>& lock, bool counted, const Fits& fits) {
        const auto wants = [&](const Task* task) {
            return task->has_more() && fits(*task) && (counted || task->root->active < task->limit);
        };
        const auto found = std::find_if(tasks_.rbegin(), tasks_.rend(), wants);
        if (found == tasks_.rend()) return false;
        Task& task = **found;
        task.busy.store(++task.helpers);
        if (!counted) ++task.root->active;
        lock.unlock();
        work(task);
        lock.lock();
        // Behind this the task may be gone: who runs it looks at the number under the lock.
        if (!counted) --task.root->active;
        const bool last = --task.helpers == 0;
        task.busy.store(task.helpers);
        if (last && waiting_ > 0) left_.notify_all();
        return true;
    }

    std::mutex mutex_;
    std::condition_variable idle_;  ///< for workers
    std::condition_variable left_;  ///< for those who wait for helpers
    std::vector<Task*> tasks_;      ///< open ones, the youngest last
    std::vector<std::thread> workers_;
    int living_[2] = {0, 0};  ///< workers: normal ones, those of the background
    std::size_t sleeping_ = 0, waiting_ = 0;
    std::atomic<std::uint64_t> news_{0};  ///< counts the tasks
    bool ending_ = false;
};

namespace {

/// What the calling thread said of itself: of the pool that it spoke to last.
struct Said {
    const void* pool = nullptr;
    int threads = 1;
};
thread_local Said said;
thread_local bool in_background = false;

}  // namespace

TaskPool& TaskPool::shared() {
    // Never destroyed: at the end of a program other threads may still be at work.
    static TaskPool* const pool = new TaskPool;
    return *pool;
}

TaskPool::TaskPool() : crew_(std::make_unique<Crew>()) {}
TaskPool::~TaskPool() {
    if (said.pool == crew_.get()) said = {};
}

void TaskPool::set_threads(int threads) {
    said = {crew_.get(), std::max(1, threads)};
    crew_->usual_threads = said.threads;
}

int TaskPool::threads() const {
    if (const Crew::Task* task = Crew::current()) return task->limit;
    return said.pool == crew_.get() ? said.threads : crew_->usual_threads.load();
}

void TaskPool::lower_priority() {
    in_background = true;
    step_back();
}

void TaskPool::run(std::int64_t count, const std::function<void(std::int64_t)>& piece) {
    if (count <= 0) return;
    if (count == 1) return piece(0);
    Crew::Task* const parent = Crew::current();
    Crew::Task task{
        count, piece, parent, parent ? parent->root : nullptr, threads(), parent ? parent->background : in_background};
    if (!parent) task.root = &task;
    crew_->run(task);
}

void TaskPool::set_solo(Solo solo) {
    solo_end = solo.end;
    solo_begin = solo.begin;
}

}  // namespace gw

#pragma once
#include <cstdint>
#include <functional>
#include <memory>

namespace gw {

/// Threads that work off the pieces of a task together. Who is free takes the next piece, so that a thread that the
/// system has taken away holds up its own piece alone. What a piece computes must depend on its number, never on who
/// runs it or on how many there are: then results are the same for any number of threads.
class TaskPool {
  public:
    /// That of the program's computing.
    static TaskPool& shared();

    TaskPool();
    TaskPool(const TaskPool&) = delete;
    TaskPool& operator=(const TaskPool&) = delete;
    ~TaskPool();  ///< nothing may be on its way

    /// How many work off what the calling thread runs, itself among them (at least one), from its next run() on; and
    /// of threads that never said a number, until another one is given. Costs a run that is on its way nothing.
    void set_threads(int threads);
    int threads() const;  ///< of the calling thread; 1 where nobody ever gave a number

    /// The calling thread from here on, and those that help it, leave the processor to whoever wants it (nice(2)). For
    /// a thread that is made for one job: the system lets no ordinary user take it back.
    void lower_priority();

    /// Runs piece(0) ... piece(count - 1), each once, by the caller and by whoever is free, and returns when all have
    /// come to their end. They begin in their order. A piece may call run() itself; several threads may call it at
    /// once. After one has thrown no further one begins; the exception of the lowest is thrown.
    ///
    /// A single piece is called as it is, with all that the caller may use. Of several each has one thread for itself,
    /// also where there is but one to run them: see set_solo().
    void run(std::int64_t count, const std::function<void(std::int64_t)>& piece);

    /// What a thread does before the first piece that it runs and, with the number that it got, behind the last: there
    /// a library of numerics is told to use one thread. Given once, while nothing runs.
    struct Solo {
        int (*begin)();
        void (*end)(int was);
    };
    static void set_solo(Solo solo);

  private:
    class Crew;
    std::unique_ptr<Crew> crew_;
};

}  // namespace gw

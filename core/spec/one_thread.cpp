#include "spec/one_thread.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <mutex>

#include "util/task_pool.h"

namespace gw {

namespace {

/// A function of a library that LibTorch brought along; null where it brought another. Looked for by name, since which
/// OpenMP and which BLAS there are is LibTorch's affair, and none of them is linked here.
template <class Function>
Function brought(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

/// OpenBLAS where it has threads of its own: their number is one for the whole process. While anybody is within a
/// piece it is one; a product beside it then has one thread too, whose result is the same.
class OwnThreadsOfBlas {
  public:
    OwnThreadsOfBlas() {
        constexpr int pthreads = 1;  // of openblas_get_parallel(): 0 none, 1 its own, 2 OpenMP
        const auto sort = brought<int (*)()>("openblas_get_parallel");
        if (!sort || sort() != pthreads) return;
        get_ = brought<int (*)()>("openblas_get_num_threads");
        set_ = brought<void (*)(int)>("openblas_set_num_threads");
    }
    void begin() {
        if (!get_ || !set_) return;
        const std::lock_guard lock(mutex_);
        if (within_++ > 0) return;
        before_ = get_();
        set_(1);
    }
    void end() {
        if (!get_ || !set_) return;
        const std::lock_guard lock(mutex_);
        if (--within_ == 0) set_(before_);
    }

  private:
    int (*get_)() = nullptr;
    void (*set_)(int) = nullptr;
    std::mutex mutex_;
    int within_ = 0, before_ = 1;
};

OwnThreadsOfBlas& own_threads_of_blas() {
    static OwnThreadsOfBlas blas;
    return blas;
}

void set_threads_here(int openmp, int mkl) {
    static const auto of_openmp = brought<void (*)(int)>("omp_set_num_threads");
    static const auto of_mkl = brought<int (*)(int)>("MKL_Set_Num_Threads_Local");
    if (of_openmp) of_openmp(openmp);
    if (of_mkl) (void)of_mkl(mkl);
}

int begin_alone() {
    // A thread takes LibTorch's number over at its first operation: that must lie behind it, or it would undo this.
    at::internal::lazy_init_num_threads();
    const int was = at::get_num_threads();
    set_threads_here(1, 1);
    own_threads_of_blas().begin();
    return was;
}

void end_alone(int was) {
    own_threads_of_blas().end();
    set_threads_here(was, /*mkl: as the process has it=*/0);
}

}  // namespace

void use_threads(int threads) {
    at::set_num_threads(threads);  // LibTorch's own default is one thread in a program without Python
    static std::once_flag once;
    std::call_once(once, [] { TaskPool::set_solo({begin_alone, end_alone}); });
    TaskPool::shared().set_threads(threads);
}

}  // namespace gw

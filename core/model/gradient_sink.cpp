#include "model/gradient_sink.h"

namespace gw {

namespace {
thread_local GradientSink* current_sink = nullptr;
}  // namespace

GradientSink* GradientSink::current() {
    return current_sink;
}

GradientSink::Use::Use(GradientSink& sink) : before_(current_sink) {
    current_sink = &sink;
}

GradientSink::Use::~Use() {
    current_sink = before_;
}

}  // namespace gw

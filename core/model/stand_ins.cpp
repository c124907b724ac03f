#include "model/stand_ins.h"

namespace gw {

namespace {
thread_local StandIns* current_stand_ins = nullptr;
}  // namespace

StandIns* StandIns::current() {
    return current_stand_ins;
}

StandIns::Use::Use(StandIns& all) : before_(current_stand_ins) {
    current_stand_ins = &all;
}

StandIns::Use::~Use() {
    current_stand_ins = before_;
}

}  // namespace gw

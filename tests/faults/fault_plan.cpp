#include "faults/fault_plan.h"

#include <cerrno>

namespace gw::test {

std::string_view FaultPlan::text(Fault fault) {
    switch (fault) {
        case Fault::no_space:
            return "no space";
        case Fault::quota:
            return "quota";
        case Fault::broken:
            return "I/O error";
        case Fault::short_write:
            return "short write";
    }
    return "";
}

void FaultPlan::begin(Fault fault, long at, bool lasting) {
    heal();
    fault_ = fault;
    lasting_ = lasting;
    calls_ = failed_ = 0;
    at_ = at;
}

bool FaultPlan::can_fail(DiskCall call) const {
    switch (fault_) {
        case Fault::broken:
            return true;
        case Fault::short_write:
            return call == DiskCall::write;
        default:
            return call == DiskCall::open || call == DiskCall::write || call == DiskCall::sync ||
                   call == DiskCall::close || call == DiskCall::link || call == DiskCall::rename ||
                   call == DiskCall::make_folder;
    }
}

int FaultPlan::next(DiskCall call) {
    if (!can_fail(call)) return 0;
    const long number = ++calls_;
    const long at = at_;
    if (at == 0 || number < at || (number > at && !lasting_)) return 0;
    ++failed_;
    return fault_ == Fault::broken ? EIO : fault_ == Fault::quota ? EDQUOT : ENOSPC;
}

int FaultPlan::next_write(std::size_t size, std::size_t& takes) {
    takes = size;
    if (fault_ != Fault::short_write) return next(DiskCall::write);
    const long number = ++calls_;
    const long at = at_;
    if (at == 0 || number < at) return 0;
    if (number == at && size > 1) {
        ++failed_;
        takes = size / 2;
        return 0;
    }
    if (number > at + 1 && !lasting_) return 0;
    ++failed_;
    return ENOSPC;
}

}  // namespace gw::test

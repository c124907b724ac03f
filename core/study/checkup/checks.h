#pragma once
#include "study/checkup/checkup.h"

namespace gw {

/// A check with what it does; told how far it is.
struct Check {
    CheckSheet sheet;
    std::function<CheckFinding(const CheckupRequest&, const std::function<void(double)>& share)> look;
};

Check first_loss_check();
Check gradients_check();
Check weights_check();
Check one_batch_check();
Check rate_check();
Check labels_check();

}  // namespace gw

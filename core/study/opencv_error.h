#pragma once
#include <opencv2/core.hpp>

#include "train/guard/engine_error.h"

namespace gw {

/// As caught(), for work that OpenCV does a part of.
template <class Work>
auto caught_of_opencv(const Work& work) -> decltype(work()) {
    try {
        return caught(work);
    } catch (const cv::Exception& problem) {
        if (problem.code == cv::Error::StsNoMem)
            return Error{Error::Code::out_of_memory, "Ran out of memory", "Take fewer rows", {}};
        return Error{Error::Code::internal, "OpenCV could not do this: " + problem.err, "Take other rows", {}};
    }
}

}  // namespace gw

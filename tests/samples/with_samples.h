#pragma once
#include <span>
#include <vector>

// The kinds of tests/samples are what CONTRIBUTING.md asks of a new kind: one file each, in the folder of its room, and
// a line in each of the two files of its family's catalogue. The suites over every kind run over them as well.
namespace gw::test {

template <class KindType>
std::vector<KindType> with_samples(std::span<const KindType> listed, std::vector<KindType> samples) {
    samples.insert(samples.begin(), listed.begin(), listed.end());
    return samples;
}

}  // namespace gw::test

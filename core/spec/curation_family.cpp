#include "spec/curation_family.h"

#include "data/curation/step.h"

namespace gw {

const Family& curation_family() {
    static const Family family = [] {
        Family out{"curation", "Curation", "Steps that clean text before it is learnt from.", {}};
        for (const CurationKind& kind : curation_kinds()) out.kinds.push_back(&kind);
        return out;
    }();
    return family;
}

}  // namespace gw

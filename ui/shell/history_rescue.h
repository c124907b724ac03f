#pragma once
#include <QObject>

#include "util/files.h"
#include "util/result.h"

namespace gw::ui {

/// What a person is offered where the history of a workspace does not open: the newest backup, or to make it again from
/// the folders of its runs.
class HistoryRescue : public QObject {
    Q_OBJECT
  public:
    /// Asks and does what was chosen, in the background, with a dialog that shows how far it is; says then what became
    /// of it. True when there is a history again that may be opened. Only where history_is_lost().
    static bool offer(const fs::path& folder, const Error& error);
};

}  // namespace gw::ui

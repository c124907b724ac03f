#pragma once

namespace gw::ui {

/// The program `groundwork`: reads its arguments, opens the workspace and shows the window; returns the exit status.
int runApplication(int argc, char** argv);

}  // namespace gw::ui

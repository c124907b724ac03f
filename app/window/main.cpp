#include <csignal>

#include "ui/shell/application.h"
#include "util/allocator.h"

int main(int argc, char** argv) {
    gw::keep_freed_memory();
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is an error of the write, as a full disk is
    return gw::ui::runApplication(argc, argv);
}

#include "ui/application.h"
#include "util/allocator.h"

int main(int argc, char** argv) {
    gw::keep_freed_memory();
    return gw::ui::runApplication(argc, argv);
}

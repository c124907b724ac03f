#include "ui/application.h"

int main(int argc, char** argv) { return gw::ui::runApplication(argc, argv); }

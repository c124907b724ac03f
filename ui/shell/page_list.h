#pragma once
#include <functional>
#include <vector>

#include "ui/page.h"

namespace gw::ui {

/// One page of the rail.
struct PageEntry {
    QString id, title, icon;
    std::function<Page*(Workbench&)> make;
};

/// All pages in the order of the rail: a new page is its two files and a line here.
std::vector<PageEntry> pageList();

}  // namespace gw::ui

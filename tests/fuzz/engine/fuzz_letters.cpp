#include "fuzz/fuzz.h"
#include "workspace/record/orders.h"

/// What lies in the folder of letters to a run.
GW_FUZZ(letters) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    fs::create_directories(folder.path() / "orders");
    folder.put("orders/00000001.json", input);
    for (const Json& order : take_orders(folder.path())) fuzz::must(order.is_object());
}

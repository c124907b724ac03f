#include "data/reckoned.h"

#include <gtest/gtest.h>

#include "data/tables/cell_texts.h"
#include "util/result.h"

namespace gw {
namespace {

TEST(Reckoned, AValueBeyondWhatAModelReckonsWithIsNamed) {
    EXPECT_EQ(reckoned(5, 1, 2, "x"), 2.0F);
    for (const double value : {1e39, -1e39, 1e300}) {
        try {
            (void)reckoned(value, 0, 1, "height");
            FAIL() << value;
        } catch (const Failure& failure) {
            EXPECT_EQ(failure.error().code, Error::Code::bad_data);
            EXPECT_EQ(failure.error().where.front(), "column height");
        }
    }
    EXPECT_EQ(reckoned(1e39, 0, 1e38, "x"), 10.0F);
}

TEST(Reckoned, NumbersKeepTheDigitsThatTellThemApart) {
    EXPECT_EQ(fine_number(0.25, 1), "0.25");
    EXPECT_EQ(fine_number(1234.5678, 1000), "1234.57");
    EXPECT_EQ(fine_number(139.691706, 0.0005), "139.691706");
    EXPECT_EQ(fine_number(1700000123, 1500), "1700000123");
    EXPECT_EQ(fine_number(0, 0), "0");
}

}  // namespace
}  // namespace gw

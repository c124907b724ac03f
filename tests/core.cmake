# Everything that needs no LibTorch: quick to link, quick to run.
file(GLOB core_test_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/core/*_test.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/data/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/data/text/*.cpp)
add_executable(core_tests ${core_test_sources})
target_include_directories(core_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(core_tests PRIVATE GROUNDWORK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
target_link_libraries(core_tests PRIVATE gw_data gw_artifact gw_compare GTest::gtest_main GTest::gmock)
gw_together(core_tests 6)
gtest_discover_tests(core_tests TEST_PREFIX core. DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
add_dependencies(core_tests groundwork-tokenizer groundwork-cli)

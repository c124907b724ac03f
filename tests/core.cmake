# Everything that needs no LibTorch: quick to link, quick to run.
file(GLOB core_test_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/core/*_test.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/data/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/data/text/*.cpp)
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/*.cpp)
list(APPEND core_test_sources ${fuzz_sources})
# What concerns the rooms that read what others wrote is tested in memory_tests, under sanitizers, and not here a second time: left are the
# tests of other rooms, and those that run the programs or read the sources.
set(gw_beyond_readers "/(cli.*|cost|store.*|compare|scaling_fit|diagnosis|pilot_report|run_filter|walls|format|checklists|kind_names|tokenize|every_tokenizer|subprocess)_test\\.cpp$")
set(reader_tests ${core_test_sources})
list(FILTER reader_tests EXCLUDE REGEX ${gw_beyond_readers})
if(NOT GROUNDWORK_SANITIZE AND NOT CMAKE_CROSSCOMPILING)
  list(FILTER core_test_sources INCLUDE REGEX ${gw_beyond_readers})
endif()
add_executable(core_tests ${core_test_sources})
target_include_directories(core_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(core_tests PRIVATE GROUNDWORK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
target_compile_options(core_tests PRIVATE -O0)  # optimised it compiles a third longer, and what it tests stays optimised
target_link_libraries(core_tests PRIVATE gw_data gw_artifact gw_compare GTest::gtest_main GTest::gmock)
gw_together(core_tests 6)
gtest_discover_tests(core_tests TEST_PREFIX core. DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
add_dependencies(core_tests groundwork-tokenizer groundwork-cli)

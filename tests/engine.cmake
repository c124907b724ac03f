# One program for everything that needs LibTorch.
file(GLOB engine_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/engine/*_test.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/model/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/model/backbones/*.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/objective/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/samples/core/optim/*.cpp)
file(GLOB fuzz_of_engine CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/engine/*.cpp)
list(APPEND engine_tests ${fuzz_of_engine} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/every_parser_test.cpp ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/seeds.cpp)
add_executable(engine_tests ${engine_tests})
target_include_directories(engine_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(engine_tests PRIVATE gw_workspace gw_compare GTest::gmock GTest::gtest_main)
target_precompile_headers(engine_tests REUSE_FROM gw_torch_pch)
gw_together(engine_tests 8)
add_dependencies(engine_tests groundwork-tokenizer groundwork-cli)
target_compile_definitions(engine_tests PRIVATE GROUNDWORK_SOURCE="${CMAKE_SOURCE_DIR}")
gw_discover_suites(engine_tests engine. 600)

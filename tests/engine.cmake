# One program for everything that needs LibTorch; each suite is a test of its own, so that ctest can run two at once.
file(GLOB engine_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/engine/*_test.cpp)
add_executable(engine_tests ${engine_tests})
target_include_directories(engine_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(engine_tests PRIVATE gw_workspace GTest::gmock GTest::gtest_main)
target_precompile_headers(engine_tests REUSE_FROM gw_torch_pch)
add_dependencies(engine_tests groundwork-tokenizer)
target_compile_definitions(engine_tests PRIVATE GROUNDWORK_SOURCE="${CMAKE_SOURCE_DIR}")
foreach(suite Gradients Reference Optimizers Schedules Objectives Evaluation Generation Declarations Spec Training Resume Hosts)
  add_test(NAME engine.${suite} COMMAND engine_tests --gtest_filter=${suite}.*:*/${suite}.*)
  set_tests_properties(engine.${suite} PROPERTIES
    ENVIRONMENT "GROUNDWORK_TOKENIZER=$<TARGET_FILE:groundwork-tokenizer>;GROUNDWORK_RESOURCES=${CMAKE_SOURCE_DIR}/resources"
    TIMEOUT 600)
endforeach()

# The window's tests, without a display and with settings of their own.
if(GROUNDWORK_GUI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
  set(CMAKE_AUTOMOC ON)
  add_executable(ui_tests ui/main.cpp ui/forms_test.cpp ui/table_test.cpp ui/plots_test.cpp ui/window_test.cpp)
  target_include_directories(ui_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(ui_tests PRIVATE gw_ui Qt6::Test)
  add_dependencies(ui_tests groundwork-tokenizer)
  foreach(suite Forms Table Plots Window)
    add_test(NAME ui.${suite} COMMAND ui_tests ${suite})
    set_tests_properties(ui.${suite} PROPERTIES TIMEOUT 300 ENVIRONMENT
      "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;GROUNDWORK_TOKENIZER=$<TARGET_FILE:groundwork-tokenizer>;GROUNDWORK_RESOURCES=${CMAKE_SOURCE_DIR}/resources")
  endforeach()
endif()
if(GROUNDWORK_GUI)
  # Not a test: `cmake --build --preset ci --target compare_bench`, then see its head for how to call it.
  add_executable(compare_bench EXCLUDE_FROM_ALL bench/compare_bench.cpp)
  target_link_libraries(compare_bench PRIVATE gw_ui Qt6::Test)
endif()

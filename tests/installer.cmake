# What is installed: every component into a prefix of its own, and started from there.
if(NOT GROUNDWORK_SANITIZE)
  add_test(NAME installer.Tree COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/installer/tree.sh
    ${CMAKE_COMMAND} ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR} ${PROJECT_VERSION} $<IF:$<BOOL:${GROUNDWORK_GUI}>,ON,OFF>)
  set_tests_properties(installer.Tree PROPERTIES TIMEOUT 300)
endif()

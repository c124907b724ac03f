# gw_discover_suites(target prefix timeout): one ctest entry for each suite of a googletest program, named prefix.Suite. A program
# that links LibTorch takes most of a second to start, which an entry for each test would pay hundreds of times.
if(CMAKE_SCRIPT_MODE_FILE)
  execute_process(COMMAND "${PROGRAM}" --gtest_list_tests OUTPUT_VARIABLE listed RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "${PROGRAM} does not list its tests: ${failed}")
  endif()
  string(REGEX MATCHALL "(^|\n)[A-Za-z_][A-Za-z0-9_/]*\\." suites "${listed}")
  set(entries "")
  foreach(suite ${suites})
    string(REGEX REPLACE "^\n|\\.$" "" suite "${suite}")
    string(APPEND entries "add_test([==[${PREFIX}${suite}]==] \"${PROGRAM}\" \"--gtest_filter=${suite}.*\")\n"
      "set_tests_properties([==[${PREFIX}${suite}]==] PROPERTIES TIMEOUT ${TIMEOUT})\n")
  endforeach()
  file(WRITE "${OUT}" "${entries}")
  return()
endif()

set(gw_suites_script ${CMAKE_CURRENT_LIST_FILE})
function(gw_discover_suites target prefix timeout)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}_suites.cmake)
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM
    COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${target}> -D PREFIX=${prefix} -D TIMEOUT=${timeout} -D OUT=${out} -P ${gw_suites_script})
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake
    "if(EXISTS \"${out}\")\n  include(\"${out}\")\nelse()\n  add_test(${target}_NOT_BUILT ${target}_NOT_BUILT)\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake)
endfunction()

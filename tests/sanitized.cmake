# A part of the suite under sanitizers that is small enough for every run: the rooms that need no LibTorch, compiled a second time. The whole
# suite under them is the presets asan and tsan.
if(NOT GROUNDWORK_SANITIZE AND NOT CMAKE_CROSSCOMPILING)
  function(gw_sources_of out)
    set(all "")
    foreach(room ${ARGN})
      get_target_property(sources gw_${room} SOURCES)
      list(APPEND all ${sources})
    endforeach()
    set(${out} ${all} PARENT_SCOPE)
  endfunction()

  function(gw_sanitized name sanitizer)
    add_executable(${name} ${ARGN})
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/core)
    target_compile_definitions(${name} PRIVATE GROUNDWORK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_compile_options(${name} PRIVATE -fsanitize=${sanitizer} -fno-sanitize-recover=all -fno-omit-frame-pointer -O0 -g1)  # optimised it compiles twice as long
    target_link_options(${name} PRIVATE -fsanitize=${sanitizer})
    target_link_libraries(${name} PRIVATE gw_flags nlohmann_json::nlohmann_json OpenSSL::Crypto Threads::Threads spdlog::spdlog SQLiteCpp
      SQLite::SQLite3 PkgConfig::UTF8PROC ZLIB::ZLIB JPEG::JPEG PNG::PNG LibArchive::LibArchive csv ${CMAKE_DL_LIBS} GTest::gtest_main GTest::gmock)
    gw_together(${name} 8)
    gw_discover_suites(${name} ${name}. 300)
  endfunction()

  # The rooms that read what others wrote.
  gw_sources_of(readers util schema tokenize data artifact)
  gw_sanitized(memory_tests address,undefined ${readers} ${reader_tests})  # the tests: see core.cmake

  gw_sources_of(lanes util schema store)
  set(core ${CMAKE_SOURCE_DIR}/core)
  gw_sanitized(thread_tests thread ${lanes} ${core}/train/hosts.cpp ${core}/train/messages.cpp ${core}/train/knobs.cpp
    ${core}/workspace/journal.cpp ${core}/workspace/run_journal_file.cpp ${core}/workspace/mailbox.cpp ${core}/workspace/run_log.cpp ${core}/workspace/alert_watch.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/core/store_writer_test.cpp ${CMAKE_CURRENT_SOURCE_DIR}/engine/mailbox_test.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/threads/lanes_test.cpp)
endif()

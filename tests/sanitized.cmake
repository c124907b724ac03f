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

  # gw_sanitized(name sanitizer SOURCE... [PLAIN SOURCE...]): those after PLAIN are not watched themselves, which halves the time they take to
  # compile; of templates that both use, the linker keeps the watched ones, which come first.
  function(gw_sanitized name sanitizer)
    cmake_parse_arguments(WATCH "" "" "PLAIN" ${ARGN})
    add_executable(${name} ${WATCH_UNPARSED_ARGUMENTS})
    set_target_properties(${name} PROPERTIES AUTOMOC OFF)
    target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/core)
    target_compile_definitions(${name} PRIVATE GROUNDWORK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_compile_options(${name} PRIVATE -fsanitize=${sanitizer} -fno-sanitize-recover=all -fno-omit-frame-pointer -O0 -g1)  # optimised it compiles twice as long
    target_link_options(${name} PRIVATE -fsanitize=${sanitizer})
    target_link_libraries(${name} PRIVATE gw_flags nlohmann_json::nlohmann_json OpenSSL::Crypto Threads::Threads spdlog::spdlog SQLiteCpp
      SQLite::SQLite3 PkgConfig::UTF8PROC ZLIB::ZLIB JPEG::JPEG PNG::PNG LibArchive::LibArchive csv ${CMAKE_DL_LIBS} GTest::gtest_main GTest::gmock)
    gw_together(${name} 8)
    if(WATCH_PLAIN)
      add_library(${name}_plain OBJECT ${WATCH_PLAIN})
      set_target_properties(${name}_plain PROPERTIES AUTOMOC OFF)
      target_include_directories(${name}_plain PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/core)
      target_compile_definitions(${name}_plain PRIVATE GROUNDWORK_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
      target_compile_options(${name}_plain PRIVATE -O0)
      get_target_property(links ${name} LINK_LIBRARIES)
      target_link_libraries(${name}_plain PRIVATE ${links})
      target_sources(${name} PRIVATE $<TARGET_OBJECTS:${name}_plain>)
      gw_together(${name}_plain 8)
    endif()
    gw_discover_suites(${name} ${name}. 300)
  endfunction()

  # The rooms that read what others wrote.
  gw_sources_of(readers util schema tokenize data artifact)
  gw_sanitized(memory_tests address,undefined ${readers} PLAIN ${reader_tests})  # the tests: see core.cmake

  gw_sources_of(lanes util schema store)
  set(core ${CMAKE_SOURCE_DIR}/core)
  gw_sanitized(thread_tests thread ${lanes} ${core}/artifact/run_files.cpp ${core}/train/host/hosts.cpp ${core}/train/message/messages.cpp ${core}/train/message/knobs.cpp
    ${core}/workspace/record/journal.cpp ${core}/workspace/record/run_journal_file.cpp ${core}/workspace/record/mailbox.cpp ${core}/workspace/record/run_log.cpp ${core}/workspace/record/alert_watch.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/core/store_writer_test.cpp ${CMAKE_CURRENT_SOURCE_DIR}/engine/mailbox_test.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/core/task_pool_test.cpp ${CMAKE_CURRENT_SOURCE_DIR}/threads/lanes_test.cpp)
endif()

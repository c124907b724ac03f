# One static library a room. The walls of the design are these link lines: a room sees only what it links.

add_library(gw_flags INTERFACE)
target_compile_features(gw_flags INTERFACE cxx_std_20)
target_compile_options(gw_flags INTERFACE -Wall -Wextra -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(gw_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)  # false alarms inside std::string and std::variant (GCC bugs 105651, 105562)
endif()
target_compile_definitions(gw_flags INTERFACE GROUNDWORK_VERSION="${PROJECT_VERSION}")
if(GROUNDWORK_SANITIZE)
  target_compile_options(gw_flags INTERFACE -fsanitize=${GROUNDWORK_SANITIZE} -fno-omit-frame-pointer -g)
  target_link_options(gw_flags INTERFACE -fsanitize=${GROUNDWORK_SANITIZE})
endif()

# For programs that link Qt: Debian's LibTorch brings Qt 5 along, and an inline function of Qt 6 that the compiler left out of line would be
# taken by Qt 5's libraries for their own. What a program does not export nobody can take.
function(gw_exports_nothing program)
  target_link_options(${program} PRIVATE "LINKER:--version-script=${CMAKE_SOURCE_DIR}/cmake/no_exports.map")
endfunction()

# Every file reads the same heavy headers (LibTorch, JSON, Qt, GoogleTest) and instantiates the same templates again; several files in one
# do so once, which more than halves a build from nothing. Names in anonymous namespaces of neighbours must differ therefore. More than
# about a dozen leave the cores uneven work at the end and ask for gigabytes of memory each.
option(GROUNDWORK_UNITY "Compile several files of a room at once: fastest from nothing; OFF is better while working on a few files" ON)
function(gw_together target files)
  if(GROUNDWORK_UNITY)
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)  # a file's own names seem to lie in a header here
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${files})
  endif()
endfunction()

# For what waits for people, files and databases and holds no loop over numbers: in Release it is optimised for the time that a build takes.
function(gw_waits target)
  if(CMAKE_CXX_FLAGS_RELEASE MATCHES "-O[23]")  # what was asked to be less stays so
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
endfunction()

# gw_room(name [TORCH] [WAITS] LINKS gw_util ...): every file of the folder, so that a new kind needs no line here.
function(gw_room name)
  cmake_parse_arguments(ROOM "TORCH;WAITS" "" "LINKS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(gw_${name} STATIC ${sources})
  target_include_directories(gw_${name} PUBLIC ${CMAKE_SOURCE_DIR}/core)
  target_link_libraries(gw_${name} PUBLIC gw_flags ${ROOM_LINKS})
  gw_together(gw_${name} 10)
  if(ROOM_WAITS)
    gw_waits(gw_${name})
  endif()
  if(ROOM_TORCH)
    target_link_libraries(gw_${name} PUBLIC gw_torch)
    target_precompile_headers(gw_${name} REUSE_FROM gw_torch_pch)
  endif()
endfunction()

# LibTorch as the target gw_torch, its headers precompiled once in gw_torch_pch.
# Debian's package is found as it is; another one (2.x, CUDA) through CMAKE_PREFIX_PATH.
find_package(Torch REQUIRED)

add_library(gw_torch INTERFACE)
target_include_directories(gw_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(gw_torch INTERFACE ${TORCH_LIBRARIES})
if(TARGET torch_cuda)
  target_compile_definitions(gw_torch INTERFACE GROUNDWORK_CUDA)
endif()
# The vendor's builds may use the old string ABI; all our objects must then use it too.
if(TORCH_CXX_FLAGS)
  separate_arguments(torch_flags UNIX_COMMAND "${TORCH_CXX_FLAGS}")
  target_compile_options(gw_flags INTERFACE ${torch_flags})
endif()

# The vendor's libraries export a std::filesystem of their own, of another compiler's making, and remove_all() taken from there calls into
# nothing. Whoever names the C++ library first gets that of the system.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_link_options(gw_flags INTERFACE "SHELL:-Wl,--push-state,--no-as-needed -lstdc++ -Wl,--pop-state")
endif()

if(NOT EXISTS ${CMAKE_BINARY_DIR}/torch_pch.cpp)
  file(WRITE ${CMAKE_BINARY_DIR}/torch_pch.cpp "")  # written once: a newer file would compile all headers again
endif()
add_library(gw_torch_pch STATIC ${CMAKE_BINARY_DIR}/torch_pch.cpp)
target_link_libraries(gw_torch_pch PUBLIC gw_flags gw_torch nlohmann_json::nlohmann_json)
# Not <torch/torch.h>: its modules, data loaders and scripts, which nothing here uses, are instantiated again in every file that sees them
# (GCC keeps such work out of a precompiled header): 13 s of a processor a file, against 5 s for what follows.
set(torch_headers <queue> <torch/types.h> <torch/autograd.h> <torch/utils.h> <nlohmann/json.hpp>)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  list(PREPEND torch_headers <ATen/core/ivalue.h>)  # it looks into c10::List<IValue> as soon as it sees it
endif()
target_precompile_headers(gw_torch_pch PUBLIC ${torch_headers})

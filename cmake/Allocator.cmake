# Training allocates and frees thousands of tensors a step in several threads, which wait for each other in glibc's malloc.
# A program that trains is linked with jemalloc where there is one; sanitizers bring an allocator of their own.
find_library(JEMALLOC_LIBRARY jemalloc)
mark_as_advanced(JEMALLOC_LIBRARY)
function(gw_allocates program)
  if(JEMALLOC_LIBRARY AND NOT GROUNDWORK_SANITIZE AND NOT WIN32)
    # Nothing names a symbol of it: without this the linker would leave it out. In one piece, for CMake drops the second of two options that
    # are alike, and another library is kept in the same way.
    target_link_options(${program} PRIVATE "SHELL:-Wl,--push-state,--no-as-needed ${JEMALLOC_LIBRARY} -Wl,--pop-state")
  endif()
endfunction()

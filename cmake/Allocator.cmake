# Training allocates and frees thousands of tensors a step in several threads, which wait for each other in glibc's malloc.
# A program that trains is linked with jemalloc where there is one; sanitizers bring an allocator of their own.
find_library(JEMALLOC_LIBRARY jemalloc)
mark_as_advanced(JEMALLOC_LIBRARY)
function(gw_allocates program)
  if(JEMALLOC_LIBRARY AND NOT GROUNDWORK_SANITIZE AND NOT WIN32)
    # Nothing names a symbol of it: without this the linker would leave it out.
    target_link_options(${program} PRIVATE LINKER:--push-state,--no-as-needed ${JEMALLOC_LIBRARY} LINKER:--pop-state)
  endif()
endfunction()

if(FEEDMUX_SANITIZE)
  add_compile_options(-fsanitize=${FEEDMUX_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # Clang's check of the types of called functions exports them from plugins, which may export their
  # descriptor only.
  if(FEEDMUX_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID MATCHES Clang)
    add_compile_options(-fno-sanitize=function)
  endif()
  add_link_options(-fsanitize=${FEEDMUX_SANITIZE})
endif()
if(FEEDMUX_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang OR NOT FEEDMUX_SANITIZE)
    message(FATAL_ERROR "FEEDMUX_FUZZ needs Clang and sanitizers: use the preset asan")
  endif()
  # Lets the fuzz targets see which ways an input takes through the libraries that they link.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

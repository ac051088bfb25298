if(FEEDMUX_SANITIZE)
  add_compile_options(-fsanitize=${FEEDMUX_SANITIZE} -fno-omit-frame-pointer)
  # GCC warns that TSan does not see fences. Asio has some, and locks beside them.
  if(FEEDMUX_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-tsan)
  endif()
  add_link_options(-fsanitize=${FEEDMUX_SANITIZE})
endif()

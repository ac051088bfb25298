if(FEEDMUX_SANITIZE)
  add_compile_options(-fsanitize=${FEEDMUX_SANITIZE} -fno-omit-frame-pointer -O1)
  add_link_options(-fsanitize=${FEEDMUX_SANITIZE})
endif()

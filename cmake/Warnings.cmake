add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wcast-qual
                    "$<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor;-Woverloaded-virtual>")
if(FEEDMUX_WERROR)
  add_compile_options(-Werror)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wcast-qual
                    "$<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor;-Woverloaded-virtual>")
# In a unity build every file is included by another, where GCC takes it for a header.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>")
endif()
if(FEEDMUX_WERROR)
  add_compile_options(-Werror)
endif()

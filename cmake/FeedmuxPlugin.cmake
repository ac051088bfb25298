# feedmux_add_plugin(NAME SOURCES file... [LINK target...])
#
# Builds the plugin library NAME (role and subject: sink_kafka). It sees the SDK and nothing of the
# engine, exports the one symbol of FEEDMUX_PLUGIN, and fails to link if a symbol is missing.
# In the feedmux tree it is put where the engine looks; elsewhere, point `engine.plugin_dirs` or
# FEEDMUX_PLUGIN_PATH at its folder, or install it to ${FEEDMUX_PLUGIN_DIR}.
function(feedmux_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "feedmux_add_plugin(NAME SOURCES file... [LINK target...])")
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE feedmux::sdk ${arg_LINK})
  set_target_properties(${name} PROPERTIES
    PREFIX ""
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/feedmux)
  # A sanitizer's runtime comes with the executable, so its symbols may stay open.
  if(NOT FEEDMUX_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()
  # Hidden visibility does not reach templates of the standard library and static libraries.
  set(exports ${CMAKE_CURRENT_BINARY_DIR}/${name}.exports)
  file(CONFIGURE OUTPUT ${exports} CONTENT "{ global: feedmux_plugin; local: *; };\n")
  target_link_options(${name} PRIVATE -Wl,--version-script=${exports})
  set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${exports})
endfunction()

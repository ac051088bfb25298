# `cmake --install` gives a tree that works wherever it is put: bin/feedmux finds lib/feedmux beside
# it, and find_package(feedmux) finds the SDK, feedmux_add_plugin and the contract suite. The examples
# of the guide for plugin authors are there to be copied.
include(CMakePackageConfigHelpers)
set(package_dir lib/cmake/feedmux)

install(TARGETS feedmux RUNTIME DESTINATION bin)
install(TARGETS feedmux_contract EXPORT feedmuxTargets RUNTIME DESTINATION bin)
install(TARGETS ${FEEDMUX_PLUGINS} LIBRARY DESTINATION lib/feedmux)
install(DIRECTORY sdk/include/ DESTINATION include)
install(DIRECTORY sdk/testing/include/ DESTINATION include)
install(DIRECTORY config/ DESTINATION share/feedmux/config)
install(DIRECTORY sdk/examples/ DESTINATION share/feedmux/examples USE_SOURCE_PERMISSIONS)

install(TARGETS feedmux_sdk feedmux_testing EXPORT feedmuxTargets)
install(EXPORT feedmuxTargets NAMESPACE feedmux:: DESTINATION ${package_dir})
configure_package_config_file(cmake/feedmuxConfig.cmake.in
  ${CMAKE_BINARY_DIR}/feedmuxConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/feedmuxConfigVersion.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES
  ${CMAKE_BINARY_DIR}/feedmuxConfig.cmake
  ${CMAKE_BINARY_DIR}/feedmuxConfigVersion.cmake
  cmake/FeedmuxContractTest.cmake
  cmake/FeedmuxPlugin.cmake
  DESTINATION ${package_dir})

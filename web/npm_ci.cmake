# cmake -DNPM=... -P npm_ci.cmake: makes web/node_modules what package-lock.json says, if it is not.
# Builds in several build folders may do so at the same time; one works, the others wait.
cmake_path(GET CMAKE_SCRIPT_MODE_FILE PARENT_PATH web)
set(stamp ${web}/node_modules/.package-lock.sha256)
file(SHA256 ${web}/package-lock.json wanted)

file(LOCK ${web}/.npm-ci.lock GUARD PROCESS TIMEOUT 900)
if(EXISTS ${stamp})
  file(READ ${stamp} installed)
  if(installed STREQUAL wanted)
    return()
  endif()
endif()
execute_process(
  COMMAND ${NPM} ci --no-audit --no-fund --loglevel=error
  WORKING_DIRECTORY ${web}
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR
    "npm ci in ${web} failed; it needs its registry, or a cache that has everything:\n${output}")
endif()
file(WRITE ${stamp} ${wanted})

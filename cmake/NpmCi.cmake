# cmake -DNPM=... -DFOLDER=... -P NpmCi.cmake: makes FOLDER/node_modules what its package-lock.json
# says, if it is not.
# Builds in several build folders may do so at the same time; one works, the others wait.
set(stamp ${FOLDER}/node_modules/.package-lock.sha256)
file(SHA256 ${FOLDER}/package-lock.json wanted)

file(LOCK ${FOLDER}/.npm-ci.lock GUARD PROCESS TIMEOUT 900)
if(EXISTS ${stamp})
  file(READ ${stamp} installed)
  if(installed STREQUAL wanted)
    return()
  endif()
endif()
execute_process(
  COMMAND ${NPM} ci --no-audit --no-fund --loglevel=error
  WORKING_DIRECTORY ${FOLDER}
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR
    "npm ci in ${FOLDER} failed; it needs its registry, or a cache that has everything:\n${output}")
endif()
file(WRITE ${stamp} ${wanted})

# feedmux_add_contract_test(PLUGIN [NAME name] [OPTIONS name=value...] [TICKERS ticker...]
#                           [WITHIN command...])
#
# Registers the contract suite for a plugin target with ctest, as contract.<name>; name is the
# target unless given. OPTIONS as `feedmux-contract --help` says, {port} included. WITHIN is a
# command that runs the suite as its arguments, for a plugin that needs a server.
function(feedmux_add_contract_test plugin)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME" "OPTIONS;TICKERS;WITHIN")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "feedmux_add_contract_test: unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_NAME)
    set(arg_NAME ${plugin})
  endif()
  set(arguments $<TARGET_FILE:${plugin}>)
  foreach(option IN LISTS arg_OPTIONS)
    list(APPEND arguments --option ${option})
  endforeach()
  if(arg_TICKERS)
    list(JOIN arg_TICKERS "," tickers)
    list(APPEND arguments --tickers ${tickers})
  endif()
  add_test(NAME contract.${arg_NAME}
    COMMAND ${arg_WITHIN} $<TARGET_FILE:feedmux::contract> ${arguments})
  set_tests_properties(contract.${arg_NAME} PROPERTIES TIMEOUT 300)
endfunction()

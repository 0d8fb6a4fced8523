# -D host=<haft_glue_host> -D library=<weather.so>: a host loads and calls what, perhaps, a newer compiler has built. Tells aloud where the
# host is not there.
if(NOT EXISTS ${host})
    message("skipped: ${host} is not there; build the preset dev first")
    return()
endif()
execute_process(COMMAND ${host} ${library} [[{"api_key": "sesame"}]] weather.get [[{"city": "Oslo"}]]
    OUTPUT_VARIABLE said ERROR_VARIABLE wrong RESULT_VARIABLE status)
string(STRIP "${said}" said)
if(NOT status EQUAL 0 OR NOT said STREQUAL [["Weather in Oslo (sesame)"]])
    message(FATAL_ERROR "exit ${status}: ${said}\n${wrong}")
endif()
message("right")

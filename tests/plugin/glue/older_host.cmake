# -D host=<haft> -D library=<weather.so> -D folder=<place>: the command, built by an older compiler, loads and calls what a newer one has
# built. Tells aloud where the command is not there.
if(NOT EXISTS ${host})
    message("skipped: ${host} is not there; build the preset dev first")
    return()
endif()
file(REMOVE_RECURSE ${folder})
file(MAKE_DIRECTORY ${folder}/plugins)
file(CHMOD ${folder} ${folder}/plugins PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
file(COPY ${library} DESTINATION ${folder}/plugins FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
execute_process(
    COMMAND ${CMAKE_COMMAND} -E env HOME=${folder} XDG_DATA_DIRS=${folder}/nothing ${host} --plugins plugins --set plugin.weather.api_key=sesame
        call weather.get [[{"city": "Oslo"}]]
    WORKING_DIRECTORY ${folder} OUTPUT_VARIABLE said ERROR_VARIABLE wrong RESULT_VARIABLE status)
string(STRIP "${said}" said)
if(NOT status EQUAL 0 OR NOT said STREQUAL "Weather in Oslo (sesame)")
    message(FATAL_ERROR "exit ${status}: ${said}\n${wrong}")
endif()
message("right")

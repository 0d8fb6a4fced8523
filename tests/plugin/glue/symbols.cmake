# What a plugin's file must and must not hold: cmake -D nm=… -D file=… -P symbols.cmake
cmake_minimum_required(VERSION 3.25)
execute_process(COMMAND ${nm} ${file} OUTPUT_VARIABLE all COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${nm} -D --defined-only ${file} OUTPUT_VARIABLE visible COMMAND_ERROR_IS_FATAL ANY)
if(all MATCHES "[0-9a-f]+ u [^\n]*")
    message(FATAL_ERROR "unique in the process, so it is never unloaded: ${CMAKE_MATCH_0}")
endif()
string(REGEX MATCHALL "[0-9a-f]+ [A-Za-z] [^\n]+" visible "${visible}")
list(FILTER visible EXCLUDE REGEX " (__bss_start|_edata|_end|_init|_fini|__(_|start_|stop_)?asan[^ ]*|__ubsan[^ ]*)$") # the linker's, the sanitizers'
list(LENGTH visible count)
if(NOT count EQUAL 1 OR NOT visible MATCHES " T haft_plugin_v1$")
    list(JOIN visible "\n" visible)
    message(FATAL_ERROR "it is to show haft_plugin_v1 and nothing else, and shows:\n${visible}")
endif()

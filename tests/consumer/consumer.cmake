# Configures, builds and runs one project; what its program `consumer` prints must be the expected text.
# cmake -D source=… -D build=… -D cache=… -D generator=… -D expect=… [-D options=…] [-D program=…] -P consumer.cmake -- <arguments>
cmake_minimum_required(VERSION 3.25)

function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        list(JOIN ARGN " " command)
        message("${output}") # apart: in an error message CMake would break its lines anew
        message(FATAL_ERROR "exit status ${status} of: ${command}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

set(arguments "")
set(rest OFF)
foreach(i RANGE ${CMAKE_ARGC})
    if(rest AND i LESS CMAKE_ARGC)
        list(APPEND arguments "${CMAKE_ARGV${i}}")
    elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
        set(rest ON)
    endif()
endforeach()

file(REMOVE_RECURSE ${build}) # ccache keeps it quick, and an old cache cannot hide a fault of the package
run(${CMAKE_COMMAND} -S ${source} -B ${build} -G ${generator} -C ${cache} ${options})
run(${CMAKE_COMMAND} --build ${build} --parallel 1)
if(NOT program)
    set(program ${build}/consumer)
endif()
run(${program} ${arguments})
string(STRIP "${output}" output)
if(NOT output STREQUAL expect)
    message(FATAL_ERROR "printed:\n${output}\nexpected:\n${expect}")
endif()

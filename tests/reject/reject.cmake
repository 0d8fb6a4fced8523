# Compiles one half of a file: cmake -D half=accept|accept_no_exceptions|reject -D file=… -D setup=… -P reject.cmake
cmake_minimum_required(VERSION 3.25)
include(${setup})

set(ENV{LC_ALL} C) # the compiler's messages in English, with plain quotes
if(half STREQUAL "reject")
    list(APPEND flags -DHAFT_REJECT)
elseif(half STREQUAL "accept_no_exceptions")
    list(APPEND flags -fno-exceptions -fno-rtti)
endif()
execute_process(COMMAND ${compiler} ${flags} ${file}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)

function(complain what)
    message("${output}")
    message(FATAL_ERROR "${what}")
endfunction()

if(NOT half STREQUAL "reject")
    if(NOT status EQUAL 0)
        complain("must compile without HAFT_REJECT")
    endif()
    return()
endif()

if(status EQUAL 0)
    complain("must not compile with HAFT_REJECT")
endif()

# Lines become a list; what a list would take for syntax goes first, in the expected texts too.
macro(as_list text)
    string(REGEX REPLACE "[][;]" "?" ${text} "${${text}}")
    string(REGEX REPLACE "\r?\n" ";" ${text} "${${text}}")
endmacro()

set(errors "${output}")
as_list(errors)
list(FILTER errors INCLUDE REGEX "error:")
list(LENGTH errors count)
if(NOT count EQUAL 1)
    complain("must give exactly one error, gives ${count}")
endif()

set(all "${output}")
as_list(all)
list(LENGTH all lines)
if(lines GREATER 40)
    complain("must say it in at most 40 lines, takes ${lines}")
endif()

# What each `// kind: text` of the file asks for must stand in `where`.
function(require kind where)
    file(READ ${file} expected)
    as_list(expected)
    list(FILTER expected INCLUDE REGEX "^// ${kind}: ")
    if(NOT expected)
        complain("has no line `// ${kind}: text`")
    endif()
    foreach(text IN LISTS expected)
        string(REGEX REPLACE "^// ${kind}: *" "" text "${text}")
        string(STRIP "${text}" text)
        string(FIND "${where}" "${text}" at)
        if(at EQUAL -1)
            complain("nowhere, as `// ${kind}:` asks: ${text}")
        endif()
    endforeach()
endfunction()
require(expect "${errors}")
require(note "${all}")

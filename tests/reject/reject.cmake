# Compiles one half of a file: cmake -D half=accept|reject -D file=… -D setup=… -P reject.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/half.cmake)

set(ENV{LC_ALL} C) # the compiler's messages in English, with plain quotes

# What is right is right without exceptions and RTTI too, where haft promises to work without them.
file(STRINGS ${file} others REGEX "#include <haft/${with_exceptions}(/|\\.hpp)")
if(others)
    set(half_flags "")
endif()

# A precompiled header is taken only where the file's first line of code includes that very header: there it stands for
# the same text, and what the header does not include is still not there.
set(use_precompiled "")
set(most_lines 40)
if(engine STREQUAL "cxx26")
    set(most_lines 50) # g++ 16 writes more of the way to it
endif()
file(STRINGS ${file} first REGEX "^[^/]" LIMIT_COUNT 1)
if(first MATCHES "^#include <haft/([a-z]+)\\.hpp>$")
    haft_find_precompiled(${CMAKE_MATCH_1} ${half})
    if(NOT EXISTS ${precompiled})
        # compiled as it is
    elseif(compiler_id MATCHES "Clang")
        set(use_precompiled -include-pch ${precompiled} ${by_content})
    elseif(compiler_id STREQUAL "GNU") # which finds it itself, before haft's own folder
        math(EXPR most_lines "${most_lines} - 1") # it says no longer which line of the file included the header
        set(use_precompiled -I${include_path} -Winvalid-pch -Werror=invalid-pch)
    endif()
endif()
if(half STREQUAL "reject")
    list(APPEND half_flags -DHAFT_REJECT)
endif()

string(APPEND key " ${half_flags}")
foreach(input IN ITEMS ${file} ${CMAKE_CURRENT_LIST_FILE})
    file(SHA256 ${input} hash)
    string(APPEND key " ${hash}")
endforeach()
string(SHA256 key "${key}")
cmake_path(GET file STEM name)
set(stamp ${stamps}/${name}.${half})
if(EXISTS ${stamp})
    file(READ ${stamp} passed)
    if(passed STREQUAL key)
        message("nothing has changed since this passed")
        return()
    endif()
endif()

execute_process(COMMAND ${compiler} ${use_precompiled} ${flags} ${half_flags} ${file}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)

function(complain what)
    message("${output}")
    message(FATAL_ERROR "${what}")
endfunction()

if(NOT half STREQUAL "reject")
    if(NOT status EQUAL 0)
        complain("must compile without HAFT_REJECT")
    endif()
    file(WRITE ${stamp} ${key})
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
list(FILTER errors EXCLUDE REGEX "^ +[^ ]+ error:") # g++ 16 tells so, in an item of a list, why a concept does not hold
list(LENGTH errors count)
if(NOT count EQUAL 1)
    complain("must give exactly one error, gives ${count}")
endif()

set(all "${output}")
as_list(all)
list(LENGTH all lines)
if(lines GREATER most_lines)
    complain("must say it in at most ${most_lines} lines, takes ${lines}")
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
file(WRITE ${stamp} ${key})

# What reject.cmake and precompile.cmake share: the flags of one half and the place of its precompiled headers.
# Wants half and setup; gives half_flags, and key for the compiler, the common flags and the text of every header.
include(${setup})

# Headers that promise nothing for programs without exceptions and RTTI.
set(with_exceptions "(haft|kind|hook|command|enrich|prompt|model|registry|run|rules|talk|mcp|host|config|plugin|os)")

set(half_flags "")
if(half STREQUAL "accept")
    set(half_flags -fno-exceptions -fno-rtti)
endif()

set(key "${inputs} ${compiler} ${flags}")
foreach(input IN LISTS headers ITEMS ${CMAKE_CURRENT_LIST_FILE} ${CMAKE_CURRENT_LIST_DIR}/precompile.cmake)
    file(SHA256 ${input} hash)
    string(APPEND key " ${hash}")
endforeach()

# Sets precompiled, a file in include_path in folder. The path bears the key: one that is out of date is never found.
macro(haft_find_precompiled header half)
    string(SHA256 id "${key} ${half_flags}")
    string(SUBSTRING ${id} 0 16 id)
    set(folder ${precompiled_headers}/${header}.${half})
    if(NOT half_flags)
        set(folder ${precompiled_headers}/${header}.reject) # which has no flags of its own either
    endif()
    set(include_path ${folder}/${id})
    set(precompiled ${include_path}/haft/${header}.hpp.gch)
endmacro()

# clang would go by the time of a file, which a checkout changes too.
set(by_content "")
if(compiler_id MATCHES "Clang")
    set(by_content -fpch-validate-input-files-content)
endif()

# haft_make_compiled(<haft> <folder of the headers>): haft::compiled, a static library of haft's large functions. It is built in the
# project that uses it, with that project's compiler and flags, and only if something links it.
function(haft_make_compiled haft headers)
    if(TARGET haft_compiled)
        return()
    endif()
    add_library(haft_compiled STATIC EXCLUDE_FROM_ALL ${headers}/haft/compiled.cpp)
    target_compile_definitions(haft_compiled PUBLIC HAFT_COMPILED)
    target_link_libraries(haft_compiled PUBLIC ${haft})
    set_target_properties(haft_compiled PROPERTIES POSITION_INDEPENDENT_CODE ON)
    add_library(haft::compiled ALIAS haft_compiled)
endfunction()

# haft_add_plugin(<name> [OBJECT | STATIC | MODULE] SOURCES <files>...)
#
# A target of sources whose tools HAFT_TOOL enrols. A linker takes no object file out of a static library that nobody
# refers to, and a tool that enrols itself is referred to by nobody; so that none is lost:
#   OBJECT   (the default) the object files themselves; they are in every program or library that links <name> directly.
#   STATIC   a static library (<name>_archive) that is linked as a whole, also through other static libraries.
#   MODULE   a shared library to be loaded at run time, complete in itself: nothing unresolved, and nothing visible but what
#            is marked for export. Its haft::compiled_in() has its own tools and no others.
function(haft_add_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "OBJECT;STATIC;MODULE" "" "SOURCES")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "haft_add_plugin(${name}): does not know ${arg_UNPARSED_ARGUMENTS}; "
            "write haft_add_plugin(<name> [OBJECT | STATIC | MODULE] SOURCES <files>...)")
    endif()
    if(NOT arg_SOURCES)
        message(FATAL_ERROR "haft_add_plugin(${name}): SOURCES names no files")
    endif()
    set(kinds "")
    foreach(kind IN ITEMS OBJECT STATIC MODULE)
        if(arg_${kind})
            list(APPEND kinds ${kind})
        endif()
    endforeach()
    list(LENGTH kinds count)
    if(count GREATER 1)
        message(FATAL_ERROR "haft_add_plugin(${name}): ${kinds} are several kinds; a plugin has one")
    elseif(count EQUAL 0)
        set(kinds OBJECT)
    endif()

    if(kinds STREQUAL "STATIC")
        add_library(${name}_archive STATIC ${arg_SOURCES})
        target_link_libraries(${name}_archive PUBLIC haft::haft)
        set_target_properties(${name}_archive PROPERTIES POSITION_INDEPENDENT_CODE ON OUTPUT_NAME ${name})
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE $<LINK_LIBRARY:WHOLE_ARCHIVE,${name}_archive>)
        return()
    endif()

    add_library(${name} ${kinds} ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC haft::haft)
    if(kinds STREQUAL "OBJECT")
        set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON) # it may go into a shared library
        return()
    endif()
    set_target_properties(${name} PROPERTIES
        PREFIX "" CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    # g++ makes some symbols unique in the process, and a library that has one is never unloaded.
    target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
    if(NOT APPLE AND NOT WIN32) # whose linkers do so of themselves
        target_link_options(${name} PRIVATE LINKER:-z,defs)
    endif()
endfunction()

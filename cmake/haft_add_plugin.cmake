# haft_add_plugin(<name> [OBJECT | STATIC | MODULE] [SHARED_RUNTIME] SOURCES <files>...)
#
# A target of sources whose tools HAFT_TOOL enrols, or of a plugin that HAFT_EXPORT_PLUGIN exports. A linker takes no object file out of a static library that nobody
# refers to, and a tool that enrols itself is referred to by nobody; so that none is lost:
#   OBJECT   (the default) the object files themselves; they are in every program or library that links <name> directly.
#   STATIC   a static library (<name>_archive) that is linked as a whole, also through other static libraries.
#   MODULE   a shared library to be loaded at run time, complete in itself: nothing unresolved, and nothing visible but what
#            is marked for export. Its haft::compiled_in() has its own tools and no others. What HAFT_EXPORT_PLUGIN exports is a
#            plugin for any host; of the other two kinds it is a plugin of the program that they are in.
# The C++ standard library is within a MODULE, so that it suits hosts that have another one, or an older one: libstdc++ and libc++ have
# symbols of the same names (those of std::runtime_error, say), and who is loaded later is given those of who was there first.
# SHARED_RUNTIME leaves it out (some 1.5 MB), for plugins that only meet hosts of the same compiler; so do sanitizers.
function(haft_add_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "OBJECT;STATIC;MODULE;SHARED_RUNTIME" "" "SOURCES")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "haft_add_plugin(${name}): does not know ${arg_UNPARSED_ARGUMENTS}; "
            "write haft_add_plugin(<name> [OBJECT | STATIC | MODULE] [SHARED_RUNTIME] SOURCES <files>...)")
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
    if(arg_SHARED_RUNTIME AND NOT kinds STREQUAL "MODULE")
        message(FATAL_ERROR "haft_add_plugin(${name}): SHARED_RUNTIME is for MODULE; what is compiled in has its program's library")
    endif()

    if(kinds STREQUAL "STATIC")
        add_library(${name}_archive STATIC ${arg_SOURCES})
        target_link_libraries(${name}_archive PUBLIC haft::haft)
        target_compile_definitions(${name}_archive PRIVATE HAFT_PLUGIN_COMPILED_IN)
        set_target_properties(${name}_archive PROPERTIES POSITION_INDEPENDENT_CODE ON OUTPUT_NAME ${name})
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE $<LINK_LIBRARY:WHOLE_ARCHIVE,${name}_archive>)
        return()
    endif()

    add_library(${name} ${kinds} ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC haft::haft)
    if(kinds STREQUAL "OBJECT")
        set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON) # it may go into a shared library
        target_compile_definitions(${name} PRIVATE HAFT_PLUGIN_COMPILED_IN)
        return()
    endif()
    set_target_properties(${name} PROPERTIES
        PREFIX "" CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    # g++ makes some symbols unique in the process, and a library that has one is never unloaded.
    target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
    if(APPLE OR WIN32)
        return()
    endif()
    set(sanitized OFF)
    if(CMAKE_CXX_FLAGS MATCHES "-fsanitize")
        set(sanitized ON) # clang leaves their functions to the program, and they want to know what is thrown
    endif()
    if(NOT sanitized)
        target_link_options(${name} PRIVATE LINKER:-z,defs) # the linkers of the others do so of themselves
    endif()
    # Templates of the standard library are visible whatever the compiler is told, and would be shared with others that have them.
    set(map ${CMAKE_CURRENT_BINARY_DIR}/${name}.map)
    file(CONFIGURE OUTPUT ${map} @ONLY CONTENT
        "{ local: _ZSt*; _ZNSt*; _ZNKSt*; _ZTISt*; _ZTINSt*; _ZTSSt*; _ZTSNSt*; _ZTVSt*; _ZTVNSt*; _ZTTSt*; _ZTTNSt*; _ZZSt*;
  _ZZNSt*; _ZZNKSt*; _ZGV*St*; _ZGR*St*; };\n")
    target_link_options(${name} PRIVATE LINKER:--version-script,${map})
    set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${map})
    if(NOT arg_SHARED_RUNTIME AND NOT sanitized)
        target_link_options(${name} PRIVATE -static-libstdc++ -static-libgcc LINKER:--exclude-libs,ALL)
    endif()
endfunction()

# What haft's own tests and examples are built with. Nothing of this reaches a user of haft::haft.

# haft_dev: the warnings. The presets turn them into errors (CMAKE_COMPILE_WARNING_AS_ERROR), so that a newer compiler
# does not stop somebody who only packages haft.
add_library(haft_dev INTERFACE)
target_compile_features(haft_dev INTERFACE cxx_std_20)
target_compile_options(haft_dev INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wcast-qual -Wcast-align
    -Wnon-virtual-dtor -Woverloaded-virtual -Wundef -Wformat=2
    # g++ 12 sees overlapping copies in std::string where there are none (GCC bug 105651).
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)

if(PROJECT_IS_TOP_LEVEL)
    set(CMAKE_CXX_EXTENSIONS OFF)
    if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
        find_program(HAFT_CCACHE ccache)
        if(HAFT_CCACHE)
            # Precompiled headers are found in the cache only if it does not mind when they were made; what was compiled in
            # another checkout is found only if it does not mind where that is.
            set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
                CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${HAFT_CCACHE})
        endif()
    endif()
endif()

# Compiles a header for one half of the files: cmake -D header=tool -D half=accept|reject -D setup=… -P precompile.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/half.cmake)

haft_find_precompiled(${header} ${half})
if(EXISTS ${precompiled})
    message("nothing has changed since this was compiled")
    return()
endif()
file(REMOVE_RECURSE ${folder})
file(MAKE_DIRECTORY ${include_path}/haft)
list(REMOVE_ITEM flags -fsyntax-only)
if(compiler_id MATCHES "Clang")
    list(APPEND flags -fpch-instantiate-templates) # once for all files, as far as the header itself asks for them
endif()
execute_process(
    COMMAND ${compiler} ${flags} ${half_flags} ${by_content} -x c++-header ${include}/haft/${header}.hpp -o ${precompiled}.new
    COMMAND_ERROR_IS_FATAL ANY)
# g++ looks here again for a second #include of it, and finds it guarded.
file(COPY_FILE ${include}/haft/${header}.hpp ${include_path}/haft/${header}.hpp)
file(RENAME ${precompiled}.new ${precompiled}) # whole, or not there

# Runs an example and compares what it prints with dir/expected.txt: cmake -D program=… -D dir=… -P run_example.cmake
cmake_minimum_required(VERSION 3.25)

set(arguments "")
if(EXISTS ${dir}/args.txt)
    file(READ ${dir}/args.txt arguments)
    separate_arguments(arguments UNIX_COMMAND "${arguments}")
endif()
set(input /dev/null)
if(EXISTS ${dir}/input.txt)
    set(input ${dir}/input.txt)
endif()
execute_process(COMMAND ${program} ${arguments} INPUT_FILE ${input}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE errors)

file(READ ${dir}/expected.txt expected)
if(NOT status EQUAL 0 OR NOT output STREQUAL expected)
    message("--- expected\n${expected}\n--- printed\n${output}\n--- error stream\n${errors}")
    message(FATAL_ERROR "exit status ${status}, or other output than ${dir}/expected.txt")
endif()

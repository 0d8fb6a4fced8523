# Runs a fuzzer from its seeds: cmake -D program=… -D runs=… -D seed=… -D seeds=… -D words=… -D work=… -P run.cmake
# What it finds on the way goes into `work`, which begins empty, so that every run is the same.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work}/found)
execute_process(
    COMMAND ${program} -runs=${runs} -seed=${seed} -max_len=1024 -timeout=10 -rss_limit_mb=2048 -dict=${words}
        -artifact_prefix=${work}/ ${work}/found ${seeds}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)

string(REGEX MATCH "Done ([0-9]+) runs in [0-9]+ second" done "${output}")
if(NOT status EQUAL 0 OR NOT CMAKE_MATCH_1 EQUAL runs)
    message("${output}")
    message(FATAL_ERROR "exit status ${status}; inputs that broke a property are in ${work}")
endif()
message(STATUS "${done}s, nothing found")

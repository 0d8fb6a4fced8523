# `conan create` of packaging/conan with the real client, and with every part that has dependencies. No server is asked: what haft
# needs is what this machine has, which the profile says by [platform_requires].
# cmake -D conan=… -D recipe=… -D work=… -D platform="boost/1.88.0;…" -D options="http;…" -D prefixes=… -D compiler=… -D launcher=…
#       -D generator=… -D version=… -P conan.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${work})
file(MAKE_DIRECTORY ${work})
set(ENV{CONAN_HOME} ${work}/home)
set(ENV{CXX} ${compiler})
set(ENV{CMAKE_CXX_COMPILER_LAUNCHER} "${launcher}")
list(JOIN prefixes ":" prefixes)
set(ENV{CMAKE_PREFIX_PATH} ${prefixes})
set(ENV{PYTHONDONTWRITEBYTECODE} 1) # none in the source tree

execute_process(COMMAND ${conan} profile detect OUTPUT_QUIET ERROR_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${conan} profile path default OUTPUT_VARIABLE profile OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
list(JOIN platform "\n" platform)
file(APPEND ${profile} "
[platform_requires]
${platform}
[conf]
tools.build:jobs=1
tools.cmake.cmaketoolchain:generator=${generator}
tools.cmake.cmaketoolchain:user_presets=
tools.cmake.cmake_layout:test_folder=${work}/test
")

list(TRANSFORM options REPLACE "(.+)" "--options=haft/*:\\1=True")
execute_process(COMMAND ${conan} create ${recipe} --no-remote --settings=compiler.cppstd=20 --settings=build_type=Debug ${options}
    RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT status EQUAL 0 OR NOT said MATCHES "\nhaft/${version} \\(test package\\): RUN: [^\n]*\n\"?Hello Ada")
    message("${said}")
    message(FATAL_ERROR "conan create ended with ${status}, and its test package did not say: Hello Ada")
endif()

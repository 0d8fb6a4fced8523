// SPDX-License-Identifier: BSL-1.0
// A plugin in C++ against nothing but the border, built without exceptions and without run-time type information.
#include <haft/plugin/abi.h>

#include <cstring>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this is to be built with -fno-exceptions -fno-rtti"
#endif

HAFT_PLUGIN_NOTE("{\"name\":\"plain\",\"built_with\":{\"exceptions\":false}}");

namespace {

haft_text text_of(const char* text) { return {text, std::strlen(text)}; }

int setup(void*, haft_text, haft_result*) { return 0; }
int describe(void*, haft_result* result) {
    result->json(result, text_of("{\"tools\":[{\"name\":\"plain\",\"description\":\"Says so\"}]}"));
    return 0;
}
int call(void*, const haft_call*, haft_result* result) {
    result->text(result, text_of("plain"));
    return 0;
}
constexpr haft_plugin table{sizeof(haft_plugin),
                            HAFT_ABI_MAJOR,
                            HAFT_ABI_MINOR,
                            nullptr,
                            setup,
                            nullptr,
                            describe,
                            call,
                            nullptr,
                            nullptr,
                            nullptr};

}  // namespace

const haft_plugin* haft_plugin_v1(const haft_host*) { return &table; }

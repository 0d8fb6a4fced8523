// SPDX-License-Identifier: BSL-1.0
// The second unit of the program, with macros that C headers and Windows are known to define. They come after what haft
// includes of others, which cannot all bear them.
#include <boost/describe.hpp>
#include <boost/pfr/core.hpp>
#include <boost/pfr/core_name.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>
#include <concepts>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <exception>
#include <filesystem>
#include <functional>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <source_location>
#include <span>
#include <sstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <unistd.h>

#define I 42
#define small char
#define interface struct
#define near
#define far
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define check(x) ((void)(x))
#define IN
#define OUT
#define OPTIONAL
#define ERROR 0
#define TRUE 1
#define FALSE 0
#define DELETE 0x00010000L
#define VOID void
#define major(x) (x)
#define minor(x) (x)
#define unix 1
#define linux 1

#include <haft/haft.hpp>
#include <haft/registry.hpp>
#include <haft/registry.hpp>

#include "../greet.hpp"

// The same instantiation as in main.cpp.
haft::toolset second_set() { return haft::toolset{haft::make<&greet>("Greets somebody")}; }

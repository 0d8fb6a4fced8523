// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REFLECT_ENGINE_HPP
#define HAFT_REFLECT_ENGINE_HPP

/// The engine that this compiler has: C++26 static reflection where it is on (g++ 16, -std=c++26 -freflection), else C++20.

#include <haft/core/config.hpp>

#if HAFT_HAS_REFLECTION()
#include <haft/reflect/engine/cxx26.hpp>
#else
#include <haft/reflect/engine/cxx20.hpp>
#endif

#endif  // HAFT_REFLECT_ENGINE_HPP

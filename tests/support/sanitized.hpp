// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_SANITIZED_HPP
#define HAFT_TESTS_SUPPORT_SANITIZED_HPP

/// Whether a sanitizer that has its own memory and its own pace is at work; each compiler says it in its own way.

namespace haft_test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_SANITIZED_HPP

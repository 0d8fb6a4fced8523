// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_TESTING_SUPPORT_HPP
#define HAFT_TESTS_TESTING_SUPPORT_HPP

#include <haft/testing/failure.hpp>

#include <string>

namespace testing_test {

/// What a failure says, or "" if there is none.
template <class Do>
std::string said(Do something) {
    try {
        something();
    } catch (const haft::testing::failure& f) { return f.what(); }
    return "";
}

}  // namespace testing_test

#endif  // HAFT_TESTS_TESTING_SUPPORT_HPP

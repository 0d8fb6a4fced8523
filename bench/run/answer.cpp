// SPDX-License-Identifier: BSL-1.0
#include "approach.hpp"

namespace bench {

std::string* kept_answer = nullptr;

void answer(std::string_view text) {
    if (kept_answer) kept_answer->assign(text);
}

}  // namespace bench

// SPDX-License-Identifier: BSL-1.0
// The tool that the consumers share. Each includes haft in its own way first.
#include <array>
#include <string>

struct greeting {
    std::string name;
    int times = 1;
    static constexpr std::array haft_fields{haft::field{"name", "Whom to greet"},
                                            haft::field{"times", "How often", haft::minimum(1), haft::maximum(3)}};
};

inline std::string greet(const greeting& g) {
    std::string s;
    for (int i = 0; i < g.times; ++i) s += "Hello " + g.name + "\n";
    return s;
}

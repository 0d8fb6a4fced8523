// SPDX-License-Identifier: BSL-1.0
#include <haft/json/nlohmann_value_json.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    const haft::result<nlohmann::json> value = haft::json::parse_json(argc > 1 ? argv[1] : "");
    if (!value) return std::puts(value.error().text().c_str()), 1;
    std::puts(haft::json::dump_json(*value)->c_str());
}

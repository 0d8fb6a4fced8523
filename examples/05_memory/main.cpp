// SPDX-License-Identifier: BSL-1.0
// llm's Memory toolbox: a class whose methods are tools, and whose state lasts from call to call. Without arguments it shows
// itself; with some it is a program as haft::run makes it.
#include <haft/haft.hpp>
#include <haft/toolbox.hpp>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

class Memory {
public:
    struct pair {
        std::string key, value;
        static constexpr std::array haft_fields{haft::field{"key", "Under which it is found again"},
                                                haft::field{"value", "What to remember"}};
    };
    struct key_of {
        std::string key;
        static constexpr std::array haft_fields{haft::field{"key", "Under which it was set"}};
    };

    void set(const pair& p) { values_[p.key] = p.value; }
    std::string get(const key_of& k) const {
        const auto it = values_.find(k.key);
        return it == values_.end() ? "" : it->second;
    }
    void append(const pair& p) { (values_[p.key] += "\n") += p.value; }
    std::vector<std::string> keys() const {
        std::vector<std::string> out;
        for (const auto& [key, value] : values_) out.push_back(key);
        return out;
    }

    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            "Key/value memory for a conversation", haft::method<&Memory::set>("Set something as a key"),
            haft::method<&Memory::get>({.description = "Get something from a key", .effect = haft::read_only}),
            haft::method<&Memory::append>("Append something to a key"),
            haft::method<&Memory::keys>({.description = "List the keys", .effect = haft::read_only}));
    }

private:
    std::map<std::string, std::string> values_;
};

namespace {

void show(const haft::toolset& tools, std::string_view name, std::string_view arguments) {
    const haft::result<std::string> answer = tools.call(name, arguments);
    std::printf("%.*s %.*s\n  %s\n", static_cast<int>(name.size()), name.data(), static_cast<int>(arguments.size()),
                arguments.data(), (answer ? *answer : answer.error().text()).c_str());
}

}  // namespace

int main(int argc, char** argv) {
    const haft::result<haft::toolbox> memory = haft::make_toolbox<Memory>();
    if (!memory) return std::fprintf(stderr, "%s\n", memory.error().text().c_str()), 1;
    const haft::toolset tools{*memory};
    if (argc > 1) return haft::run(tools, argc, argv);

    show(tools, "Memory.set", R"({"key":"pet","value":"a cat called Byte"})");
    show(tools, "Memory.append", R"({"key":"pet","value":"and a dog"})");
    show(tools, "Memory.get", R"({"key":"pet"})");
    show(tools, "Memory.keys", "{}");
    show(tools, "Memory.set", R"({"kye":"pet"})");
}

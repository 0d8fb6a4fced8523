// SPDX-License-Identifier: BSL-1.0
// A toolbox without exceptions: its prepare() gives an error where another would throw.
#include "toolbox.hpp"

#include <haft/toolbox.hpp>

#include <string>
#include <utility>

namespace {

class Counter {
public:
    struct config {
        int from = 1;
    };
    explicit Counter(config c) : config_(c) {}
    haft::result<void> prepare() {
        if (config_.from < 0) return haft::error{.message = "it counts from 0"};
        n_ = config_.from;
        return {};
    }
    int next() noexcept { return n_++; }
    int peek() const noexcept { return n_; }
    static consteval auto haft_toolbox() {
        return haft::toolbox_words("Counts", haft::method<&Counter::next>("The next number"));
    }

private:
    config config_;
    int n_ = 0;
};
HAFT_TOOLBOX(Counter);

int peek(const Counter& counter) { return counter.peek(); }

}  // namespace

haft::result<haft::toolset> counting_tools(std::string_view spec) {
    const haft::result<haft::toolbox> box = haft::instantiate(spec, haft::compiled_in_toolboxes());
    if (!box) return box.error();
    if (haft::result<void> added = box->add_tool<&peek>("Which comes next"); !added) return std::move(added.error());
    return box->tools();
}

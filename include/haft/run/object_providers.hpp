// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_OBJECT_PROVIDERS_HPP
#define HAFT_RUN_OBJECT_PROVIDERS_HPP

/// The objects that a host provides to injected parameters at run time, by type. [NX-10]

#include <haft/core/shared_thing.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/injected.hpp>
#include <haft/tool/user_data.hpp>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// For `call_options::providers`. Filled before the first call; then safe from any thread, as far as what it holds is. Of two of one
/// type the later one counts.
class object_providers final : public object_provider {
public:
    /// The host's object, which must outlive the calls.
    template <class T>
    object_providers& add(T& object) {
        return add_entry(user_data(object), [&object](call_context&, shared_thing&) { return user_data(object); });
    }
    /// One that is made for each call that needs it: `f` takes the call_context& or nothing, and gives a T.
    template <class F>
    object_providers& add_factory(F f) {
        constexpr bool takes_context = std::is_invocable_v<F&, call_context&>;
        using made =
            std::remove_cvref_t<typename std::conditional_t<takes_context, std::invoke_result<F&, call_context&>,
                                                            std::invoke_result<F&>>::type>;
        return add_entry(user_data::wanted<made>(),
                         [f = std::move(f)](call_context& context, shared_thing& keeper) mutable {
                             made* object = nullptr;
                             if constexpr (takes_context) keeper = shared_thing::make<made>(object, f(context));
                             else keeper = shared_thing::make<made>(object, f());
                             return user_data(*object);
                         });
    }

    user_data provide(const user_data& wanted, call_context& context, shared_thing& keeper) const override {
        for (auto one = entries_.rbegin(); one != entries_.rend(); ++one)
            if (one->type.same_type(wanted)) return one->get(context, keeper);
        return {};
    }

private:
    struct entry {
        user_data type;
        std::function<user_data(call_context&, shared_thing&)> get;
    };
    object_providers& add_entry(user_data type, std::function<user_data(call_context&, shared_thing&)> get) {
        entries_.push_back({type, std::move(get)});
        return *this;
    }
    std::vector<entry> entries_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_OBJECT_PROVIDERS_HPP

// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_HPP
#define HAFT_HOOK_HOOK_HPP

/// `hook<Point>`: the hooks of one point. Most hosts have a hook_set, which has one of each.

#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/hook/copied_arguments.hpp>
#include <haft/hook/data_text.hpp>
#include <haft/hook/hook_chain.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/hook_surroundings.hpp>
#include <haft/hook/named_hook.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/hook/typed_hook.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/reflect/spelling.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

template <class Point>
void refuse_emission(emission& e, std::string why) {
    static_cast<point_emission<Point>&>(e).refuse(std::move(why));
}
template <class Point>
void show_final_text(emission& e) {
    static_cast<point_emission<Point>&>(e).show_final();
}

template <class Point>
inline constexpr point_facts facts_of_point{
    .name = Point::name,
    .type = reflect::spelled_type<Point>,
    .equal = ties_of<Point>(),
    .can_veto = is_vetoable<Point>(),
    .historic = is_historic<Point>(),
    .passes_exceptions = lets_exceptions_pass<Point>(),
    .deprecated = deprecation_of<Point>(),
    .refuse = is_vetoable<Point>() ? &refuse_emission<Point> : nullptr,
    .show_final = is_vetoable<Point>() ? &show_final_text<Point> : nullptr,
    .copy = copy_function<Point>(),
    .data_text = &data_text_of<Point>,
    .make_named = &make_named_entry<Point>,
};

template <class Point, class Arguments = typename parts_of_point<Point>::arguments>
class hook_base;

/// One emission with the arguments of the point's signature. Any thread.
template <class Point, class... Arguments>
class hook_base<Point, std::tuple<Arguments...>> {
public:
    explicit hook_base(std::shared_ptr<hook_surroundings> around)
        : chain_(std::make_shared<hook_chain>(facts_of_point<Point>, std::move(around))) {}

    /// Calls the hooks, in their order, on this thread; see emission_result for what it gives. What a hook throws is kept as a
    /// hook_error, and the others go on; session_complete passes through, and at a point that says passes_exceptions whatever
    /// a hook throws. Nothing is locked while a hook is called.
    decltype(auto) emit(Arguments... arguments) const { return emit_at(*chain_, arguments...); }

    HAFT_HOT static auto emit_at(hook_chain& chain, Arguments... arguments) {
        using result = std::conditional_t<std::is_void_v<hook_result<Point>>, void, emission_result<Point>>;
        if (!is_historic<Point>() && chain.is_idle()) {
            if constexpr (std::is_void_v<result>) return;
            else return result{};
        }
        point_emission<Point> e(typename point_emission<Point>::arguments(std::addressof(arguments)...));
        chain.run(e);
        e.keep_veto();
        if constexpr (!std::is_void_v<result>) return std::move(e.result);
    }

    /// The same without the hooks of some owners, up to the first result, and with hooks that are there for this once.
    static auto emit_with(hook_chain& chain, const std::vector<std::string>& without, bool first_only,
                          const std::vector<std::shared_ptr<hook_entry>>& more, Arguments... arguments) {
        point_emission<Point> e(typename point_emission<Point>::arguments(std::addressof(arguments)...));
        if (!without.empty()) e.without = &without;
        e.first_only = first_only;
        if (more.empty()) chain.run(e);
        else chain.run_with(e, more);
        e.keep_veto();
        if constexpr (!std::is_void_v<hook_result<Point>>) return std::move(e.result);
    }

    const std::shared_ptr<hook_chain>& chain() const noexcept { return chain_; }

protected:
    std::shared_ptr<hook_chain> chain_;
};

}  // namespace detail

/// The hooks of one point. Safe from any thread, and from within hooks: an emission that goes on calls those that were there
/// when it began. [fault 146]
template <hook_point Point>
class hook : public detail::hook_base<Point> {
    static_assert(detail::explain_point<Point>());

public:
    using point = Point;

    hook() : hook(std::make_shared<detail::hook_surroundings>()) {}
    explicit hook(std::shared_ptr<detail::hook_surroundings> around) : detail::hook_base<Point>(std::move(around)) {}

    /// Adds a callable: a hook, or, if it takes haft::next_hooks<Point>& first, a wrapper around the hooks. It may take any of the
    /// point's arguments and of the members of its data, and must be safe from any thread that emits. One of the same name and
    /// owner is replaced. The handle takes it out again and waits for emissions that use it, but not within a hook; an empty one if its name or owner is
    /// blocked. An error (E0291): what is asked of it can't be, or another owner has a hook of that name there.
    template <class F>
    result<enlistment> add(F f, hook_options options = {}) {
        static_assert(detail::explain_hook<Point, F>());
        if constexpr (detail::can_be_hook<Point, F>())
            return this->chain_->add(detail::make_entry<Point>(std::move(f), std::move(options)));
        else return enlistment{};
    }

    /// Whether there is nobody to be called, so that nothing need be prepared for an emission.
    bool empty() const noexcept { return this->chain_->is_idle(); }

    /// Takes out the hook of that name; how many that was.
    std::size_t remove(std::string_view name) { return this->chain_->remove(name); }
    std::size_t enable(std::string_view name, bool enabled = true) { return this->chain_->enable(name, enabled); }
    std::vector<hook_row> list() const { return this->chain_->list(); }
    std::vector<hook_error> errors() const { return this->chain_->around().errors(); }
};

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_HPP

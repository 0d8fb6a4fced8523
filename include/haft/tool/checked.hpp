// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CHECKED_HPP
#define HAFT_TOOL_CHECKED_HPP

/// Tools whose arguments are looked at by their author, after the schema and before anybody is asked: "there is no such account",
/// "not on a Sunday", "beyond 100 somebody has to agree". [NX-08]
///
///     constexpr auto sensible = [](const payment& p) -> haft::result<void> {
///         if (p.amount > 100) return haft::demand_approval("more than 100");
///         if (!known(p.to)) return haft::error{.message = "there is no such account"};
///         return {};
///     };
///     constexpr haft::tool tool = haft::make_checked<&pay, sensible>({.description = "Pays", .effect = haft::destructive});

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/ask_approval.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/make.hpp>
#include <haft/tool/owned_words.hpp>
#include <haft/tool/parameters.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/shape.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// A check's word that the call may be made if somebody agrees to it: `call_options::asked` is asked when the call is made, and is
/// shown the reason as the tool's description.
HAFT_COLD inline error demand_approval(std::string why) { return {errc::approval_demanded, std::move(why)}; }

namespace detail {

/// What the compiler leaves of a check: it looks at parameters that were read, and does not move from them.
struct checked_binding : binding {
    result<void> (*check_of)(const checked_binding& self, const void* parameters, call_context& context);
};

struct checked_tool {
    HAFT_ABI_OF_EXCEPTIONS static void execute(const void* self, std::string_view arguments, call_context& context,
                                               result_writer& out) {
        run(self, arguments, context, out, true);
    }
    HAFT_ABI_OF_EXCEPTIONS static void validate(const void* self, std::string_view arguments, call_context& context,
                                                result_writer& out) {
        run(self, arguments, context, out, false);
    }

private:
    /// Reads, checks, and where `runs` calls.
    HAFT_ABI_OF_EXCEPTIONS HAFT_COLD static void run(const void* self, std::string_view arguments,
                                                     call_context& context, result_writer& out, bool runs) {
        const auto& own = *static_cast<const checked_binding*>(static_cast<const binding*>(self));
        guarded(context, out, [&] {
            bound_call call(own, arguments, context.options);
            if (!call.read()) return call.refuse(context, out);
            result<void> fine = own.check_of(own, call.parameters(), context);
            if (!fine && fine.error().code != errc::approval_demanded) return refused(std::move(fine.error()), out);
            if (runs && (fine || agreed_to(fine.error(), self, arguments, context, out))) call.run(context, out);
        });
    }
    HAFT_COLD static void refused(error&& why, result_writer& out) {
        if (why.code == errc::tool_failed) why.code = errc::check_failed;
        why.message = mended(why.message);
        out.fail(std::move(why));
    }
    HAFT_ABI_OF_EXCEPTIONS HAFT_COLD static bool agreed_to(const error& demand, const void* self,
                                                           std::string_view arguments, call_context& context,
                                                           result_writer& out) {
        const std::string why = mended(demand.message);
        tool wanted;
        wanted.description = why;  // what somebody is to agree to
        wanted.effect = effect::destructive;
        wanted.runs(&execute, self, &validate);
        if (agreed(wanted, arguments, context, out)) return true;
        append_all(out.error().message, {" (", why, ")"});
        return false;
    }
};

template <class List>
struct plain_types;
template <class... T>
struct plain_types<type_list<T...>> {
    using type = type_list<std::remove_cvref_t<T>...>;
};
template <class Signature>
struct check_signature;
template <class R, class... P>
struct check_signature<reflect::signature<R, P...>> {
    using result = R;
    using all = type_list<P...>;
    using visible = typename plain_types<typename visible_parameters<type_list<>, P...>::type>::type;
    static constexpr bool wants_objects = ((is_injected<P> && !std::is_same_v<P, call_context&>) || ...);
    static constexpr bool writes = ((writes_to_caller<P> && !is_injected<P>) || ...);
};

/// The parameter of type P, the `At`-th of those that a model gives, for who only looks at it.
template <class Shape, class P, std::size_t At>
decltype(auto) show(const void* parameters, call_context& context) {
    using plain = std::remove_cvref_t<P>;
    if constexpr (std::is_same_v<P, call_context&>) {
        return static_cast<call_context&>(context);
    } else if constexpr (Shape::parameters::form == parameters_form::one_struct) {
        return *static_cast<const plain*>(parameters);
    } else {
        const auto& object = parameter_block<typename Shape::source>::template get<At>(const_cast<void*>(parameters));
        if constexpr (is_arg<plain>) return plain{object};
        else return static_cast<const plain&>(object);
    }
}
template <class Shape, class C, class... P>
result<void> call_check(C& check, const void* parameters, call_context& context, type_list<P...>) {
    return [&]<std::size_t... At>(std::index_sequence<At...>) -> result<void> {
        return check(detail::show<Shape, P, places_of<P...>::visible(At)>(parameters, context)...);
    }(std::index_sequence_for<P...>{});
}

/// Why a callable is no check of a tool's arguments; says nothing if it is one.
template <class Shape, class C>
consteval bool explain_check() {
    if constexpr (!reflect::has_one_signature<C>) {
        static_assert(refused<C>,
                      "haft: a check is a callable with exactly one signature; not a generic lambda or an overloaded "
                      "operator() [haft-E0163]");
        return false;
    } else {
        using check = check_signature<reflect::signature_of<C>>;
        constexpr bool same =
            std::is_same_v<typename check::visible, typename plain_types<typename Shape::visible>::type>;
        static_assert(same || refused<>,
                      "haft: a check takes the parameters of its tool, each by value or const reference, and "
                      "haft::call_context& if it likes; this one takes others [haft-E0163]");
        static_assert(
            !check::wants_objects,
            "haft: a check is given no objects of the host; take haft::call_context& and ask it for its user<T>() "
            "[haft-E0163]");
        constexpr bool looks_only = !same || !check::writes;
        static_assert(looks_only,
                      "haft: a check only looks at the parameters; take them by value or const reference [haft-E0163]");
        constexpr bool says_whether = std::is_same_v<typename check::result, haft::result<void>>;
        static_assert(says_whether,
                      "haft: a check gives a haft::result<void>: nothing, or the error that the model is told; with a "
                      "lambda write -> haft::result<void> [haft-E0164]");
        return same && looks_only && says_whether && !check::wants_objects;
    }
}

template <class Shape, class C>
using check_parameters = typename check_signature<reflect::signature_of<C>>::all;

template <auto F, auto Check, const auto& Names>
struct made_checked {
    using shape = shape_of<decltype(F), Names>;
    using check = std::remove_cvref_t<decltype(Check)>;

    static result<void> look(const checked_binding&, const void* parameters, call_context& context) {
        constexpr auto with = Check;
        return detail::call_check<shape>(with, parameters, context, check_parameters<shape, check>{});
    }
    static constexpr checked_binding bound{made<F, Names>::bound, &look};
};

}  // namespace detail

/// A tool of a function (see haft::make) and a check of its arguments. The check takes the function's parameters, each by value or
/// const reference, and a `call_context&` if it likes; it gives a haft::result<void>. It is called after the schema has been looked
/// at and before anybody is asked for approval, perhaps several times for one call: it should change nothing. Its error is told to
/// the model (E0364 if it has no code of its own) and counts as a retry. What it throws refuses the call.
template <auto F, auto Check, const auto& Names = detail::no_names>
    requires reflect::no_reflection<F>
consteval tool make_checked(const about& words) {
    tool t = make<F, Names>(words);
    if constexpr (detail::derivable<decltype(F), Names>) {
        using made = detail::made_checked<F, Check, Names>;
        if constexpr (detail::explain_check<typename made::shape, typename made::check>())
            t.runs(&detail::checked_tool::execute, static_cast<const binding*>(&made::bound),
                   &detail::checked_tool::validate);
    }
    return t;
}

/// The same for what is known at run time only: see toolset::add.
template <class F, class Check>
result<void> add_checked(toolset& to, std::string_view name, const about& words, F callable, Check check) {
    if constexpr (detail::explain_callable<"(added by haft::add_checked)", F>()) {
        using shape = detail::shape_of<F>;
        if constexpr (detail::explain_check<shape, Check>()) {
            struct kept : detail::checked_binding {
                detail::owned_words words;
                mutable F callable;
                mutable Check check;
                kept(std::string_view its_name, const about& described_so, F f, Check c)
                    : detail::checked_binding{{&shape::table(), detail::result_table<typename shape::value>(),
                                               [](const binding& self, invocation& call) {
                                                   detail::invoke_with<shape>(static_cast<const kept&>(self).callable,
                                                                              call);
                                               }},
                                              [](const detail::checked_binding& self, const void* parameters,
                                                 call_context& context) {
                                                  return detail::call_check<shape>(
                                                      static_cast<const kept&>(self).check, parameters, context,
                                                      detail::check_parameters<shape, Check>{});
                                              }},
                      words(its_name, described_so),
                      callable(std::move(f)),
                      check(std::move(c)) {}
            };
            kept* made = nullptr;
            shared_thing keeper = shared_thing::make<kept>(made, name, detail::with_own_words<F>(words),
                                                           std::move(callable), std::move(check));
            tool t = made->words.described();
            t.input_schema = shape::input_schema();
            t.output_schema = detail::result_schema<typename shape::value>();
            t.default_gap = shape::default_gap();
            t.wants_objects = shape::wants_objects;
            t.runs(&detail::checked_tool::execute, static_cast<const binding*>(made), &detail::checked_tool::validate);
            return to.add(t, std::move(keeper));
        }
    }
    return {};
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CHECKED_HPP

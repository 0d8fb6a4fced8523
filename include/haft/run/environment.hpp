// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_ENVIRONMENT_HPP
#define HAFT_RUN_ENVIRONMENT_HPP

/// What a tool may leave behind in the process without anybody noticing: the locale, the working directory, the signal mask, the
/// umask, how floating point rounds. For the debug mode that notices. [fault 77]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/run/runner_options.hpp>

#include <cfenv>
#include <clocale>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#if defined(__unix__) || defined(__APPLE__)
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__APPLE__)
#include <xlocale.h>
#endif
#endif

namespace haft::inline v0::detail {

/// What it was like at one moment. Locale, directory and umask are the whole process's: of tools that run side by side any may have
/// changed them. The umask is only known where /proc tells it, since asking the system would change it for a moment.
class environment {
public:
    HAFT_COLD environment() {
        if (const char* const name = std::setlocale(LC_ALL, nullptr)) locale_ = name;
        rounding_ = std::fegetround();
#if defined(__SSE__)
        control_ = __builtin_ia32_stmxcsr() & ~status_bits;
#endif
#if defined(__unix__) || defined(__APPLE__)
        thread_locale_ = ::uselocale(locale_t{});
        if (char* const here = ::getcwd(nullptr, 0)) {
            directory_ = here;
            std::free(here);
        }
        ::sigemptyset(&signals_);
        ::pthread_sigmask(SIG_SETMASK, nullptr, &signals_);
        umask_ = umask_now();
#endif
    }

    /// What is otherwise now, in words: `locale and working directory`; "" if nothing is.
    HAFT_COLD std::string differences_to(const environment& now) const {
        std::string out;
        const auto say = [&](bool differs, std::string_view what) {
            if (differs) append_all(out, {out.empty() ? "" : " and ", what});
        };
        say(locale_ != now.locale_, "locale");
        say(rounding_ != now.rounding_ || control_ != now.control_, "floating-point mode");
#if defined(__unix__) || defined(__APPLE__)
        say(thread_locale_ != now.thread_locale_, "locale of the thread");
        say(directory_ != now.directory_, "working directory");
        say(!same_signals(now), "signal mask");
        say(umask_ != now.umask_, "umask");
#endif
        return out;
    }

    /// Puts it back, as far as the system lets us.
    HAFT_COLD void restore() const {
        std::setlocale(LC_ALL, locale_.c_str());
        std::fesetround(rounding_);
#if defined(__SSE__)
        __builtin_ia32_ldmxcsr(control_ | (__builtin_ia32_stmxcsr() & status_bits));
#endif
#if defined(__unix__) || defined(__APPLE__)
        ::uselocale(thread_locale_);
        if (!directory_.empty() && ::chdir(directory_.c_str()) != 0) return;
        ::pthread_sigmask(SIG_SETMASK, &signals_, nullptr);
        if (umask_) ::umask(*umask_);
#endif
    }

private:
    static constexpr unsigned status_bits = 0x3F;  // of MXCSR: which exceptions have occurred
    std::string locale_;
    int rounding_ = 0;
    unsigned control_ = 0;
#if defined(__unix__) || defined(__APPLE__)
    bool same_signals(const environment& now) const {
        for (int s = 1; s < NSIG; ++s)
            if (::sigismember(&signals_, s) != ::sigismember(&now.signals_, s)) return false;
        return true;
    }
    static std::optional<mode_t> umask_now() {
        std::ifstream status("/proc/self/status");
        for (std::string line; std::getline(status, line);)
            if (line.starts_with("Umask:")) return static_cast<mode_t>(std::strtoul(line.c_str() + 6, nullptr, 8));
        return {};
    }

    locale_t thread_locale_{};
    std::string directory_;
    sigset_t signals_;
    std::optional<mode_t> umask_;
#endif
};

/// Around one tool.
class environment_guard {
public:
    explicit environment_guard(environment_check how) : how_(how) {
        if (how != environment_check::off) before_.emplace();
    }
    /// What is otherwise than before, put back where that is wanted.
    std::string changes() const {
        if (!before_) return {};
        const environment now;
        std::string out = before_->differences_to(now);
        if (!out.empty() && how_ == environment_check::restore) before_->restore();
        return out;
    }

private:
    environment_check how_;
    std::optional<environment> before_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_ENVIRONMENT_HPP

#!/usr/bin/env bash
# Brings what haft needs to build and test: scripts/deps.sh [--clang] [--node] [--packages] [--mingw] [--site] [--remote]
#
#   (always)  cmake, ninja, ccache, python3, a compiler; Boost >= 1.86 (headers; users need 1.81), nlohmann_json >= 3.11, toml++ >= 3.4,
#             CLI11 >= 2.3, SQLite 3, OpenSSL 3, libedit (for haft chat), Catch2 3, jsoncons (for tests); a locale with a decimal comma
#             -> build/deps/locale
#   --clang   clang 19 with libc++ and libFuzzer, and a Catch2 built with them   -> build/deps/libcxx
#   --node    Node >= 22.19 and the pinned npm packages of the conformance suite -> build/deps/{node22,npm}
#   --packages  Conan 2, and the headers of Boost 1.81, for the tests of ways to get haft -> build/deps/{conan,boost-1.81}
#   --mingw   g++ and lld for Windows, Wine, and a Catch2 built with them        -> build/deps/mingw
#   --remote  libnats, for tools on other machines, and iproute2; a nats-server and an nginx   -> build/deps/remote
#   --site    Sphinx and what else scripts/site.sh builds with, pinned   -> build/deps/site; a Chromium with its driver
#
# Tools come from the distribution. Libraries that the distribution has too old are unpacked into build/deps/usr: from
# newer suites of the same mirror, with an apt configuration of our own, so that nothing of the system is replaced.
# What is there already is not fetched again; with everything there no network is used.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
deps=$root/build/deps
stamps=$deps/stamps

want_clang=no want_node=no want_packages=no want_mingw=no want_site=no want_remote=no
for argument in "$@"; do
    case $argument in
        --clang) want_clang=yes ;;
        --node) want_node=yes ;;
        --packages) want_packages=yes ;;
        --mingw) want_mingw=yes ;;
        --site) want_site=yes ;;
        --remote) want_remote=yes ;;
        *) sed -n '2,12p' "$0" | cut -c3- >&2; exit 2 ;;
    esac
done

say() { printf 'deps: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command; its output is shown only if it fails.
quietly() {
    "$@" >"$deps/last.log" 2>&1 </dev/null || { cat "$deps/last.log" >&2; fail "failed: $*"; }
}

os_id=unknown os_version='' os_codename=''
if [ -r /etc/os-release ]; then
    # shellcheck source=/dev/null
    read -r os_id os_version os_codename < <(. /etc/os-release && echo "$ID ${VERSION_ID:-9999} ${VERSION_CODENAME:-sid}")
fi

mkdir -p "$stamps"
exec 9>"$deps/.lock" # two runs at once would unpack over each other
flock 9

# --- the system's packages -------------------------------------------------------------------------------------------

updated=no
update() {
    [ $updated = yes ] && return
    say "apt-get update"
    quietly apt-get -q update
    updated=yes
}

# Installs packages of the distribution. What is called missing has been looked for before.
install() {
    have apt-get || fail "missing: $*. Please install them (this machine has no apt-get)."
    [ "$(id -u)" = 0 ] || fail "missing: $*. Please run: sudo apt-get install $*"
    update
    say "installing $*"
    # --no-remove: rather stop than take something away from the machine.
    quietly env DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends --no-remove install "$@"
}

tools=()
have cmake || tools+=(cmake)
have c++ || have g++ || tools+=(g++)
have ninja || tools+=(ninja-build)
have ccache || tools+=(ccache)
have python3 || tools+=(python3)
if [ $want_clang = yes ]; then
    have clang++-19 || tools+=(clang-19)
    [ -e /usr/lib/llvm-19/include/c++/v1/version ] || tools+=(libc++-19-dev)
    [ -e /usr/lib/llvm-19/lib/libc++abi.so ] || tools+=(libc++abi-19-dev)
    compgen -G '/usr/lib/llvm-19/lib/clang/19/lib/linux/libclang_rt.fuzzer-*.a' >/dev/null || tools+=(libclang-rt-19-dev)
    [ -e /usr/lib/llvm-19/bin/llvm-symbolizer ] || tools+=(llvm-19) # names instead of addresses in what sanitizers say
fi
if [ $want_site = yes ]; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || tools+=(python3-venv)
    have chromium || tools+=(chromium)
    have chromedriver || tools+=(chromium-driver)
fi
if [ ${#tools[@]} -gt 0 ]; then install "${tools[@]}"; fi

# --- newer suites of the same mirror, apart from the system's own apt -------------------------------------------------

apt=$deps/apt

# Writes the private configuration: sources of two newer suites on the mirror that serves this machine.
private_apt() {
    [ -e "$apt/ready" ] && return
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror
    [ -e $keyring ] || fail "missing: $keyring (package debian-archive-keyring)"
    mirror=$(mirror_of_this_machine)
    if [ -z "$mirror" ] && [ "$(id -u)" = 0 ]; then
        update # a fresh container has sources but no lists, and apt names a source only once it has its list
        mirror=$(mirror_of_this_machine)
    fi
    [ -n "$mirror" ] || fail "apt knows no source for Debian $os_codename, main. Please run: sudo apt-get update"
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    {
        echo "deb [signed-by=$keyring] $mirror trixie main"
        echo "deb [signed-by=$keyring] $mirror bookworm-backports main"
        echo "deb-src [signed-by=$keyring] $mirror bookworm-backports main"
    } >"$apt/sources.list"
    # Read after the system's configuration, which keeps its proxies; its hooks are not for us.
    cat >"$apt/apt.conf" <<CONF
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
CONF
    say "reading the package lists of newer Debian suites (about 10 MB)"
    quietly apt-get -q -c "$apt/apt.conf" -o APT::Update::Error-Mode=any update
    touch "$apt/ready"
}

mirror_of_this_machine() {
    # shellcheck disable=SC2016 # apt's variable, not the shell's
    apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Component: main' "Codename: $os_codename" \
        'Origin: Debian' | head -n 1
}

# download deb|source PACKAGE[/SUITE]: keeps the files in build/deps/downloads.
download() {
    local kind=$1 package=$2 how=(download)
    [ "$kind" = source ] && how=(source --download-only)
    private_apt
    mkdir -p "$deps/downloads"
    say "fetching $package"
    (cd "$deps/downloads" && quietly apt-get -q -c "$apt/apt.conf" "${how[@]}" "$package")
}

# unpack PACKAGE[/SUITE]: a .deb into build/deps/usr, once.
unpack() {
    local name=${1%%/*} file
    [ -e "$stamps/$name" ] && return
    file=$(compgen -G "$deps/downloads/${name}_*.deb" | tail -n 1) || true
    if [ -z "$file" ]; then
        download deb "$1"
        file=$(compgen -G "$deps/downloads/${name}_*.deb" | tail -n 1)
    fi
    quietly dpkg -x "$file" "$deps"
    touch "$stamps/$name"
}

# --- libraries ---------------------------------------------------------------------------------------------------------

# Asks CMake itself, as the build will. What is missing stands in missing.txt, a word and a line for people each; what was
# found in the stamp "found": the probe's own sum, then one file of each library.
libraries_found() {
    rm -rf "$probe/build"
    quietly cmake -S "$probe" -B "$probe/build" -G Ninja "-DCMAKE_PREFIX_PATH=$deps/usr"
    [ -e "$probe/build/found.txt" ] && { sum_of_probe; cat "$probe/build/found.txt"; } >"$stamps/found"
}

# The answer of an earlier run holds as long as the same is asked and the files it found are there.
libraries_known() {
    [ -e "$stamps/found" ] || return 1
    local sum file
    { read -r sum && [ "$sum" = "$(sum_of_probe)" ] && while read -r file; do [ -e "$file" ] || return 1; done; } \
        <"$stamps/found"
}

probe=$deps/probe
sum_of_probe() { sha256sum <"$probe/CMakeLists.txt"; }
missing() { grep -q "^$1 " "$probe/build/missing.txt"; }
mkdir -p "$probe"
cat >"$probe/CMakeLists.txt" <<'CMAKE'
cmake_minimum_required(VERSION 3.25...3.31)
project(probe C CXX)
find_package(Boost 1.86 QUIET)
find_package(Catch2 3 QUIET)
find_package(nlohmann_json 3.11 QUIET)
find_package(tomlplusplus 3.4 QUIET)
find_package(CLI11 2.3 QUIET)
find_package(SQLite3 QUIET)
find_package(OpenSSL 3 QUIET)
set(missing "")
if(NOT Boost_FOUND OR NOT TARGET Boost::headers)
    string(APPEND missing "boost    Boost >= 1.86 (headers), for example libboost1.88-dev\n")
endif()
if(NOT Catch2_FOUND)
    string(APPEND missing "catch2   Catch2 3, for example catch2 or libcatch2-dev\n")
endif()
if(NOT nlohmann_json_FOUND)
    string(APPEND missing "nlohmann nlohmann_json >= 3.11, for example nlohmann-json3-dev\n")
endif()
if(NOT tomlplusplus_FOUND)
    string(APPEND missing "toml     toml++ >= 3.4, for example libtomlplusplus-dev\n")
endif()
if(NOT CLI11_FOUND)
    string(APPEND missing "cli11    CLI11 >= 2.3, for example libcli11-dev\n")
endif()
if(NOT SQLite3_FOUND)
    string(APPEND missing "sqlite   SQLite 3, for example libsqlite3-dev\n")
endif()
if(NOT OPENSSL_FOUND)
    string(APPEND missing "openssl  OpenSSL 3, for example libssl-dev\n")
endif()
file(WRITE ${CMAKE_BINARY_DIR}/missing.txt "${missing}")
if(NOT missing)
    get_target_property(include Boost::headers INTERFACE_INCLUDE_DIRECTORIES)
    list(GET SQLite3_INCLUDE_DIRS 0 sqlite)
    file(WRITE ${CMAKE_BINARY_DIR}/found.txt "${include}/boost/version.hpp\n${Catch2_DIR}/Catch2Config.cmake\n"
        "${nlohmann_json_DIR}/nlohmann_jsonConfig.cmake\n${tomlplusplus_DIR}/tomlplusplusConfig.cmake\n"
        "${CLI11_DIR}/CLI11Config.cmake\n${sqlite}/sqlite3.h\n"
        "${OPENSSL_INCLUDE_DIR}/openssl/ssl.h\n")
endif()
CMAKE

# The newest Boost that the distribution has as a package of headers (1.86 or later).
boost_package() {
    apt-cache pkgnames libboost1. | sed -nE 's/^libboost1\.([0-9]+)-dev$/\1/p' | sort -n | tail -n 1 |
        while read -r minor; do [ "$minor" -ge 86 ] && echo "libboost1.$minor-dev"; done
}

if ! libraries_known && ! libraries_found; then
    packages=()
    case $os_id:$os_version in
        debian:12 | debian:1[3-9] | debian:9999 | ubuntu:24.10 | ubuntu:2[5-9].*)
            if missing nlohmann; then packages+=(nlohmann-json3-dev); fi
            if missing sqlite; then packages+=(libsqlite3-dev); fi
            if missing openssl; then packages+=(libssl-dev); fi
            if [ "$os_id:$os_version" = debian:12 ]; then
                if missing boost; then
                    unpack libboost1.88-dev/trixie # holds headers only, so the newer libc of its suite does not matter
                fi
                if missing catch2; then unpack libcatch2-dev/bookworm-backports; fi
                # Its headers alone: the library beside them is that of the newer suite, and nothing links it.
                if missing toml; then unpack libtomlplusplus-dev/trixie; fi
                if missing cli11; then unpack libcli11-dev/trixie; fi
            else
                if missing boost; then
                    update
                    # shellcheck disable=SC2207 # no package is no argument
                    packages+=($(boost_package))
                fi
                if missing catch2; then packages+=(catch2); fi
                if missing toml; then packages+=(libtomlplusplus-dev); fi
                if missing cli11; then packages+=(libcli11-dev); fi
            fi
            if [ ${#packages[@]} -gt 0 ]; then install "${packages[@]}"; fi
            ;;
    esac
    if ! libraries_found; then
        say "please install, or name in CMAKE_PREFIX_PATH:"
        sed 's/^[a-z0-9]* */    /' "$probe/build/missing.txt" >&2
        exit 1
    fi
fi

# --- libedit, for the lines of haft chat ------------------------------------------------------------------------------------

# Without it the command reads lines plainly, so where it is not to be had the build says so and goes on.
if ! echo '#include <histedit.h>' | c++ -x c++ -fsyntax-only - 2>/dev/null; then
    if have apt-get && [ "$(id -u)" = 0 ]; then
        install libedit-dev
    else
        say "libedit is not there (for example libedit-dev, libedit-devel, or editline-devel): haft chat will have no line editing"
    fi
fi

# --- jsoncons (headers only), for the tests of its adapter -----------------------------------------------------------------

# Nothing else needs it, so where it is not to be had those tests are skipped, aloud.
if [ ! -e "$deps/usr/include/jsoncons_ext/jsonschema/jsonschema.hpp" ] &&
    [ ! -e /usr/include/jsoncons_ext/jsonschema/jsonschema.hpp ]; then
    case $os_id:$os_version in
        debian:12) unpack libjsoncons-dev/trixie ;;
        *) say "jsoncons is not there (for example libjsoncons-dev): the tests of its adapter will be skipped" ;;
    esac
fi

# --- a locale with a decimal comma, for the tests that numbers know none ------------------------------------------------

# Apart from the system's own; tests find it by LOCPATH. Without localedef (that is, without glibc) they are skipped.
if [ ! -e "$deps/locale/de_DE.UTF-8/LC_NUMERIC" ] && have localedef; then
    [ -e /usr/share/i18n/locales/de_DE ] || install locales
    mkdir -p "$deps/locale"
    quietly localedef -i de_DE -f UTF-8 "$deps/locale/de_DE.UTF-8"
fi

# --- Conan, and the oldest Boost that haft takes ----------------------------------------------------------------------------

# What can't be had is said, and its test will say so too.
if [ $want_packages = yes ]; then
    conan=2.34.0
    if [ "$("$deps/conan/bin/conan" --version 2>/dev/null)" != "Conan version $conan" ]; then
        say "installing Conan $conan (43 MB)"
        python3 -c 'import ensurepip, venv' 2>/dev/null || ! have apt-get || [ "$(id -u)" != 0 ] || install python3-venv
        rm -rf "$deps/conan"
        python3 -m venv "$deps/conan" >"$deps/last.log" 2>&1 &&
            "$deps/conan/bin/pip" install -q --disable-pip-version-check "conan==$conan" >"$deps/last.log" 2>&1 ||
            { say "Conan is not to be had: $(tail -n 1 "$deps/last.log")"; rm -rf "$deps/conan"; }
    fi
    if [ ! -e "$deps/boost-1.81/usr/include/boost/version.hpp" ]; then
        case $os_id:$os_version in
            debian:12)
                update
                mkdir -p "$deps/downloads"
                say "fetching libboost1.81-dev"
                (cd "$deps/downloads" && quietly apt-get -q download libboost1.81-dev)
                quietly dpkg -x "$(compgen -G "$deps/downloads/libboost1.81-dev_*.deb" | tail -n 1)" "$deps/boost-1.81"
                ;;
            *) say "Boost 1.81 is not to be had here (unpack it into $deps/boost-1.81): haft will not be built with it" ;;
        esac
    fi
fi

# --- what tools on other machines are tested with ---------------------------------------------------------------------------

# The servers are unpacked and not installed: an installed one would be started, and nobody has asked for that. What can't be had is said,
# and its tests will say so too.
if [ $want_remote = yes ]; then
    if ! echo '#include <nats/nats.h>' | c++ -x c++ -fsyntax-only - 2>/dev/null; then
        if have apt-get && [ "$(id -u)" = 0 ]; then
            install libnats-dev
        else
            say "libnats is not there (for example libnats-dev): haft::nats will not be built"
        fi
    fi
    if ! have ip && have apt-get && [ "$(id -u)" = 0 ]; then install iproute2; fi
    for server in nats-server nginx; do
        [ -x "$deps/remote/usr/sbin/$server" ] && continue
        if have apt-get; then
            update
            mkdir -p "$deps/downloads"
            say "fetching $server"
            (cd "$deps/downloads" && quietly apt-get -q download $server)
            quietly dpkg -x "$(compgen -G "$deps/downloads/${server}_*.deb" | tail -n 1)" "$deps/remote"
        else
            say "$server is not there: put it into the PATH, or its tests are skipped"
        fi
    done
fi

# --- Catch2 for clang ---------------------------------------------------------------------------------------------------

catch2=$deps/src/catch2
unpack_catch2() {
    local tarball
    tarball=$(compgen -G "$deps/downloads/catch2_*.orig.tar.*" | tail -n 1) || true
    if [ -z "$tarball" ]; then
        [ "$os_id:$os_version" = debian:12 ] ||
            fail "the sources of Catch2 3 are not to be had here; please put catch2_VERSION.orig.tar.gz into build/deps/downloads"
        download source catch2/bookworm-backports
        tarball=$(compgen -G "$deps/downloads/catch2_*.orig.tar.*" | tail -n 1)
    fi
    rm -rf "$catch2" && mkdir -p "$catch2"
    quietly tar -xf "$tarball" -C "$catch2" --strip-components=1
}

# Catch2 of the distribution is built for libstdc++ and does not link with libc++.
if [ $want_clang = yes ] && [ ! -e "$stamps/libcxx" ]; then
    unpack_catch2
    say "building Catch2 with clang 19 and libc++ (a minute or two, once)"
    quietly cmake -S "$catch2" -B "$catch2/build" -G Ninja -DCMAKE_UNITY_BUILD=ON -DCMAKE_CXX_STANDARD=20 \
        -DCMAKE_CXX_COMPILER=clang++-19 "-DCMAKE_CXX_FLAGS=-O1 -stdlib=libc++" -DCMAKE_INSTALL_PREFIX="$deps/libcxx" \
        -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF -DCATCH_INSTALL_EXTRAS=ON
    quietly cmake --build "$catch2/build" --target install --parallel "$(nproc)"
    rm -rf "$deps/src"
    touch "$stamps/libcxx"
fi

# --- Windows, by MinGW-w64 and Wine --------------------------------------------------------------------------------------

# Of the libraries only headers, and Catch2 built anew; apart from those of the system, whose folder would bring its C library.
if [ $want_mingw = yes ] && [ ! -e "$stamps/mingw" ]; then
    windows=()
    have x86_64-w64-mingw32-g++-posix || windows+=(g++-mingw-w64-x86-64-posix)
    have wine || windows+=(wine wine64)
    have clang++-19 || windows+=(clang-19)
    have ld.lld-19 || windows+=(lld-19)
    if [ ${#windows[@]} -gt 0 ]; then install "${windows[@]}"; fi
    rm -rf "$deps/mingw"
    mkdir -p "$deps/mingw/include" "$deps/mingw/share/cmake"
    cp -r /usr/include/nlohmann "$deps/mingw/include/"
    cp -r /usr/share/cmake/nlohmann_json "$deps/mingw/share/cmake/"
    unpack_catch2
    say "building Catch2 for Windows (a minute or two, once)"
    quietly cmake -S "$catch2" -B "$catch2/build" -G Ninja -DCMAKE_UNITY_BUILD=ON -DCMAKE_CXX_STANDARD=20 -DCMAKE_SYSTEM_NAME=Windows \
        -DCMAKE_CXX_COMPILER=x86_64-w64-mingw32-g++-posix -DCMAKE_CXX_FLAGS="-O1 -Wa,-mbig-obj" \
        -DCMAKE_INSTALL_PREFIX="$deps/mingw" -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF \
        -DCATCH_INSTALL_EXTRAS=ON
    quietly cmake --build "$catch2/build" --target install --parallel "$(nproc)"
    rm -rf "$deps/src"
    touch "$stamps/mingw"
fi

# --- Node, for the conformance suite ------------------------------------------------------------------------------------

if [ $want_node = yes ]; then
    npm_options=(--no-audit --no-fund --no-update-notifier --loglevel=error)
    npm_there() { have npm || install nodejs npm; }

    node22=$deps/node22/node_modules/.bin
    node_will_do() { have node && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 22 || (a == 22 && b >= 19) ? 0 : 1)'; }
    if ! node_will_do && [ ! -e "$stamps/node22" ]; then
        npm_there
        mkdir -p "$deps/node22"
        echo '{"private":true}' >"$deps/node22/package.json"
        say "fetching Node 22 (185 MB unpacked)"
        quietly npm install --prefix "$deps/node22" "${npm_options[@]}" node@22
        "$node22/node" --version >/dev/null || fail "$node22/node does not run"
        touch "$stamps/node22"
    fi

    # The lock file decides; another one means another installation.
    suite=$root/tests/conformance
    if [ -e "$suite/package.json" ]; then
        wanted=$(cat "$suite"/package*.json | sha256sum | cut -d' ' -f1)
        if [ "$(cat "$stamps/npm" 2>/dev/null)" != "$wanted" ]; then
            npm_there
            mkdir -p "$deps/npm"
            cp "$suite"/package*.json "$deps/npm/"
            say "fetching the npm packages of the conformance suite"
            verb=install
            [ -e "$suite/package-lock.json" ] && verb=ci
            (cd "$deps/npm" && quietly npm "$verb" "${npm_options[@]}")
            echo "$wanted" >"$stamps/npm"
        fi
    fi
fi

# --- Sphinx, for the documentation site ------------------------------------------------------------------------------------

# The list decides, with the hashes of all that is installed; another list means another installation.
if [ $want_site = yes ]; then
    list=$root/scripts/site/requirements.txt
    wanted=$({ python3 --version; cat "$list"; } | sha256sum | cut -d' ' -f1)
    if [ "$(cat "$stamps/site" 2>/dev/null)" != "$wanted" ]; then
        say "fetching the Python packages of the documentation site"
        rm -rf "$deps/site"
        quietly python3 -m venv "$deps/site"
        quietly "$deps/site/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes -r "$list"
        echo "$wanted" >"$stamps/site"
    fi
fi

# SPDX-License-Identifier: BSL-1.0
"""haft for Conan 2: conan create packaging/conan [-o "haft/*:http=True" …]"""
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

required_conan_version = ">=2.0"

# What each option needs beside Boost, as cmake/haftConfig.cmake.in has it of the component of the same name (`check.py packages`
# compares them).
BOOST = "boost/[>=1.81 <2]"
NEEDS = {
    "rules": ["boost/[>=1.86 <2]"],
    "nlohmann": ["nlohmann_json/[>=3.11 <4]"],
    "config": ["nlohmann_json/[>=3.11 <4]", "tomlplusplus/[>=3.4 <4]"],
    "http": ["openssl/[>=3 <4]"],
    "nats": ["cnats/[>=3.4 <4]"],
    "jsoncons": ["jsoncons/[>=1.3 <2]"],
}


class HaftConan(ConanFile):
    name = "haft"
    description = "C++ functions as tools for language models"
    license = "BSL-1.0"
    topics = ("llm", "mcp", "tools", "json-schema", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {part: [True, False] for part in NEEDS}
    default_options = {**{part: False for part in NEEDS}, "boost/*:header_only": True}

    # The recipe stands in haft's own tree.
    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "..", "..", "include", "haft", "version.hpp"))
        self.version = text.split('HAFT_VERSION "')[1].split('"')[0]

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..")
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*"):
            copy(self, pattern, root, self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        wanted = {BOOST.split("/")[0]: BOOST}
        for part, needs in NEEDS.items():
            if self.options.get_safe(part):
                wanted.update((need.split("/")[0], need) for need in needs)
        for need in wanted.values():
            self.requires(need, transitive_headers=True, transitive_libs=True)

    def validate(self):
        if self.settings.get_safe("compiler.cppstd"):
            check_min_cppstd(self, 20)

    # The same package whatever the settings and options are: they only say what comes along.
    def package_id(self):
        self.info.clear()

    def generate(self):
        toolchain = CMakeToolchain(self)
        for part in ("TESTS", "EXAMPLES", "COMMAND"):
            toolchain.cache_variables[f"HAFT_BUILD_{part}"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        CMake(self).configure()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        rmdir(self, os.path.join(self.package_folder, "share", "pkgconfig"))  # Conan writes one that knows of the others

    # haft brings its own CMake package: components, haft::compiled and haft_add_plugin are as everywhere.
    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("share", "cmake", "haft")]

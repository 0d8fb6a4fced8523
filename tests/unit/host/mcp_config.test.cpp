// SPDX-License-Identifier: BSL-1.0
#include <haft/host/absolute_path.hpp>
#include <haft/host/mcp_config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace fs = std::filesystem;
using namespace haft::host;

TEST_CASE("each client gets the file that it reads", "[IO-09]") {
    CHECK(
        mcp_config(*find_mcp_client("claude-desktop"), "my \"tools\"", "/opt/a b/tools") ==
        "{\n  \"mcpServers\": {\n    \"my \\\"tools\\\"\": {\n      \"command\": \"/opt/a b/tools\",\n      \"args\": "
        "[\"serve\"]\n    }\n  }\n}");
    CHECK(mcp_config(*find_mcp_client("cursor"), "t", "/t") ==
          mcp_config(*find_mcp_client("claude-desktop"), "t", "/t"));
    CHECK(
        mcp_config(*find_mcp_client("claude-code"), "t", "/t") ==
        "{\n  \"mcpServers\": {\n    \"t\": {\n      \"type\": \"stdio\",\n      \"command\": \"/t\",\n      \"args\": "
        "[\"serve\"]\n    }\n  }\n}");
    CHECK(mcp_config(*find_mcp_client("vscode"), "t", "/t") ==
          "{\n  \"servers\": {\n    \"t\": {\n      \"type\": \"stdio\",\n      \"command\": \"/t\",\n      \"args\": "
          "[\"serve\"]\n    }\n  }\n}");
    CHECK(mcp_config(*find_mcp_client("cursor"), "t", "/t", {"-C", "/a \"b\""}).find(R"("args": ["-C", "/a \"b\"", "serve"])") !=
          std::string::npos);
    CHECK(find_mcp_client("emacs") == nullptr);
}

TEST_CASE("a program's path is absolute however it was started", "[IO-09]") {
    const fs::path before = fs::current_path();
    const std::string path_before = std::getenv("PATH") ? std::getenv("PATH") : "";
    std::string pattern = (fs::temp_directory_path() / "haft-config-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()));
    const fs::path folder = fs::canonical(pattern);
    fs::create_directories(folder / "bin");
    std::ofstream(folder / "bin/tool") << "#!/bin/sh\n";
    fs::permissions(folder / "bin/tool", fs::perms::owner_all);
    fs::create_symlink("tool", folder / "bin/link");
    fs::create_symlink("bin", folder / "other");
    fs::current_path(folder);
    const std::string tool = (folder / "bin/tool").string();

    CHECK(absolute_path(tool) == tool);
    CHECK(absolute_path("bin/tool") == tool);
    CHECK(absolute_path("./bin/../bin/tool") == tool);
    CHECK(absolute_path("other/tool") == tool);
    CHECK(absolute_path("bin/link") == (folder / "bin/link").string());
    ::setenv("PATH", ("/nowhere::" + (folder / "bin").string()).c_str(), 1);
    CHECK(absolute_path("tool") == tool);
    ::setenv("PATH", "", 1);
    CHECK(absolute_path("tool") == (folder / "tool").string());
    CHECK(absolute_path("/nowhere/at/all") == "/nowhere/at/all");

    ::setenv("PATH", path_before.c_str(), 1);
    fs::current_path(before);
    fs::remove_all(folder);
}

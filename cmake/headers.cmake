# The headers of haft, sorted; scripts/check.py compares the list with the disk.
set(HAFT_HEADERS
    include/haft/core/config.hpp
    include/haft/core/error.hpp
    include/haft/core/fixed_string.hpp
    include/haft/core/nearest.hpp
    include/haft/core/result.hpp
    include/haft/core/text.hpp
    include/haft/haft.hpp
    include/haft/host/outline.hpp
    include/haft/host/run.hpp
    include/haft/host/terminal.hpp
    include/haft/json/check.hpp
    include/haft/json/expected.hpp
    include/haft/json/lexer.hpp
    include/haft/json/number.hpp
    include/haft/json/pointer.hpp
    include/haft/json/read_number.hpp
    include/haft/json/reader.hpp
    include/haft/json/type.hpp
    include/haft/json/value_faults.hpp
    include/haft/json/value_json.hpp
    include/haft/json/write_number.hpp
    include/haft/json/writer.hpp
    include/haft/mcp/frames.hpp
    include/haft/mcp/listing.hpp
    include/haft/mcp/message.hpp
    include/haft/mcp/revision.hpp
    include/haft/mcp/server.hpp
    include/haft/mcp/transport/stdio.hpp
    include/haft/reflect/callable.hpp
    include/haft/reflect/engine/cxx20.hpp
    include/haft/reflect/enumerators.hpp
    include/haft/reflect/members.hpp
    include/haft/schema/explain.hpp
    include/haft/schema/form.hpp
    include/haft/schema/scalar.hpp
    include/haft/schema/std/optional.hpp
    include/haft/schema/std/string.hpp
    include/haft/schema/std/vector.hpp
    include/haft/schema/structure.hpp
    include/haft/schema/text.hpp
    include/haft/schema/value_text.hpp
    include/haft/schema/words.hpp
    include/haft/tool.hpp
    include/haft/tool/about.hpp
    include/haft/tool/call_context.hpp
    include/haft/tool/derive.hpp
    include/haft/tool/execute.hpp
    include/haft/tool/make.hpp
    include/haft/tool/result_writer.hpp
    include/haft/tool/tool.hpp
    include/haft/tool/toolset.hpp
    include/haft/version.hpp
)

# Those that need nlohmann_json, which haft itself does not: haft::json.
set(HAFT_JSON_HEADERS ${HAFT_HEADERS})
list(FILTER HAFT_JSON_HEADERS INCLUDE REGEX "_json\\.hpp$")
list(FILTER HAFT_HEADERS EXCLUDE REGEX "_json\\.hpp$")

# haft_name_parts(<haft>): names for what needs nothing more than haft::haft, so that a program can say what it uses of it. All of
# them are that target: of headers costs only what is included.
#   haft::tools     <haft/tool.hpp> and what stands beside it
#   haft::registry  <haft/registry.hpp>
#   haft::mcp       <haft/haft.hpp>: servers over stdio, haft::run
#   haft::rules     <haft/rules.hpp>, <haft/prompt.hpp>; these two need Boost 1.86, for Boost.Hash2
function(haft_name_parts haft)
    foreach(part IN ITEMS tools registry mcp rules)
        if(NOT TARGET haft::${part})
            add_library(haft::${part} ALIAS ${haft})
        endif()
    endforeach()
endfunction()

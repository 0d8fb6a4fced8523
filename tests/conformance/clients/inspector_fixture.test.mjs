// The Inspector lists and calls every tool of the fixture.
import { check, contains, equal, idea, none } from '../support/idea.mjs';
import { call_tool, list_tools } from '../support/inspector.mjs';
import { fixture } from '../support/places.mjs';
import { fixture_calls, not_covered, wrong_result } from '../support/tables.mjs';

const server = [fixture, 'serve'];

idea(async () => {
    const listed = await list_tools(server, {}, '--strict');
    equal(listed.code, 0, 'tools/list --strict: exit 0');
    const tools = listed.result?.tools ?? [];
    check(tools.length > 10, `${tools.length} tools`);
    none(not_covered(tools, fixture_calls), 'each tool has its arguments in the table');
    for (const call of fixture_calls) {
        const { code, result, stdout, stderr } = await call_tool(server, call.tool, call.args);
        equal(code, call.error ? 5 : 0, `tools/call ${call.tool} ${JSON.stringify(call.args).slice(0, 90)}: exit ${call.error ? 5 : 0}`);
        none(result ? wrong_result(call, result) : [`no result: ${stdout} ${stderr}`], '      and the result');
    }
    const unknown = await call_tool(server, 'no_such_tool', {});
    equal(unknown.code, 5, 'tools/call of an unknown tool: exit 5');
    contains(unknown.stderr, 'tool_not_found', 'and it says so');
    const paged = await list_tools([fixture, '--page-size', '2'], {});
    equal(paged.result?.tools?.map(t => t.name), tools.map(t => t.name), 'tools/list in pages of 2 gives the same tools');
});

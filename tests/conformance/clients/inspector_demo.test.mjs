// The Inspector lists and calls every tool of the demo, on a folder of its own.
import fs from 'node:fs';
import path from 'node:path';
import { equal, check, idea, none, scratch, skip } from '../support/idea.mjs';
import { call_tool, list_tools } from '../support/inspector.mjs';
import { demo } from '../support/places.mjs';
import { demo_calls, demo_files, not_covered, wrong_result } from '../support/tables.mjs';

idea(async () => {
    if (!demo) return skip('the demo: it was not built');
    const folder = scratch();
    for (const [file, text] of Object.entries(demo_files)) {
        fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        fs.writeFileSync(path.join(folder, file), text);
    }
    const server = [demo, 'serve'];
    const options = { cwd: folder, env: { HAFT_DEMO_NOTES: path.join(scratch(), 'notes.txt') } };

    const listed = await list_tools(server, options, '--strict');
    equal(listed.code, 0, 'tools/list --strict: exit 0');
    const tools = listed.result?.tools ?? [];
    check(tools.length > 0, `${tools.length} tools: ${tools.map(t => t.name).join(' ')}`);
    none(not_covered(tools, demo_calls), 'each tool has its arguments in the table');
    // Notes outlast the server, so a row of processes sees one notebook.
    for (const call of demo_calls) {
        const { code, result, stdout, stderr } = await call_tool(server, call.tool, call.args, options);
        equal(code, call.error ? 5 : 0, `tools/call ${call.tool} ${JSON.stringify(call.args)}: exit ${call.error ? 5 : 0}`);
        none(result ? wrong_result(call, result) : [`no result: ${stdout} ${stderr}`], '      and the result');
    }
});

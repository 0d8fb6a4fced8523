// Both SDKs connect, list, and call every tool of the fixture; they validate structured content themselves.
import { check, equal, idea, none, rejects } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { gone } from '../support/processes.mjs';
import { connect, sdks } from '../support/sdks.mjs';
import { fixture_calls, not_covered, wrong_result } from '../support/tables.mjs';

idea(async () => {
    for (const sdk of sdks) {
        const c = await connect(sdk, [fixture, 'serve']);
        equal(c.version, '2025-11-25', `${sdk.name}: 2025-11-25 agreed`);
        equal(c.client.getServerVersion(), { name: 'fixture', version: '1.2.3' }, `${sdk.name}: serverInfo`);
        equal(c.client.getInstructions(), 'Tools for tests.', `${sdk.name}: instructions`);
        equal(c.client.getServerCapabilities(), { tools: {}, logging: {} }, `${sdk.name}: capabilities`);
        check(typeof (await c.client.ping()) === 'object', `${sdk.name}: ping`);
        const { tools } = await c.client.listTools();
        none(not_covered(tools, fixture_calls), `${sdk.name}: ${tools.length} tools, each with its arguments in the table`);
        equal(tools.find(t => t.name === 'add').annotations, { readOnlyHint: true, openWorldHint: false }, `${sdk.name}: annotations`);
        for (const call of fixture_calls)
            none(wrong_result(call, await c.call(call.tool, call.args)), `${sdk.name}: ${call.tool} ${JSON.stringify(call.args).slice(0, 80)}`);
        await rejects(c.call('no_such_tool', {}), /no_such_tool.*code -32602/, `${sdk.name}: an unknown tool is a protocol error`);

        const results = await Promise.all(Array.from({ length: 50 }, (_, i) => c.call(i % 2 ? 'add' : 'chatter', i % 2 ? { a: i, b: 1 } : { text: `t${i}` })));
        none(results.filter((r, i) => r.content[0].text !== (i % 2 ? String(i + 1) : `t${i}`)), `${sdk.name}: 50 calls, every second of a tool that prints`);
        none(c.errors, `${sdk.name}: no error in the stream`);
        const closing = c.close();
        const ms = await gone(c.pid, c.started, 1500);  // after 2 s the SDKs send signals
        check(ms !== undefined, `${sdk.name}: closing ends the server without a signal`);
        await closing;
    }
    // The newer SDK can ask first whether a server speaks 2026-07-28.
    const probing = await connect(sdks[1], [fixture, 'serve'], { versionNegotiation: { mode: 'auto' } });
    equal([probing.version, (await probing.call('echo', { text: 'a' })).content[0].text], ['2026-07-28', 'a'], 'a client that probes for 2026-07-28 stays there');
    await probing.close();
});

// [NX-02] [EX-05] The SDKs validate structured content by the output schema themselves; haft's passes, whatever its form.
import { check, equal, idea, none, rejects } from '../support/idea.mjs';
import { broken_server, fixture } from '../support/places.mjs';
import { connect, sdks } from '../support/sdks.mjs';
import { fixture_calls, wrong_result } from '../support/tables.mjs';

idea(async () => {
    for (const sdk of sdks) {
        const c = await connect(sdk, [fixture, 'serve']);
        const { tools } = await c.client.listTools();  // from here on the SDK knows the schemas
        const with_schema = new Set(tools.filter(t => t.outputSchema).map(t => t.name));
        check(with_schema.size > 8, `${sdk.name}: ${with_schema.size} tools with an output schema`);
        for (const call of fixture_calls) {
            if (!with_schema.has(call.tool) || call.error) continue;
            const result = await c.call(call.tool, call.args);
            none(wrong_result(call, result), `${sdk.name}: ${call.tool} ${JSON.stringify(call.args).slice(0, 80)}`);
            check(typeof result.structuredContent === 'object', `${sdk.name}: ${call.tool}: the structure is there`);
        }
        equal((await c.call('pixel', {})).content[0].type, 'image', `${sdk.name}: an image`);
        await c.close();
        const lies = await connect(sdk, [...broken_server, 'structured content of another type']);
        await (sdk === sdks[0] ? lies.page('1') : lies.client.listTools());
        await rejects(lies.call('answer', {}), /[Ss]tructured content/, `${sdk.name}: control: another type is refused`);
        await lies.close();
    }
});

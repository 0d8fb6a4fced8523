// [fault-125] Which revision is agreed on, and that each is then spoken as its own schema says.
import { equal, idea, none, skip } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import * as schemas from '../support/schemas.mjs';
import { fixture_calls, wrong_result } from '../support/tables.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

const asked = {
    '2024-11-05': '2024-11-05', '2025-03-26': '2025-03-26', '2025-06-18': '2025-06-18', '2025-11-25': '2025-11-25',
    '2026-07-28': '2025-11-25', '1999-01-01': '2025-11-25', 'no date': '2025-11-25',
};

idea(async () => {
    for (const [version, agreed] of Object.entries(asked)) {
        const wire = new Wire([fixture, 'serve']);
        const { result } = await wire.initialize(version);
        equal(result.protocolVersion, agreed, `${version} asked, ${agreed} agreed`);
        equal(result.serverInfo, { name: 'fixture', version: '1.2.3' }, `${version}: serverInfo`);
        equal(result.instructions, 'Tools for tests.', `${version}: instructions`);
        equal((await wire.request('ping')).result, {}, `${version}: ping`);
        const { tools } = (await wire.request('tools/list')).result;
        equal(tools.some(t => t.outputSchema), agreed >= '2025-06-18', `${version}: output schemas only where they exist`);
        equal(tools.some(t => t.annotations), agreed >= '2025-03-26', `${version}: annotations only where they exist`);
        equal(tools.some(t => t.title), agreed >= '2025-06-18', `${version}: titles only where they exist`);
        const problems = [];
        for (const call of fixture_calls) {
            const { result } = await wire.call(call.tool, call.args);
            if (agreed < '2025-06-18' && 'structuredContent' in result) problems.push(`${call.tool}: structured content`);
            if (agreed < '2025-03-26' && result.content.some(c => c.type === 'audio')) problems.push(`${call.tool}: audio`);
            if (agreed < '2025-06-18' && result.content.some(c => c.type === 'resource_link')) problems.push(`${call.tool}: a link`);
            // What a revision has no block for comes in words.
            const content = agreed < '2025-06-18' && call.content ? result.content.slice(-call.content.length) : call.content;
            problems.push(...wrong_result(agreed < '2025-06-18' ? { ...call, structured: undefined, content } : call, result));
        }
        none(problems, `${version}: the results of ${fixture_calls.length} calls`);
        equal((await wire.end()).code, 0, `${version}: exit 0 at the end of the input`);
        none([...unclean(wire), ...misanswered(wire)], `${version}: ${wire.lines.length} clean frames, one answer each`);
        if (schemas.there) none(schemas.invalid(wire), `${version}: valid by the schema of ${agreed}`);
    }
    if (!schemas.there) skip('validation by the published schemas: the shared folder is not here');
});

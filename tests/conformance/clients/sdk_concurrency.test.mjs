// 200 calls at once: each is answered with its own result.
import { check, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { all_at_once, connect, sdks } from '../support/sdks.mjs';

idea(async () => {
    for (const sdk of sdks) {
        const c = await connect(sdk, [fixture, 'serve']);
        none(await all_at_once(c, 200), `${sdk.name}: 200 calls at once`);
        const mixed = await Promise.allSettled(Array.from({ length: 200 }, (_, i) =>
            i % 4 === 0 ? c.call('slow', { ms: 2 }) : i % 4 === 1 ? c.call('fail', { text: `f${i}` }) : i % 4 === 2 ? c.call('no_such_tool', {}) : c.call('squares', { count: i })));
        const right = (m, i) =>
            i % 4 === 0 ? m.value?.structuredContent.result === 2
            : i % 4 === 1 ? m.value?.isError && m.value.content[0].text.includes(`f${i} `)
            : i % 4 === 2 ? m.status === 'rejected'
            : m.value?.structuredContent.result.length === i;
        none(mixed.filter((m, i) => !right(m, i)).map(m => JSON.stringify(m)), `${sdk.name}: 200 calls at once, of four kinds`);
        const two = await Promise.all([connect(sdk, [fixture, 'serve']), connect(sdk, [fixture, 'serve'])]);
        none((await Promise.all(two.map(t => all_at_once(t, 200)))).flat(), `${sdk.name}: two servers at a time`);
        none([...c.errors, ...two[0].errors, ...two[1].errors], `${sdk.name}: no error in the streams`);
        check(new Set([c.pid, two[0].pid, two[1].pid]).size === 3, `${sdk.name}: three processes`);
        await Promise.all([c, ...two].map(x => x.close()));
    }
});

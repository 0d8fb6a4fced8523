// Both SDKs follow the cursors of tools/list: all tools, once, in order.
import { equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { connect, sdks, walk } from '../support/sdks.mjs';

idea(async () => {
    for (const sdk of sdks) {
        const whole = await connect(sdk, [fixture, 'serve']);
        const all = await walk(whole, 100);
        none(all.problems, `${sdk.name}: ${all.names.length} tools in one page`);
        await whole.close();
        for (const size of [1, 2, 7]) {
            const c = await connect(sdk, [fixture, '--page-size', String(size)]);
            const { names, problems } = await walk(c, size);
            none(problems, `${sdk.name}: pages of ${size}`);
            equal(names, all.names, `${sdk.name}: pages of ${size} give the same tools in the same order`);
            none(c.errors, `${sdk.name}: no error in the stream`);
            await c.close();
        }
    }
    const c = await connect(sdks[1], [fixture, '--page-size', '3']);
    const all = await connect(sdks[1], [fixture, 'serve']);
    equal((await c.client.listTools()).tools, (await all.client.listTools()).tools, `${sdks[1].name}: its own walk over the pages`);
    await Promise.all([c.close(), all.close()]);
});

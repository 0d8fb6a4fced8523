// tools/list in pages: all tools, once, in order.
import { check, equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { unclean, Wire } from '../support/wire.mjs';

/** The names on each page, by following the cursors. */
async function pages(wire) {
    const out = [];
    for (let cursor; out.length < 100;) {
        const { result } = await wire.request('tools/list', cursor === undefined ? undefined : { cursor });
        out.push(result.tools.map(t => t.name));
        if (result.nextCursor === undefined) return out;
        cursor = result.nextCursor;
    }
    throw new Error('the pages have no end');
}

idea(async () => {
    const whole = new Wire([fixture, 'serve']);
    await whole.initialize();
    const [all, ...others] = await pages(whole);
    equal(others.length, 0, `one page of ${all.length} tools by default`);
    equal(new Set(all).size, all.length, 'every name once');
    await whole.end();
    for (const size of [1, 2, 3, all.length - 1, all.length, all.length + 1, 0]) {
        const wire = new Wire([fixture, '--page-size', String(size)]);
        await wire.initialize();
        const got = await pages(wire);
        equal(got.flat(), all, `pages of ${size}: all tools, once, in order`);
        const page = Math.max(size, 1);
        check(got.every((p, i) => p.length === page || (i === got.length - 1 && p.length <= page && p.length > 0)), `pages of ${size}: full pages and no empty one`);
        equal((await wire.end()).code, 0, `pages of ${size}: exit 0`);
        none(unclean(wire), `pages of ${size}: clean frames`);
    }
});

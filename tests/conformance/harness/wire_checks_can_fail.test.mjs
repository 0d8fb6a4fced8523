// The checks of a raw stream, applied to a small server that is right and then wrong in one way at a time: each fault has
// to be found by the check that is there for it, and nothing may be found where nothing is wrong.
import { check, equal, idea, none, skip } from '../support/idea.mjs';
import { broken_server } from '../support/places.mjs';
import * as schemas from '../support/schemas.mjs';
import { fixture_calls, not_covered, wrong_result } from '../support/tables.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

/** What all checks together say of a server: which of them found something. */
async function judge(fault) {
    const wire = new Wire([...broken_server, fault]);
    await wire.initialize();
    const names = [];
    for (let cursor, left = 5; left > 0; left--) {
        const { result } = await wire.request('tools/list', cursor && { cursor });
        names.push(...result.tools.map(t => t.name));
        if ((cursor = result.nextCursor) === undefined) break;
    }
    const calls = [wire.make('tools/call', { name: 'echo', arguments: { text: 'a' } }), wire.make('tools/call', { name: 'answer', arguments: {} })];
    wire.send(...calls);
    await Promise.allSettled(calls.map(m => wire.answer(m.id, 500)));
    const echoed = wire.received.flat().find(m => m?.id === calls[0].id);
    const how = await wire.end(1000);
    const found = {
        unclean: unclean(wire).length > 0,
        misanswered: misanswered(wire).length > 0,
        invalid: schemas.there && schemas.invalid(wire, '2025-11-25').length > 0,
        pages: names.join() !== 'echo,answer,slow',
        result: wrong_result({ tool: 'echo', args: { text: 'a' }, text: 'a' }, echoed?.result ?? {}).length > 0,
        exit: how.code !== 0,
        revision: wire.revision !== '2025-11-25',
    };
    return Object.keys(found).filter(k => found[k]);
}

const by_check = {
    unclean: ['prints', 'prints without a line end', 'prints a frame', 'prints at the end', 'frames over two lines', 'batches', 'not UTF-8', 'no jsonrpc'],
    misanswered: ['notifications answered', 'answers a call twice', 'swallows a call'],
    invalid: ['a tool without a schema', 'a key that the revision does not know', 'structured content of another type', 'no jsonrpc'],
    pages: ['pages without an end', 'a page left out'],
    result: ['answers mixed up'],
    exit: ['another exit code', 'stays'],
    revision: ['another revision'],
};

idea(async () => {
    equal(await judge('none'), [], 'a server that is right: no check finds anything');
    for (const [name, faults] of Object.entries(by_check)) {
        if (name === 'invalid' && !schemas.there) {
            skip('validation by the published schemas: the shared folder is not here');
            continue;
        }
        for (const fault of faults) {
            const found = await judge(fault);
            check(found.includes(name), `${fault}: found by "${name}"`, `found by ${found}`);
        }
    }

    const listed = [...new Set(fixture_calls.map(c => c.tool))].map(name => ({ name }));
    none(not_covered(listed, fixture_calls), 'a table that covers what is listed');
    equal(not_covered([...listed, { name: 'new_tool' }], fixture_calls).length, 1, 'a listed tool without arguments is found');
    equal(not_covered(listed.slice(1), fixture_calls).length, 1, 'a tool that is not listed is found');
});

// [EX-10] [fault-124] A client that gives a call up: the tool is asked to stop, no answer comes, and the server serves on.
import { check, equal, idea, none, rejects } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { connect, sdks } from '../support/sdks.mjs';
import { unclean, Wire } from '../support/wire.mjs';

idea(async () => {
    for (const sdk of sdks) {
        const c = await connect(sdk, [fixture, '--threads', '1000']);
        const abort = new AbortController();
        let heard = 0;
        const running = c.call_with('until_stopped', {}, { signal: abort.signal, onprogress: () => { heard++; abort.abort('enough'); } });
        await rejects(running, /enough|[Aa]bort/, `${sdk.name}: the SDK gives up a call that runs`);
        check(heard === 1, `${sdk.name}: it ran`);
        equal((await c.call('echo', { text: 'a' })).content[0].text, 'a', `${sdk.name}: another call`);
        await rejects(c.call_with('until_stopped', {}, { timeout: 200 }), /timed? ?out/i, `${sdk.name}: the SDK gives up after a time`);
        equal((await c.call('echo', { text: 'b' })).content[0].text, 'b', `${sdk.name}: another call`);
        none(c.errors, `${sdk.name}: no answer to what was given up`);
        await c.close();
    }

    // On the wire: no answer, and the tool itself says that it was asked to stop.
    const wire = new Wire([fixture, '--threads', '1000']);
    await wire.initialize();
    const calls = [wire.make('tools/call', { name: 'until_stopped', _meta: { progressToken: 'a' } }), wire.make('tools/call', { name: 'until_stopped' })];
    wire.send(...calls);
    await wire.until(() => wire.received.some(m => m.method === 'notifications/progress'), 'the first step');
    equal((await wire.request('ping')).result, {}, 'a ping while two calls run');
    wire.notify('notifications/cancelled', { requestId: calls[0].id, reason: 'no need' });
    await wire.until(() => wire.stderr.includes('stopped\n'), 'the end of the tool');
    check(!wire.stderr.includes('not stopped'), 'the tool was asked to stop');
    for (const id of [calls[0].id, 12345, 'x', 1]) wire.notify('notifications/cancelled', { requestId: id });  // again, unknown, finished
    equal((await wire.request('ping')).result, {}, 'a ping after cancellations of what is over or unknown');
    check(!wire.received.some(m => calls.some(c => c.id === m.id)), 'no answer to the cancelled call, nor to the other, which runs');
    wire.notify('notifications/cancelled', { requestId: calls[1].id });
    await wire.until(() => wire.stderr.split('stopped\n').length === 3, 'the end of the other tool');
    equal((await wire.end()).code, 0, 'exit 0');
    none(unclean(wire), 'clean frames');
    equal(wire.received.filter(m => m.id !== undefined && !m.method).length, 3, 'initialize and two pings were answered, nothing else');
});

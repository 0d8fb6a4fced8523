// [fault-123] [fault-124] Notifications and answers are never answered.
import { equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

idea(async () => {
    const wire = new Wire([fixture, 'serve']);
    wire.notify('notifications/initialized');  // before initialize
    wire.notify('tools/list');
    await wire.initialize();
    const before = wire.lines.length;
    wire.notify('notifications/initialized');
    wire.notify('notifications/cancelled', { requestId: 999, reason: 'no such request' });
    wire.notify('notifications/progress', { progressToken: 1, progress: 1 });
    wire.notify('notifications/roots/list_changed');
    wire.notify('no/such/notification', { a: 1 });
    wire.notify('tools/list');
    wire.notify('tools/call', { name: 'fail', arguments: { text: 'not called' } });
    wire.notify('initialize', { protocolVersion: '2024-11-05' });
    wire.send({ jsonrpc: '2.0', id: 77, result: {} }, { jsonrpc: '2.0', id: 'x', error: { code: 1, message: 'no' } });
    equal((await wire.request('ping')).result, {}, 'the ping after them is answered');
    equal(wire.lines.length, before + 1, '8 notifications and 2 answers got no answer');
    equal((await wire.end()).code, 0, 'exit 0');
    none([...unclean(wire), ...misanswered(wire)], 'clean frames');
});

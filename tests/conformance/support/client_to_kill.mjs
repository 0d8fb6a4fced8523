// client_to_kill.mjs MODE SDK SERVER…: starts the server, prints its process number when it is where MODE wants it, and
// then lives on until it is killed.
//   idle   connected, nothing asked
//   busy   a call of 500 ms has begun, and seven more are waiting
//   deaf   more answers are due than pipes hold, and nobody reads them
import { Wire } from './wire.mjs';
import { connect, sdks } from './sdks.mjs';

const [mode, sdk, ...server] = process.argv.slice(2);
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
let pid;

if (mode === 'deaf') {
    const wire = new Wire(server);
    await wire.initialize();
    wire.child.stdout.pause();
    wire.send(...Array.from({ length: 20 }, () => wire.make('tools/call', { name: 'big', arguments: { bytes: 2_000_000 } })));
    pid = wire.pid;
    await pause(200);
} else {
    const connection = await connect(sdks[Number(sdk)], server);
    pid = connection.pid;
    if (mode === 'busy') {
        for (let i = 0; i < 8; i++) connection.call('slow', { ms: 500 }).catch(() => {});
        await pause(100);
    }
}
console.log(pid);
setInterval(() => {}, 1000);

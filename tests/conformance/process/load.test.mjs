// The load generator, for two seconds: every answer is the right one.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { check, equal, idea, skip } from '../support/idea.mjs';
import { fixture, shared } from '../support/places.mjs';

idea(() => {
    const generator = path.join(shared, 'bench', 'mcp-load.mjs');
    if (!shared || !fs.existsSync(generator)) return skip('the load generator: the shared folder is not here');
    const options = ['--tool', 'echo', '--args', '{"text":"hello"}', '--starts', '3', '--warmup', '0', '--seconds', '1', '--conc', '1,32', '--max-seconds', '60'];
    const run = expected => spawnSync(process.execPath, [generator, ...options, '--expect', expected, '--stdio', '--', fixture, 'serve'], { encoding: 'utf8', timeout: 90_000 });
    const { status, stdout, stderr } = run('hello');
    equal(status, 0, 'exit 0: no wrong answer, no stray one');
    const loads = stdout.split('\n').filter(Boolean).map(l => JSON.parse(l)).filter(r => r.kind === 'load');
    equal(loads.map(r => [r.conc, r.bad, r.stray]), [[1, 0, 0], [32, 0, 0]], 'nothing bad, one and 32 calls at a time');
    for (const r of loads) check(r.calls > 100, `${r.calls} calls, ${r.conc} at a time`, stderr);
    equal(run('another text').status, 1, 'control: another expected text is exit 1');
});

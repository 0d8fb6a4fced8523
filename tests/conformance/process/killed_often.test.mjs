// [fault-144] A thousand clients that say hello and are killed leave no process behind.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { check, equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { gone, process_of } from '../support/processes.mjs';

// A small client, since a thousand are started: it starts the server, says hello, prints the server's number when there is an answer,
// and lives on.
const client = `
coproc SERVER { exec "$@"; }
printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}' >&"\${SERVER[1]}"
read -r answer <&"\${SERVER[0]}"
case $answer in *'"serverInfo"'*) echo "$SERVER_PID" ;; *) echo "0 $answer" ;; esac
read -r nothing
`;

async function kill_one() {
    const one = spawn('bash', ['-c', client, 'bash', fixture, 'serve'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const closed = new Promise(resolve => one.on('exit', resolve));
    const said = await new Promise(resolve => {
        let out = '';
        one.stdout.on('data', d => (out += d).includes('\n') && resolve(out));
        one.on('exit', () => resolve(out));
    });
    const pid = Number(said);
    const server = pid && process_of(pid);
    one.kill('SIGKILL');
    if (!server) return `no server answered: ${said}`;
    await closed;
    one.stdout.destroy();
    return (await gone(pid, server.started, 10_000)) === undefined ? `the server ${pid} is there 10 s after its client was killed` : undefined;
}

idea(async () => {
    const descriptors = () => fs.readdirSync('/proc/self/fd').length;
    const problems = [];
    let begun = 0;
    let before = 0;
    await Promise.all(Array.from({ length: 3 }, async () => {
        while (begun < 1000 && problems.length < 3) {
            if (++begun === 100) before = descriptors();
            const problem = await kill_one();
            if (problem) problems.push(problem);
        }
    }));
    equal(begun >= 1000, true, `${begun} clients killed that had said hello`);
    none(problems, 'each server process ended');
    check(descriptors() <= before + 10, 'and none of its pipes is open here', `${before} descriptors before, ${descriptors()} after`);
});

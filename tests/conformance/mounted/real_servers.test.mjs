// [NX-11] [fault-105] The command haft mounts the four reference servers from one file: their tools are listed, called, served on, and no child is left.
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { check, contains, equal, idea, none, scratch, skip } from '../support/idea.mjs';
import { command as haft, packages } from '../support/places.mjs';

const mark = crypto.randomUUID();
const names = { everything: 'everything', files: 'filesystem', memory: 'memory', thinking: 'sequential-thinking' };

/** Processes that have the mark in their environment, as each of these servers has. */
function left() {
    const out = [];
    for (const pid of fs.readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
        try {
            if (fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark))
                out.push(`${pid}: ${fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')}`);
        } catch {} // it has gone, or is somebody else's
    }
    return out;
}

idea(async () => {
    if (!haft) return skip('the command haft: it was not built');
    const folder = scratch();
    const files = path.join(folder, 'files');
    fs.mkdirSync(files);
    const said = (name, ...args) => {
        const program = path.join(packages, 'node_modules/@modelcontextprotocol', `server-${names[name]}`, 'dist/index.js');
        return `[mcp.${name}]\ncommand = ${JSON.stringify(process.execPath)}\nargs = ${JSON.stringify([program, ...args])}\n` +
            `env = {HAFT_TEST_MARK = "${mark}", MEMORY_FILE_PATH = ${JSON.stringify(path.join(folder, 'memory.jsonl'))}}\n`;
    };
    fs.writeFileSync(path.join(folder, 'servers.toml'), said('everything') + said('files', files) + said('memory') + said('thinking'));
    const run = (words, input) => spawnSync(haft, ['--config', 'servers.toml', ...words], {
        cwd: folder, input: input ?? '', encoding: 'utf8', timeout: 120_000,
        env: { PATH: process.env.PATH, HOME: folder, XDG_CONFIG_DIRS: path.join(folder, 'none') },
    });
    const call = (tool, args) => run(['call', tool, JSON.stringify(args)]);

    const first = run(['list', '--json']);
    equal(first.status, 0, 'haft list --json: exit 0');
    const tools = JSON.parse(first.stdout).map(tool => tool.name);
    for (const name of Object.keys(names)) {
        contains(first.stderr, `MCP server "${name}" is started for the first time: `, `the command of ${name} is shown before it runs for the first time`);
        check(tools.some(tool => tool.startsWith(`${name}.`)), `${name} has ${tools.filter(tool => tool.startsWith(`${name}.`)).length} tools`);
    }
    const table = run(['list']);
    check(/^tool +owner +runs +parameters +what it does\n/.test(table.stdout), 'a table of them', table.stdout.slice(0, 100));
    for (const [tool, owner] of [['everything.echo', 'everything'], ['files.read_text_file', 'files'], ['memory.create_entities', 'memory'],
        ['thinking.sequentialthinking', 'thinking']])
        check(new RegExp(`^${tool} +${owner} +\\S`, 'm').test(table.stdout), `with a row of ${tool}`, table.stdout);
    const told = one => one.stderr.split('\n').filter(line => line && !/"simulate-research-query" .* as a task only/.test(line));
    equal(told(table), [], 'and nothing else to tell the second time');

    equal(call('everything.echo', { message: 'hi' }).stdout, 'Echo: hi\n', 'everything.echo');
    equal(call('everything.get-sum', { a: 2, b: 40 }).stdout, 'The sum of 2 and 40 is 42.\n', 'everything.get-sum');
    const weather = call('everything.get-structured-content', { location: 'Chicago' });
    equal(Object.keys(JSON.parse(weather.stdout)), ['temperature', 'conditions', 'humidity'], 'everything.get-structured-content is a value, said once');
    const image = run(['call', 'everything.get-tiny-image', '{}', '--save', folder]);
    check(fs.readdirSync(folder).some(file => file.endsWith('.png')), 'everything.get-tiny-image is saved as a file', image.stdout + image.stderr);
    const long = call('everything.trigger-long-running-operation', { duration: 1, steps: 4 });
    equal([long.stdout, told(long)], ['Long running operation completed. Duration: 1 seconds, Steps: 4.\n', []],
        'everything.trigger-long-running-operation tells its progress to terminals only');
    const wrong = call('everything.get-sum', { a: 'two' });
    equal(wrong.status, 1, 'wrong arguments are refused');
    contains(wrong.stderr, '/a: expected number', 'by haft, with their place');

    const file = path.join(files, 'note.txt');
    equal(call('files.write_file', { path: file, content: 'One line\nand another\n' }).status, 0, 'files.write_file');
    equal(fs.readFileSync(file, 'utf8'), 'One line\nand another\n', 'has written');
    equal(JSON.parse(call('files.read_text_file', { path: file }).stdout), { content: 'One line\nand another\n' }, 'files.read_text_file reads it back, said once');
    const outside = call('files.read_text_file', { path: '/etc/passwd' });
    equal(outside.status, 1, 'files.read_text_file outside its folder fails');
    contains(outside.stderr, 'Access denied', 'and says so');

    const ada = { name: 'Ada', entityType: 'person', observations: ['wrote the first program'] };
    equal(call('memory.create_entities', { entities: [ada] }).status, 0, 'memory.create_entities');
    equal(JSON.parse(call('memory.open_nodes', { names: ['Ada'] }).stdout), { entities: [ada], relations: [] }, 'memory.open_nodes, of another process, knows it');
    equal(JSON.parse(call('thinking.sequentialthinking', { thought: 'Hm', nextThoughtNeeded: false, thoughtNumber: 1, totalThoughts: 1 }).stdout),
        { thoughtNumber: 1, totalThoughts: 1, nextThoughtNeeded: false, branches: [], thoughtHistoryLength: 1 }, 'thinking.sequentialthinking');

    // All four at once, through haft as a server.
    const lines = [
        { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } } },
        { method: 'notifications/initialized' },
        { id: 2, method: 'tools/list' },
        { id: 3, method: 'tools/call', params: { name: 'everything.echo', arguments: { message: 'hi' } } },
        { id: 4, method: 'tools/call', params: { name: 'files.list_directory', arguments: { path: files } } },
        { id: 5, method: 'tools/call', params: { name: 'memory.read_graph', arguments: {} } },
    ].map(message => JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n').join('');
    const served = run(['serve'], lines).stdout.split('\n').filter(Boolean).map(line => JSON.parse(line));
    const answer = id => served.find(message => message.id === id)?.result;
    // A server whose client can be asked, as that of haft serve may be, has tools that ask.
    const asking = ['everything.trigger-elicitation-request', 'everything.trigger-url-elicitation'];
    equal(answer(2)?.tools.map(tool => tool.name).sort(), [...tools, ...asking].map(name => name.replaceAll('.', '_')).sort(),
        'haft serve lists the tools of all four, and those that ask');
    equal(answer(3)?.content[0].text, 'Echo: hi', 'and calls everything.echo');
    contains(JSON.stringify(answer(4)), '[FILE] note.txt', 'files.list_directory');
    equal(answer(5)?.structuredContent?.entities, [ada], 'memory.read_graph');
    none(left(), 'no child is left');
});

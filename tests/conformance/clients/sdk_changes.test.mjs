// [IO-05] Plugins that come and go while haft serve runs reach both SDKs, over stdio and HTTP; in 2026-07-28 by subscription.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { at_end, equal, idea, scratch, skip } from '../support/idea.mjs';
import { command, need } from '../support/places.mjs';
import { sdks } from '../support/sdks.mjs';

const written = (folder, files) => {
    for (const [file, text] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        fs.writeFileSync(path.join(folder, file), text);
    }
};
const tool = says => `description = "Tell of a city"\n[run]\nargv = ["/bin/echo", "${says}", "{city}"]\n[parameters]\ntype = "object"\n` +
    'required = ["city"]\nproperties.city = {type = "string", description = "Where"}\n';

/** One client after the other: `sdk` is one of the SDKs, `mode` how its second line finds out the era. */
const clients = [{ sdk: sdks[0], era: '2025-11-25' }, { sdk: sdks[1], era: '2025-11-25' },
                 { sdk: sdks[1], era: '2026-07-28', more: { versionNegotiation: { mode: { pin: '2026-07-28' } } } }];

async function over_stdio({ sdk }, folder, env) {
    const transport = new sdk.Transport({ command, args: ['serve'], cwd: folder, env, stderr: 'pipe' });
    return { transport, told: transport.stderr, pid: () => transport.pid };
}
async function over_http({ sdk }, folder, env) {
    const server = spawn(command, ['serve', '--http', '0'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
    at_end(() => server.kill('SIGKILL'));
    const [line] = await once(readline.createInterface({ input: server.stderr }), 'line');
    const Transport = sdk === sdks[0] ? need('@modelcontextprotocol/sdk/client/streamableHttp.js').StreamableHTTPClientTransport
                                      : need('@modelcontextprotocol/client').StreamableHTTPClientTransport;
    return { transport: new Transport(new URL(line.match(/http:\S+\/mcp/)[0])), told: server.stderr, pid: () => server.pid, server };
}

idea(async () => {
    if (!command) return skip('the command haft was not built');
    for (const [way, open] of Object.entries({ stdio: over_stdio, HTTP: over_http }))
        for (const one of clients) {
            const what = `${one.sdk.name}, ${one.era}, ${way}`;
            const folder = scratch();
            const env = { HOME: scratch(), PATH: '/usr/bin:/bin', XDG_CONFIG_DIRS: folder, XDG_DATA_DIRS: folder };
            written(folder, { '.haft/plugins/weather/plugin.toml': 'description = "Weather"\n', '.haft/plugins/weather/tools/forecast.toml': tool('sunny in') });
            const { transport, told, pid, server } = await open(one, folder, env);
            const waits = [];
            const heard = { tools: [], prompts: [], resources: [] };
            const on = kind => ({ debounceMs: 0, onChanged: (error, all) => {
                heard[kind].push(error ? String(error) : all.map(x => x.name).sort());
                for (const wait of waits) wait();
            } });
            const client = new one.sdk.Client({ name: 'conformance', version: '1' },
                                              { listChanged: { tools: on('tools'), prompts: on('prompts'), resources: on('resources') }, ...one.more });
            await client.connect(transport);
            told?.resume();
            const until = async (kind, names) => {
                const there = () => JSON.stringify(heard[kind].at(-1)) === JSON.stringify(names);
                for (const end = Date.now() + 20_000; !there() && Date.now() < end;)
                    await Promise.race([new Promise(r => waits.push(r)), new Promise(r => setTimeout(r, 500))]);
                equal(heard[kind].at(-1), names, `${what}: ${kind} ${names.join(', ') || 'none'}`);
            };
            equal((await client.listTools()).tools.map(t => t.name), ['forecast'], `${what}: at first one tool`);

            written(folder, { '.haft/plugins/city/plugin.toml': 'description = "City"\n', '.haft/plugins/city/tools/tell.toml': tool('there is'),
                              '.haft/plugins/city/templates/praise.toml': 'prompt = "Praise $city."\n', '.haft/plugins/city/fragments/facts.md': 'It is old.' });
            process.kill(pid(), 'SIGHUP');
            await until('tools', ['forecast', 'tell']);
            await until('prompts', ['city:praise']);
            await until('resources', ['city:facts']);
            equal((await client.callTool({ name: 'tell', arguments: { city: 'Rome' } })).content[0].text, 'there is Rome\n', `${what}: the new tool is called`);
            equal((await client.getPrompt({ name: 'city:praise', arguments: { city: 'Rome' } })).messages[0].content.text, 'Praise Rome.', `${what}: the prompt`);
            equal((await client.readResource({ uri: 'fragment:city/facts' })).contents[0].text, 'It is old.', `${what}: the resource`);

            fs.rmSync(path.join(folder, '.haft/plugins/city'), { recursive: true });
            process.kill(pid(), 'SIGHUP');
            await until('tools', ['forecast']);
            await until('prompts', []);
            await until('resources', []);
            await client.close();
            server?.kill('SIGTERM');
        }
});

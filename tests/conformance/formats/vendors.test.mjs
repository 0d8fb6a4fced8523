// What programs export for each provider, judged by the vendors' own converters: node vendors.test.mjs [PROGRAM...]
// Without programs: those of HAFT_EXPORTS, separated by colons.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { check, equal, idea, none } from '../support/idea.mjs';
import { anthropic_strict, gemini, meta_schema, not_narrower, openai_strict, oracles } from '../support/dialects.mjs';

const programs = process.argv.length > 2 ? process.argv.slice(2) : (process.env.HAFT_EXPORTS ?? '').split(':').filter(p => p);
const portable = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;

function list(program, ...words) {
    const { status, stdout, stderr } = spawnSync(program, ['list', '--format', ...words], { encoding: 'utf8', maxBuffer: 64 << 20 });
    if (status !== 0) throw new Error(`${program} list --format ${words.join(' ')}: exit ${status}: ${stderr}`);
    return { tools: JSON.parse(stdout), notes: stderr };
}

idea(async () => {
    check(programs.length > 0, 'there is a program to look at');
    console.log(`      by ${oracles.join(', ')}`);
    for (const program of programs) {
        const who = path.basename(program);
        const plain = list(program, 'json').tools;
        const n = plain.length;
        const counts = { values: 0 };
        check(n > 0, `${who}: ${n} tools`);

        const mcp = list(program, 'mcp').tools.tools;
        const exports = {
            'openai': list(program, 'openai').tools.map(t => ({ name: t.function.name, schema: t.function.parameters, strict: t.function.strict })),
            'openai-responses': list(program, 'openai-responses').tools.map(t => ({ name: t.name, schema: t.parameters, strict: t.strict })),
            'anthropic': list(program, 'anthropic').tools.map(t => ({ name: t.name, schema: t.input_schema, strict: t.strict })),
            'gemini': list(program, 'gemini').tools.map(t => ({ name: t.name, schema: t.parametersJsonSchema })),
            'mcp': mcp.map(t => ({ name: t.name, schema: t.inputSchema })),
        };
        for (const [format, tools] of Object.entries(exports)) {
            equal(tools.map(t => t.schema), plain.map(t => t.input_schema), `${who}: ${format}: ${n} schemas as they are, none strict`);
            none(tools.filter(t => t.strict).map(t => t.name), `${who}: ${format}: nothing is strict that was not asked for`);
            none(tools.map(t => t.name).filter(name => !portable.test(name)), `${who}: ${format}: names that every provider takes`);
            equal(tools.map(t => t.name), exports.mcp.map(t => t.name), `${who}: ${format}: the names are those of MCP`);
        }
        equal(new Set(exports.mcp.map(t => t.name)).size, n, `${who}: no name twice`);
        none([...plain.map(t => [t.name, t.input_schema]), ...plain.filter(t => t.output_schema).map(t => [t.name, t.output_schema]),
            ...mcp.filter(t => t.outputSchema).map(t => [t.name, t.outputSchema])].flatMap(([name, s]) => meta_schema(name, s)),
            `${who}: every plain schema is one of 2020-12`);

        let strict_ones;
        for (const format of ['openai', 'openai-responses']) {
            const { tools, notes } = list(program, format, '--strict');
            const functions = tools.map(t => t.function ?? t);
            const strict = functions.map((t, i) => ({ ...t, plain: plain[i] })).filter(t => t.strict);
            strict_ones = strict.length;
            none(strict.flatMap(t => openai_strict(t.name, t.parameters)), `${who}: ${format} --strict: ${strict.length} of ${n} strict, each a fixed point of the converter`);
            none(strict.flatMap(t => meta_schema(t.name, t.parameters)), `${who}: ${format} --strict: schemas of 2020-12`);
            none(strict.flatMap(t => not_narrower(t.name, t.plain.input_schema, t.parameters, true, counts)), `${who}: ${format} --strict: not narrower than the tool`);
            const rest = functions.map((t, i) => [t, plain[i]]).filter(([t]) => !t.strict);
            equal(rest.map(([t]) => t.parameters), rest.map(([, p]) => p.input_schema), `${who}: ${format} --strict: the other ${rest.length} as they are`);
            none(rest.map(([, p]) => p.name).filter(name => !notes.includes(`tool "${name}" is not strict: `)), `${who}: ${format} --strict: each of them with a reason`);
        }

        const { tools: claude, notes } = list(program, 'anthropic', '--strict');
        const strict = claude.map((t, i) => ({ ...t, plain: plain[i] })).filter(t => t.strict);
        none(strict.flatMap(t => anthropic_strict(t.name, t.input_schema, t.plain.input_schema)), `${who}: anthropic --strict: ${strict.length} of ${n} strict, each what the converter makes, and a fixed point of it`);
        none(strict.flatMap(t => meta_schema(t.name, t.input_schema)), `${who}: anthropic --strict: schemas of 2020-12`);
        none(strict.flatMap(t => not_narrower(t.name, t.plain.input_schema, t.input_schema, false, counts)), `${who}: anthropic --strict: not narrower than the tool`);
        none(claude.map((t, i) => [t, plain[i].name]).filter(([t, name]) => !t.strict && !notes.includes(`tool "${name}" is not strict: `)), `${who}: anthropic --strict: each of the others with a reason`);

        none(await gemini(list(program, 'gemini').tools), `${who}: gemini: ${n} declarations as the SDK sends and declares them`);
        const openapi = list(program, 'gemini-openapi').tools;
        const own = openapi.filter(d => d.parameters).length;
        const bare = openapi.filter(d => !d.parameters && !d.parametersJsonSchema).length;
        none(await gemini(openapi), `${who}: gemini-openapi: ${own} of ${n} in OpenAPI, ${bare} without parameters, as the SDK sends and declares them`);
        check(counts.values > 0, `${who}: ${counts.values} values that the tools take were tried on the strict schemas`);
        console.log(`COUNT ${who}: tools ${n}, OpenAI strict ${strict_ones}, Anthropic strict ${strict.length}, Gemini OpenAPI ${own + bare}, values ${counts.values}`);
    }
});

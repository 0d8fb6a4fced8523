// The Inspector in both eras, over stdio and over HTTP: tools, prompts, resources.
import fs from 'node:fs';
import path from 'node:path';
import { contains, equal, idea, none, scratch, skip } from '../support/idea.mjs';
import { call_tool, inspect, list_tools } from '../support/inspector.mjs';
import { command, fixture } from '../support/places.mjs';
import { serve } from '../support/suite.mjs';
import { fixture_calls, wrong_result } from '../support/tables.mjs';

const eras = { legacy: ['--protocol-era', 'legacy'], modern: ['--protocol-era', 'modern'] };

idea(async () => {
    for (const [era, words] of Object.entries(eras)) {
        const listed = await list_tools([fixture, 'serve'], {}, '--strict', ...words);
        equal(listed.code, 0, `stdio, ${era}: tools/list --strict`);
        for (const call of fixture_calls.filter(c => ['add', 'origin', 'squares', 'fail'].includes(c.tool))) {
            const { code, result, stderr } = await call_tool([fixture, 'serve'], call.tool, call.args, {}, ...words);
            equal(code, call.error ? 5 : 0, `stdio, ${era}: tools/call ${call.tool} ${JSON.stringify(call.args)}`);
            // Since 2026-07-28 a result need not be an object, and nothing stands around it.
            const plain = era === 'modern' && call.structured && 'result' in call.structured ? { ...call, structured: call.structured.result } : call;
            none(result ? wrong_result(plain, result) : [`no result: ${stderr}`], '      and the result');
        }
    }
    if (command) {
        const folder = scratch();
        for (const [file, text] of Object.entries({ 'plugin.toml': 'description = "City"\n', 'templates/praise.toml': 'prompt = "Praise $city."\n',
                                                    'fragments/facts.md': 'It is old.' })) {
            fs.mkdirSync(path.dirname(path.join(folder, '.haft/plugins/city', file)), { recursive: true });
            fs.writeFileSync(path.join(folder, '.haft/plugins/city', file), text);
        }
        for (const [era, words] of Object.entries(eras)) {
            const ask = async (...more) => JSON.stringify((await inspect([command, 'serve'], ['--method', ...more, ...words], { cwd: folder })).result);
            contains(await ask('prompts/list'), '"name":"city:praise"', `stdio, ${era}: prompts/list`);
            contains(await ask('prompts/get', '--prompt-name', 'city:praise', '--prompt-args', 'city=Rome'), 'Praise Rome.', `stdio, ${era}: prompts/get`);
            contains(await ask('resources/list'), '"uri":"fragment:city/facts"', `stdio, ${era}: resources/list`);
            contains(await ask('resources/read', '--uri', 'fragment:city/facts'), 'It is old.', `stdio, ${era}: resources/read`);
        }
    } else skip('prompts and resources over stdio: the command haft was not built');
    if (!process.env.HAFT_SUITE_SERVER) return skip('HTTP: the server of the suite was not built');
    const { url, end } = await serve();
    for (const [era, words] of Object.entries(eras)) {
        const ask = async (method, ...more) => {
            const { code, result, stdout, stderr } = await inspect([url], ['--method', method, ...words, ...more]);
            equal(code, 0, `HTTP, ${era}: ${method} ${more.join(' ')}`);
            return result ?? { nothing: stdout + stderr };
        };
        const tools = await ask('tools/list', '--strict');
        contains(JSON.stringify(tools.tools?.map(t => t.name)), '"test_simple_text"', '      names the tools');
        contains(JSON.stringify(await ask('tools/call', '--tool-name', 'test_simple_text')), '"type":"text"', '      gives text');
        contains(JSON.stringify(await ask('tools/call', '--tool-name', 'test_image_content')), '"type":"image"', '      gives an image');
        const failed = await call_tool([url], 'test_error_handling', {}, {}, ...words);
        equal(failed.code, 5, `HTTP, ${era}: tools/call of a tool that fails`);
        contains(JSON.stringify(await ask('prompts/list')), '"test_prompt_with_arguments"', '      names the prompts');
        contains(JSON.stringify(await ask('prompts/get', '--prompt-name', 'test_prompt_with_arguments', '--prompt-args', 'arg1=one', 'arg2=two')),
                 "arg1='one', arg2='two'", '      gives the messages');
        contains(JSON.stringify(await ask('resources/list')), 'test://static-text', '      names the resources');
        contains(JSON.stringify(await ask('resources/templates/list')), 'test://template/{id}/data', '      names the templates');
        contains(JSON.stringify(await ask('resources/read', '--uri', 'test://static-text')), 'This is the content of the static text resource.', '      gives the text');
    }
    equal(await end(), 0, 'the server ends');
});

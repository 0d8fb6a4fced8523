// Arguments and expected results for every tool of the fixture and of the demo. A tool that is listed by a server and not
// here fails the test, and the other way round.
import { isDeepStrictEqual } from 'node:util';

const item = { name: 'pen', count: 2, notes: ['blue'] };

export const pixel = { type: 'image', mimeType: 'image/png',
                       data: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAACklEQVR4nGMAAQAABQABDQottAAAAABJRU5ErkJggg==' };

/** Calls of the fixture: `text` and `structured` are what comes back; `error` is part of the text of an error; `content` is
 *  what comes back after the text, as it is since 2025-06-18. */
export const fixture_calls = [
    { tool: 'echo', args: { text: 'grüße "a" \\ \u{1f600}' }, text: 'grüße "a" \\ \u{1f600}' },
    { tool: 'add', args: { a: 2, b: -44 }, text: '-42', structured: { result: -42 } },
    { tool: 'add', args: { a: 1.5, c: 2 }, error: ['"add" was not called: 3 faults', '- /a: expected integer', '- /c: no such parameter', '- /b: required'] },
    { tool: 'origin', args: {}, structured: { x: 3, y: 0.5, label: 'here' } },
    { tool: 'nothing', args: {}, text: null },
    { tool: 'nothing', args: { x: 1 }, error: ['- /x: no such parameter'] },
    { tool: 'squares', args: {}, structured: { result: [0, 1, 4] } },
    { tool: 'squares', args: { count: 0 }, structured: { result: [] } },
    { tool: 'ratio', args: { a: 1, b: 4 }, structured: { result: 0.25 } },
    { tool: 'ratio', args: { a: 0, b: 0 }, error: ["can't be given as JSON", 'haft-E0214'] },
    { tool: 'fail', args: { text: 'no note 7' }, error: ['Error: no note 7 [haft-E0210]'] },
    { tool: 'big', args: { bytes: 200_000 }, text: 'x'.repeat(200_000) },
    { tool: 'place_order', args: { items: [item, { name: 'ink' }], size: 'large', discount: 0.25, gift: true },
      structured: { pieces: 3, size: 'large', discount: 0.25, items: [item, { name: 'ink', count: 1, notes: [] }] } },
    { tool: 'place_order', args: { items: [{ name: '', count: 100, notes: ['a', 'b', 'c', 'd'] }], size: 'tiny', discount: 0.7, gft: true },
      error: ['6 faults', '- /items/0/name: expected string of 1 to 20 characters', '- /items/0/count: expected integer from 1 to 99',
              '- /items/0/notes: expected array of string with at most 3 items', '- /size: expected one of "small", "medium", "large", got "tiny"',
              '- /discount: expected number from 0 to 0.5', '- /gft: no such parameter; did you mean "gift"?'] },
    { tool: 'chatter', args: { text: 'quiet' }, text: 'quiet' },
    { tool: 'nosy', args: {}, structured: { result: 0 } },
    { tool: 'child_of_a_broken_pipe', args: {}, structured: { result: 141 } },
    { tool: 'not_utf8', args: {}, text: 'a\ufffd\ufffd\ufffd(b\ufffd\ufffd\ufffd' },
    { tool: 'fail_not_utf8', args: {}, error: ['a\ufffd\ufffd b'] },
    { tool: 'line_ends', args: {}, text: 'a\nb\r\nc\u2028z\0e\u001b[0m' },
    { tool: 'slow', args: { ms: 30 }, structured: { result: 30 } },
    { tool: 'pixel', args: {}, text: '', content: [pixel] },
    { tool: 'every_block', args: {}, text: 'a text', content: [pixel,
        { type: 'audio', data: 'UklGRg==', mimeType: 'audio/wav' },
        { type: 'resource', resource: { uri: 'file:///a.md', mimeType: 'text/markdown', text: '# A' } },
        { type: 'resource', resource: { uri: 'file:///a.bin', mimeType: 'application/octet-stream', blob: 'AP8=' } },
        { type: 'resource_link', uri: 'https://example.org/a', name: 'A page', description: 'About A', mimeType: 'text/html' }] },
    { tool: 'point_with_picture', args: {}, structured: { x: 1, y: 2.5 }, content: [pixel] },
    { tool: 'maybe', args: { text: 'yes' }, structured: { result: 1 } },
    { tool: 'maybe', args: { text: 'no' }, text: null, structured: { result: null } },
    { tool: 'maybe_text', args: { text: 'yes' }, text: 'yes' },
    { tool: 'maybe_text', args: { text: 'no' }, text: null },
    { tool: 'steps', args: { count: 2 }, structured: { result: 2 } },
    { tool: 'talk', args: { text: 'hm' }, text: 'hm' },
];

/** Calls of the demo, in order: it works in a folder of files (see demo_files) and keeps notes. */
export const demo_files = { 'poem.txt': 'the quick\nbrown Fox\njumps\n', 'sub/code.hpp': '// fox\nint x;\n', 'docs/errors/E0001.md': '# E0001: an ink blot\n\n## Why\n\nThe pen drips.\n' };
export const demo_calls = [
    { tool: 'search_text', args: { text: 'fox' }, has: ['poem.txt', 'sub/code.hpp', '"more":false'] },
    { tool: 'search_text', args: { text: 'fox', letter_case: 'match', extension: '.hpp', limit: 1 }, has: ['sub/code.hpp'] },
    { tool: 'search_text', args: { text: '', limit: 0 }, error: ['2 faults', '- /text: expected string of 1 to 200 characters', '- /limit: expected integer from 1 to 200'] },
    { tool: 'read_lines', args: { file: 'poem.txt', lines: { first: 2, last: 2 } }, has: ['brown Fox'] },
    { tool: 'read_lines', args: { file: '../../../../etc/passwd' }, error: ['Error: '] },
    { tool: 'list_files', args: { folder: 'sub' }, has: ['code.hpp', '"bytes":14'] },
    { tool: 'query_docs', args: { sql: 'SELECT code, title, why FROM errors WHERE code = ?', values: ['E0001'] },
      structured: { columns: ['code', 'title', 'why'], rows: [['E0001', 'an ink blot', 'The pen drips.']], more: false } },
    { tool: 'query_docs', args: { sql: 'DROP TABLE errors' }, error: ['Error: not authorized. The tables are errors(code, '] },
    { tool: 'add_note', args: { text: 'buy ink', priority: 'high', tags: ['shop'] }, has: ['"text":"buy ink"', '"priority":"high"'] },
    { tool: 'read_notes', args: { tag: 'shop' }, has: ['"number":1', 'buy ink'] },
    { tool: 'delete_note', args: { number: 1 }, text: null },
    { tool: 'delete_note', args: { number: 1 }, error: ['Error: '] },
    { tool: 'read_notes', args: {}, structured: { result: [] } },
];

/** What is wrong with the result of a call; [] if nothing. */
export function wrong_result(call, result) {
    const problems = [];
    const texts = call.content ? result.content?.slice(0, result.content.length - call.content.length) : result.content;
    const text = texts?.map(c => c.text).join('') ?? '';
    const expect = (ok, why) => ok || problems.push(`${call.tool} ${JSON.stringify(call.args).slice(0, 80)}: ${why}: ${JSON.stringify(result).slice(0, 400)}`);
    if (call.error) {
        expect(result.isError === true, 'no error');
        for (const part of call.error) expect(text.includes(part), `no ${JSON.stringify(part)} in the text`);
        expect(result.structuredContent === undefined, 'structured content with an error');
        return problems;
    }
    expect(!result.isError, 'an error');
    expect(texts?.every(c => c.type === 'text'), 'content that is no text');
    if (call.content) expect(isDeepStrictEqual(result.content?.slice(texts.length), call.content), 'other content');
    if (call.text === null) expect(result.content?.length === 0, 'content where there should be none');
    else if (call.text !== undefined) expect(text === call.text, 'another text');
    for (const part of call.has ?? []) expect(text.includes(part), `no ${part}`);
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);  // the order of members counts too
    if (call.structured) {
        expect(same(result.structuredContent, call.structured), 'other structured content');
        if (call.text !== null) expect(same(JSON.parse(text), call.structured) || same(JSON.parse(text), call.structured.result), 'a text that is not the structured content');
    }
    return problems;
}

/** Tools that are listed and not in the table, or in the table and not listed. */
export function not_covered(listed, calls) {
    const names = new Set(listed.map(t => t.name));
    const tried = new Set(calls.map(c => c.tool));
    return [...names].filter(n => !tried.has(n)).map(n => `no arguments in the table for the tool ${n}`)
        .concat([...tried].filter(n => !names.has(n)).map(n => `the tool ${n} is in the table, but not listed`));
}

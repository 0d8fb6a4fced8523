// [EX-05] [NX-02] The Inspector is shown images and other content, and structure that fits its schema.
import { equal, idea } from '../support/idea.mjs';
import { call_tool, list_tools } from '../support/inspector.mjs';
import { fixture } from '../support/places.mjs';
import { pixel } from '../support/tables.mjs';

const server = [fixture, 'serve'];
const integer_or_null = { anyOf: [{ type: 'integer' }, { type: 'null' }] };

idea(async () => {
    const picture = await call_tool(server, 'pixel', {});
    equal([picture.code, picture.result?.content], [0, [pixel]], 'an image');
    const all = await call_tool(server, 'every_block', {});
    equal([all.code, all.result?.content.map(c => c.type)], [0, ['text', 'image', 'audio', 'resource', 'resource', 'resource_link']], 'every kind of content');
    const both = await call_tool(server, 'point_with_picture', {});
    equal([both.code, both.result?.structuredContent, both.result?.content[1]], [0, { x: 1, y: 2.5 }, pixel], 'a structure and an image');
    const nothing = await call_tool(server, 'maybe', { text: 'no' });
    equal([nothing.code, nothing.result?.structuredContent, nothing.result?.content], [0, { result: null }, []], 'no value: no message, null in the structure');
    const { result } = await list_tools(server, {});
    const schema_of = name => result.tools.find(t => t.name === name)?.outputSchema;
    equal(schema_of('maybe')?.properties, { result: integer_or_null }, 'what is no object is wrapped as result');
    equal(schema_of('point_with_picture')?.required, ['x', 'y'], 'an object is not');
    equal([schema_of('pixel'), schema_of('maybe_text'), schema_of('nothing')], [undefined, undefined, undefined], 'no schema for content, text and nothing');
});

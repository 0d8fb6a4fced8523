// The judges of the exported formats, given schemas that are right and then wrong in one way at a time.
import { check, idea, none } from '../support/idea.mjs';
import { anthropic_strict, gemini, meta_schema, not_narrower, openai_strict } from '../support/dialects.mjs';

const closed = (properties, required = Object.keys(properties), more = {}) => ({ type: 'object', properties, required, additionalProperties: false, ...more });
const found = (problems, what) => check(problems.length > 0, `${what} is found`, 'no problem');
const text = { type: 'string' };

idea(async () => {
    none(openai_strict('x', closed({ a: text, b: { type: ['string', 'null'] } })), 'OpenAI: a schema that is right');
    found(openai_strict('x', closed({ a: text, b: text }, ['a'])), 'OpenAI: a member that is optional and not nullable');
    found(openai_strict('x', closed({ a: text, b: { type: ['string', 'null'] } }, ['a'])), 'OpenAI: a nullable member that is not required');
    found(openai_strict('x', { type: 'object', properties: { a: text }, required: ['a'] }), 'OpenAI: an object that is not closed');
    found(openai_strict('x', closed({ a: { type: 'object', additionalProperties: text } })), 'OpenAI: a map');
    found(openai_strict('x', closed({ a: { type: 'array', items: text, uniqueItems: true } })), 'OpenAI: uniqueItems');
    found(openai_strict('x', closed({ a: { type: 'array', prefixItems: [text] } })), 'OpenAI: a tuple');
    found(openai_strict('x', closed({ a: { type: 'string', minLength: 1 } })), 'OpenAI: minLength');
    found(openai_strict('x', closed({ a: { type: ['string', 'null'], default: null } })), 'OpenAI: a default of null');
    found(openai_strict('x', closed({ a: { $ref: '#/$defs/b' } })), 'OpenAI: a reference to nothing');
    found(openai_strict('x', { anyOf: [closed({})] }), 'OpenAI: a root that is a choice');

    none(anthropic_strict('x', closed({ a: text }), closed({ a: text })), 'Anthropic: a schema that is right');
    found(anthropic_strict('x', closed({ a: { type: 'string', minLength: 1 } }), closed({ a: { type: 'string', minLength: 1 } })), 'Anthropic: minLength');
    found(anthropic_strict('x', closed({ a: {} }), closed({ a: {} })), 'Anthropic: a schema without a type');
    found(anthropic_strict('x', { type: 'object', properties: {} }, { type: 'object', properties: {} }), 'Anthropic: an object that is not closed');
    found(anthropic_strict('x', closed({ a: text }), closed({ a: { ...text, description: 'lost' } })), 'Anthropic: a description that was lost');

    const right = { name: 'x', parameters: { type: 'OBJECT', properties: { a: { type: 'STRING', minLength: '1', nullable: true } }, required: ['a'], propertyOrdering: ['a'] } };
    const member = a => [{ name: 'x', parameters: { type: 'OBJECT', properties: { a } } }];
    none(await gemini([right, { name: 'y', parametersJsonSchema: { type: 'object' } }]), 'Gemini: declarations that are right');
    found(await gemini(member({ type: 'string' })), 'Gemini: a type in lower case');
    found(await gemini(member({ type: 'TEXT' })), 'Gemini: a type that there is none of');
    found(await gemini(member({ type: 'null' })), 'Gemini: nothing but null');
    found(await gemini(member({ type: 'STRING', minLength: 1 })), 'Gemini: a whole limit that is no text');
    found(await gemini(member({ type: 'INTEGER', enum: [1] })), 'Gemini: an enum of numbers');
    found(await gemini(member({ type: 'OBJECT', additionalProperties: text })), 'Gemini: additionalProperties');
    found(await gemini(member({ $ref: '#/$defs/a' })), 'Gemini: a reference');
    found(await gemini(member({ type: 'ARRAY', items: { const: 1 } })), 'Gemini: const, inside');
    found(await gemini([{ name: 'x', input_schema: {} }]), 'Gemini: a declaration with a field of another provider');
    found(await gemini([{ ...right, parametersJsonSchema: {} }]), 'Gemini: two schemas');

    none(meta_schema('x', closed({ a: text })), '2020-12: a schema that is right');
    found(meta_schema('x', closed({ a: { type: 'strnig' } })), '2020-12: a type that there is none of');
    found(meta_schema('x', closed({ a: { type: 'string', minLength: -1 } })), '2020-12: a negative minLength');
    found(meta_schema('x', closed({ a: { $ref: '#/$defs/b' } })), '2020-12: a reference to nothing');

    const counts = { values: 0 };
    const plain = closed({ a: text, b: { type: 'array', items: text } }, ['a']);
    none(not_narrower('x', plain, closed({ a: text, b: { type: ['array', 'null'], items: text } }), true, counts), 'a strict schema that takes what the tool takes');
    check(counts.values === 2, 'by two values', counts);
    found(not_narrower('x', plain, closed({ a: text, b: { type: 'array', items: text } }), true, counts), 'one that refuses null');
    found(not_narrower('x', plain, closed({ a: text, b: { type: ['array', 'null'], items: { type: 'integer' } } }), true, counts), 'one that is narrower inside');
});

// The vendors' own converters, and what their type declarations say, applied to what a program exports. Each function
// gives a list of problems, [] if there is none.
import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { need, packages } from './places.mjs';

const version = name => `${name} ${JSON.parse(fs.readFileSync(path.join(packages, 'node_modules', name, 'package.json'))).version}`;
const { toStrictJsonSchema } = need('openai/lib/transform');
const { transformJSONSchema } = need('@anthropic-ai/sdk/lib/transform-json-schema');
const { GoogleGenAI } = need('@google/genai');
const Ajv = need('ajv/dist/2020').default;
const formats = need('ajv-formats').default;
export const oracles = ['openai', '@anthropic-ai/sdk', '@google/genai', 'ajv'].map(version);

const shown = value => JSON.stringify(value)?.slice(0, 300);
const attempt = (what, act) => {
    try {
        return act();
    } catch (error) {
        return [`${what}: ${error.message}`];
    }
};

/** Keywords that strict mode is documented to take, and annotations that it passes over. */
const strict_keywords = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'const', 'anyOf', '$ref', '$defs',
    'definitions', 'description', 'title', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minItems', 'maxItems']);

/** Every schema within a schema. */
function* schemas(schema) {
    yield schema;
    for (const one of [...Object.values(schema.properties ?? {}), ...Object.values(schema.$defs ?? {}), ...(schema.anyOf ?? []), schema.items])
        if (one && typeof one === 'object') yield* schemas(one);
}

export const openai_strict = (name, schema) => attempt(name, () => {
    const problems = [];
    const made = toStrictJsonSchema(schema);
    if (!isDeepStrictEqual(made, schema)) problems.push(`${name}: the converter changes it to ${shown(made)} from ${shown(schema)}`);
    for (const one of schemas(schema)) {
        for (const key of Object.keys(one)) if (!strict_keywords.has(key)) problems.push(`${name}: the keyword ${key}`);
        if (one.$ref && Object.keys(one).length > 1) problems.push(`${name}: a $ref with neighbours`);
    }
    return problems;
});

export const anthropic_strict = (name, schema, plain) => attempt(name, () => {
    const problems = [];
    const again = transformJSONSchema(schema);
    if (!isDeepStrictEqual(again, schema)) problems.push(`${name}: the converter changes it to ${shown(again)} from ${shown(schema)}`);
    const made = transformJSONSchema(plain);
    if (!isDeepStrictEqual(made, schema)) problems.push(`${name}: the converter makes ${shown(made)} of the tool's schema, haft ${shown(schema)}`);
    return problems;
});

/** What Google's SDK sends, had it a network, for these declarations. */
async function sent_by_google(declarations) {
    const before = globalThis.fetch;
    let body;
    globalThis.fetch = async (_, request) => {
        body = JSON.parse(request.body);
        return new Response('{"candidates":[]}', { headers: { 'content-type': 'application/json' } });
    };
    try {
        const google = new GoogleGenAI({ apiKey: 'none' });
        await google.models.generateContent({ model: 'none', contents: 'x', config: { tools: [{ functionDeclarations: structuredClone(declarations) }] } });
    } finally {
        globalThis.fetch = before;
    }
    return body.tools[0].functionDeclarations;
}

/** The fields of an interface in the SDK's type declarations: name -> type. */
function fields_of(name) {
    const text = fs.readFileSync(path.join(packages, 'node_modules/@google/genai/dist/genai.d.ts'), 'utf8').replaceAll('\r', '');
    const body = text.split(`export declare interface ${name} {\n`)[1].split('\n}\n')[0];
    return Object.fromEntries([...body.matchAll(/^ {4}(\w+)\??: (.+);$/gm)].map(m => [m[1], m[2]]));
}
const declaration_fields = fields_of('FunctionDeclaration');
const schema_fields = fields_of('Schema');
const types = new Set(['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT']);  // NULL and TYPE_UNSPECIFIED say nothing
const fits = {
    unknown: () => true,
    string: v => typeof v === 'string',
    number: v => typeof v === 'number',
    boolean: v => typeof v === 'boolean',
    Type: v => types.has(v),
    Schema: (v, at) => mistyped(v, schema_fields, at),
    'string[]': v => Array.isArray(v) && v.every(one => typeof one === 'string'),
    'Schema[]': (v, at) => Array.isArray(v) && v.flatMap((one, i) => mistyped(one, schema_fields, `${at}/${i}`)),
    'Record<string, Schema>': (v, at) => Object.entries(v).flatMap(([k, one]) => mistyped(one, schema_fields, `${at}/${k}`)),
};
function mistyped(value, fields, at) {
    return Object.entries(value).flatMap(([key, v]) => {
        if (!(key in fields)) return [`${at}/${key} is not declared`];
        const check = fits[fields[key]];
        const found = check ? check(v, `${at}/${key}`) : false;
        return found === true ? [] : found === false ? [`${at}/${key} is ${shown(v)}, declared as ${fields[key]}`] : found;
    });
}

export async function gemini(declarations) {
    const problems = [];
    try {
        const sent = await sent_by_google(declarations);
        declarations.forEach((d, i) => {
            if (!isDeepStrictEqual(sent[i], d)) problems.push(`${d.name}: the SDK sends ${shown(sent[i])} for ${shown(d)}`);
        });
    } catch (error) {
        problems.push(String(error));
    }
    for (const d of declarations) {
        problems.push(...mistyped(d, declaration_fields, d.name));
        if (d.parameters && d.parametersJsonSchema) problems.push(`${d.name}: both parameters and parametersJsonSchema`);
    }
    return problems;
}

/** What JSON Schema 2020-12 has against a schema, by its meta-schema and by compiling it. */
export const meta_schema = (name, schema) => attempt(name, () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats(ajv);
    const { $schema, ...rest } = schema;  // a schema of another draft is looked at as one of this draft
    if (!ajv.validateSchema(rest)) return [`${name}: ${ajv.errorsText()}`];
    ajv.compile(rest);
    return [];
});

/** A value for a schema, with all members or only the required ones; undefined if there is no simple one. */
function sample(schema, all, root = schema, depth = 0) {
    if (depth > 6) return undefined;
    const inside = (s, everything = all) => sample(s, everything, root, depth + 1);
    if (schema.$ref) return inside(schema.$ref.split('/').slice(1).reduce((at, part) => at?.[part], root), false);
    if ('const' in schema) return schema.const;
    if (schema.enum) return schema.enum[0];
    if (schema.anyOf || schema.oneOf) return inside((schema.anyOf ?? schema.oneOf).at(all ? -1 : 0));
    const low = schema.minimum ?? (schema.exclusiveMinimum !== undefined ? schema.exclusiveMinimum + (schema.multipleOf ?? 1) : undefined);
    switch ([schema.type].flat()[0]) {
        case 'string': return { 'date-time': '2026-01-01T00:00:00Z', uri: 'a:b', uuid: '123e4567-e89b-12d3-a456-426614174000' }[schema.format] ?? 'a'.repeat(Math.max(schema.minLength ?? 1, 1));
        case 'integer':
        case 'number': return low ?? schema.maximum ?? 0;
        case 'boolean': return true;
        case 'null': return null;
        case 'array': return schema.prefixItems?.map(s => inside(s)) ?? Array.from({ length: schema.uniqueItems ? 0 : schema.minItems ?? 1 }, () => inside(schema.items));
        case 'object': return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([k]) => all || schema.required?.includes(k))
            .map(([k, s]) => [k, inside(s)]).filter(([, v]) => v !== undefined));
    }
    return undefined;
}
/** A value as strict mode makes the model write it: null for what is not given. */
function with_nulls(value, strict, root = strict) {
    if (value === null || typeof value !== 'object') return value;
    const at = strict.$ref ? strict.$ref.split('/').slice(1).reduce((s, part) => s?.[part], root) : strict;
    const one = at.anyOf ? at.anyOf.map(s => (s.$ref ? s.$ref.split('/').slice(1).reduce((t, part) => t?.[part], root) : s)).find(s => s.properties || s.items) : at;
    if (!one) return value;
    if (Array.isArray(value)) return value.map(v => with_nulls(v, one.items, root));
    return Object.fromEntries(Object.entries(one.properties ?? {}).map(([k, s]) => [k, k in value ? with_nulls(value[k], s, root) : null]));
}

/** Values that the tool takes have to be values that the strict schema lets the model write. `counts.values` counts them. */
export const not_narrower = (name, plain, strict, nulls, counts) => attempt(name, () => {
    const ajv = new Ajv({ strict: false });
    formats(ajv);
    const { $schema, ...rest } = plain;
    const takes = ajv.compile(rest);
    const lets = ajv.compile(strict);
    return [true, false].flatMap(all => {
        const value = sample(plain, all);
        if (!takes(value)) return [];
        counts.values++;
        const written = nulls ? with_nulls(value, strict) : value;
        return lets(written) ? [] : [`${name}: ${shown(written)} is refused: ${ajv.errorsText(lets.errors)}`];
    });
});

// MCP's own JSON schema of each revision, as published, applied to what a server sent.
import fs from 'node:fs';
import path from 'node:path';
import { need, shared } from './places.mjs';

const folder = path.join(shared, 'data', 'mcp-schema', 'schema');
export const there = shared !== '' && fs.existsSync(folder);

const ajv_of = { draft7: need('ajv').default, draft2020: need('ajv/dist/2020').default };
const formats = need('ajv-formats').default;
const notification_types = { 'notifications/progress': 'ProgressNotification', 'notifications/message': 'LoggingMessageNotification' };
const result_types = { initialize: 'InitializeResult', ping: 'EmptyResult', 'tools/list': 'ListToolsResult', 'tools/call': 'CallToolResult', 'logging/setLevel': 'EmptyResult' };
const draft = new ajv_of.draft2020({ strict: false, allErrors: true });
formats(draft);

const revisions = new Map();
function revision(name) {
    if (!revisions.has(name)) {
        const schema = JSON.parse(fs.readFileSync(path.join(folder, name, 'schema.json')));
        const newer = '$defs' in schema;
        const ajv = new (newer ? ajv_of.draft2020 : ajv_of.draft7)({ strict: false, allErrors: true });
        formats(ajv);
        ajv.addSchema(schema, 'mcp');
        const definitions = schema.$defs ?? schema.definitions;
        revisions.set(name, {
            definitions,
            validate(type, value) {
                const check = ajv.getSchema(`mcp#/${newer ? '$defs' : 'definitions'}/${type}`);
                if (!check) throw new Error(`no ${type} in ${name}`);
                return check(value) ? '' : ajv.errorsText(check.errors, { dataVar: type });
            },
        });
    }
    return revisions.get(name);
}

/** What is wrong with the messages that a server sent, by the schema of the revision that was agreed on. */
export function invalid(wire, name = wire.revision) {
    const mcp = revision(name);
    const error_type = 'JSONRPCErrorResponse' in mcp.definitions ? 'JSONRPCErrorResponse' : 'JSONRPCError';
    const response_type = 'JSONRPCResultResponse' in mcp.definitions ? 'JSONRPCResultResponse' : 'JSONRPCResponse';
    const methods = new Map(wire.sent.map(m => [m.id, m.method]));
    const problems = [];
    const outputs = new Map();
    const note = (message, why) => why && problems.push(`${why} in ${JSON.stringify(message).slice(0, 300)}`);
    let count = 0;
    for (const m of wire.received.flat()) {
        if (!m) continue;
        count++;
        if (m.error) {
            // JSON-RPC wants the id null where the request's is unknown, and MCP's schema has no place for that.
            note(m, mcp.validate(error_type, m.id === null ? { ...m, id: 0 } : m));
            continue;
        }
        if (m.method) {
            const type = notification_types[m.method];
            note(m, type ? mcp.validate(type, m) : `${m.method}, which no test knows,`);
            continue;
        }
        note(m, mcp.validate(response_type, m));
        const type = result_types[methods.get(m.id)];
        note(m, type ? mcp.validate(type, m.result) : `an answer to ${methods.get(m.id)}`);
        if (type === 'ListToolsResult')
            for (const t of m.result.tools) {
                const known = Object.keys(mcp.definitions.Tool.properties);
                for (const key of Object.keys(t)) if (!known.includes(key)) note(t, `${key}, which ${name} does not know,`);
                for (const schema of [t.inputSchema, t.outputSchema])
                    if (schema && !draft.validateSchema(schema)) note(t, 'no JSON Schema: ' + draft.errorsText());
                if (t.outputSchema) outputs.set(t.name, draft.compile(t.outputSchema));
            }
        if (type === 'CallToolResult') {
            const output = outputs.get(wire.sent.find(s => s.id === m.id).params.name);
            const known = Object.keys(mcp.definitions.CallToolResult.properties);
            for (const key of Object.keys(m.result)) if (!known.includes(key)) note(m, `${key}, which ${name} does not know,`);
            if (output && !m.result.isError && !output(m.result.structuredContent)) note(m, 'structuredContent: ' + draft.errorsText(output.errors));
        }
    }
    if (count === 0) problems.push('there was no message to validate');
    return problems;
}

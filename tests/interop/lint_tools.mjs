// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What AI clients do to tools that are legal but not to their taste: they drop them, rename them, cut them, or refuse
// the whole list. Held against what really comes out of the relay. lint_tools_selftest.mjs shows what each rule catches.

const server = 'graph-valet'; // the key that we suggest for configurations
const listLimit = 10 * 1024; // bytes of the whole list: a model reads all of it
const toolLimit = 20;
const descriptionLimit = 600; // characters
const enumLimit = 20;
const depthLimit = 5;

// What clients make of a name, and what is the longest that passes there unchanged.
const namings = [
    { name: (tool) => `mcp__${server}__${tool}`, limit: 60 }, // Cursor drops more, others from 64 on
    { name: (tool) => `mcp_${server}_${tool}`, limit: 63 }, // Gemini cuts the middle out
];

// Keywords that every client and model provider takes. Not among them: anyOf, oneOf, allOf (a root with one is refused by
// the provider, and the client then drops the tool), $ref, $schema, pattern and format (stripped or refused), if, const.
const keywords = new Set(['type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'minimum', 'maximum',
    'minLength', 'maxLength', 'minItems', 'maxItems', 'description', 'title', 'default']);
const types = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);

const hints = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'];
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isWords = (value) => typeof value === 'string' && value.trim() !== '';

// Revisions are dates, so they compare as text.
function membersSince(revision) {
    return ['name', 'description', 'inputSchema', ...(revision >= '2025-03-26' ? ['annotations'] : []),
        ...(revision >= '2025-06-18' ? ['title', 'outputSchema'] : [])];
}

function* schemaProblems(schema, where, depth = 0) {
    if (!isObject(schema)) {
        yield `${where} is not an object`;
        return;
    }
    if (depth > depthLimit) {
        yield `${where} is nested deeper than ${depthLimit}`;
        return;
    }
    for (const keyword of Object.keys(schema).filter((keyword) => !keywords.has(keyword)))
        yield `${where} uses ${keyword}`;
    if (!types.has(schema.type))
        yield `${where} has the type ${JSON.stringify(schema.type)}`;
    if (schema.enum !== undefined) {
        if (!Array.isArray(schema.enum) || schema.enum.length === 0 || schema.enum.length > enumLimit)
            yield `${where} has an enum that is not 1 to ${enumLimit} values`;
        else if (schema.enum.some((value) => typeof value !== 'string' || value.length > 64))
            yield `${where} has an enum with other values than short texts`;
        else if (schema.default !== undefined && !schema.enum.includes(schema.default))
            yield `${where} has a default outside its enum`;
    }
    if (schema.type === 'array') {
        if (schema.items === undefined)
            yield `${where} is an array without items`;
        else
            yield* schemaProblems(schema.items, `${where}[]`, depth + 1);
    }
    if (schema.type === 'object') {
        if (!isObject(schema.properties))
            yield `${where} is an object without properties`;
        if (schema.additionalProperties !== false)
            yield `${where} does not refuse other properties`;
    }
    const properties = isObject(schema.properties) ? schema.properties : {};
    for (const [name, property] of Object.entries(properties)) {
        if (!/^[A-Za-z0-9_]{1,64}$/.test(name))
            yield `${where}.${name} is not a name of at most 64 letters, digits and _`;
        // Left out where the name says it: the whole list has to fit into 10 KB.
        if (property?.description !== undefined && !isWords(property.description))
            yield `${where}.${name} has an empty description`;
        yield* schemaProblems(property, `${where}.${name}`, depth + 1);
    }
    const required = schema.required ?? [];
    if (!Array.isArray(required) || new Set(required).size !== required.length)
        yield `${where} has a required that is no list of different names`;
    else
        yield* required.filter((name) => !Object.hasOwn(properties, name))
            .map((name) => `${where} requires ${name}, which is no property`);
}

function* rootProblems(schema, where) {
    if (schema?.type !== 'object')
        yield `${where} has a root that is no object`; // version 1 of the TypeScript SDK then refuses the whole list
    yield* schemaProblems(schema, where);
}

function* annotationProblems(annotations, where) {
    if (!isObject(annotations)) {
        yield `${where} has no annotations`;
        return;
    }
    // The defaults call a tool destructive and open-world.
    for (const hint of hints.filter((hint) => typeof annotations[hint] !== 'boolean'))
        yield `${where} does not say ${hint}`;
    for (const other of Object.keys(annotations).filter((key) => key !== 'title' && !hints.includes(key)))
        yield `${where} has the annotation ${other}`;
    if (annotations.readOnlyHint && annotations.destructiveHint)
        yield `${where} reads only and destroys`;
}

function* toolProblems(tool, revision) {
    const where = `${tool.name}`;
    if (!/^[A-Z][A-Za-z0-9]{0,31}$/.test(tool.name))
        yield `${where} is not a PascalCase name of at most 32 letters and digits`;
    for (const { name, limit } of namings) {
        if (name(tool.name).length > limit)
            yield `${name(tool.name)} is longer than ${limit}`;
    }
    if (!isWords(tool.description) || tool.description.length > descriptionLimit)
        yield `${where} has no description of 1 to ${descriptionLimit} characters`;
    // Members of a later revision, and _meta that we do not mean to send.
    const members = membersSince(revision);
    for (const member of Object.keys(tool).filter((key) => !members.includes(key)))
        yield `${where} has the member ${member} in ${revision}`;
    if (members.includes('title') && !isWords(tool.title))
        yield `${where} has no title`;
    if (members.includes('annotations'))
        yield* annotationProblems(tool.annotations, where);
    yield* rootProblems(tool.inputSchema, `${where} inputSchema`);
    if (tool.outputSchema !== undefined)
        yield* rootProblems(tool.outputSchema, `${where} outputSchema`);
}

// list: the result of tools/list in that revision. What is wrong with it, one line each.
export function lintTools(list, revision) {
    const problems = [];
    if (!Array.isArray(list?.tools) || list.tools.length === 0)
        return ['there are no tools'];
    const bytes = Buffer.byteLength(JSON.stringify(list));
    if (bytes > listLimit)
        problems.push(`the list has ${bytes} bytes, more than ${listLimit}`);
    if (list.tools.length > toolLimit)
        problems.push(`there are ${list.tools.length} tools, more than ${toolLimit}`);
    if (list.nextCursor !== undefined)
        problems.push('the list has a second page, which simple clients never ask for');
    const names = list.tools.map(({ name }) => String(name).toLowerCase());
    if (new Set(names).size !== names.length)
        problems.push('two tools have the same name, or one that differs in case only');
    for (const tool of list.tools)
        problems.push(...toolProblems(tool, revision));
    return problems;
}

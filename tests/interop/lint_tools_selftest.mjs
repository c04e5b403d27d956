// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bad lists of tools, each of which the linter must catch for the reason named, and good ones that it must let pass.
import assert from 'node:assert/strict';
import { lintTools } from './lint_tools.mjs';

const revisions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'];

function goodTool(revision = '2026-07-28', name = 'ListThings') {
    const tool = {
        name, description: 'Lists things.',
        inputSchema: {
            type: 'object', additionalProperties: false, required: ['kind'],
            properties: {
                kind: { type: 'string', description: 'Which', enum: ['big', 'small'], default: 'big' },
                words: { type: 'array', description: 'What they say', items: { type: 'string', maxLength: 9 }, maxItems: 9 },
                within: {
                    type: 'object', description: 'Where', additionalProperties: false,
                    properties: { top: { type: 'integer', description: 'How many', minimum: 1, maximum: 50 } },
                },
            },
        },
    };
    if (revision >= '2025-03-26') {
        tool.annotations = {
            title: 'List', readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
    }
    if (revision >= '2025-06-18') {
        tool.title = 'List things';
        tool.outputSchema = {
            type: 'object', additionalProperties: false,
            properties: { count: { type: 'integer', description: 'How many' } } };
    }
    return tool;
}

const kind = (tool) => tool.inputSchema.properties.kind;
// What is done to a good tool, and what the linter must say to it.
const bad = [
    [/no object/, (t) => { t.inputSchema = { anyOf: [t.inputSchema] }; }],
    [/inputSchema uses oneOf/, (t) => { t.inputSchema.oneOf = [{ required: ['kind'] }]; }],
    [/inputSchema uses anyOf/, (t) => { t.inputSchema.anyOf = [{ required: ['kind'] }]; }],
    [/inputSchema uses allOf/, (t) => { t.inputSchema.allOf = [{ required: ['kind'] }]; }],
    [/inputSchema uses \$ref/, (t) => { t.inputSchema.$ref = 'https://example.org/schema'; }],
    [/inputSchema uses \$schema/, (t) => { t.inputSchema.$schema = 'https://json-schema.org/draft/2020-12/schema'; }],
    [/inputSchema uses if/, (t) => { t.inputSchema.if = {}; }],
    [/kind uses anyOf/, (t) => { delete kind(t).enum; kind(t).anyOf = [{ type: 'string', default: 'x' }]; }],
    [/kind uses pattern/, (t) => { kind(t).pattern = '^a'; }],
    [/kind uses format/, (t) => { kind(t).format = 'date'; }],
    [/kind uses const/, (t) => { kind(t).const = 'big'; }],
    [/kind has the type \["string","null"\]/, (t) => { kind(t).type = ['string', 'null']; }],
    [/kind has the type undefined/, (t) => { delete kind(t).type; }],
    [/kind has the type "text"/, (t) => { kind(t).type = 'text'; }],
    [/kind is not an object/, (t) => { t.inputSchema.properties.kind = true; }],
    [/kind has an empty description/, (t) => { kind(t).description = ' '; }],
    [/kind has an enum that is not/, (t) => { kind(t).enum = Array.from({ length: 21 }, (_, i) => `v${i}`); }],
    [/kind has an enum that is not/, (t) => { kind(t).enum = []; }],
    [/kind has an enum with other/, (t) => { kind(t).enum = ['big', 1]; }],
    [/kind has an enum with other/, (t) => { kind(t).enum = ['big', 'x'.repeat(65)]; }],
    [/kind has a default outside/, (t) => { kind(t).default = 'huge'; }],
    [/words is an array without items/, (t) => { delete t.inputSchema.properties.words.items; }],
    [/words\[\] has the type undefined/, (t) => { t.inputSchema.properties.words.items = {}; }],
    [/within is an object without properties/, (t) => { delete t.inputSchema.properties.within.properties; }],
    [/within does not refuse/, (t) => { delete t.inputSchema.properties.within.additionalProperties; }],
    [/inputSchema does not refuse/, (t) => { t.inputSchema.additionalProperties = true; }],
    [/inputSchema is an object without properties/, (t) => { delete t.inputSchema.properties; }],
    [/inputSchema has a root that is no object/, (t) => { t.inputSchema = null; }],
    [/outputSchema has a root that is no object/, (t) => { t.outputSchema = { type: 'array', items: { type: 'string' } }; }],
    [/requires other/, (t) => { t.inputSchema.required = ['kind', 'other']; }],
    [/list of different names/, (t) => { t.inputSchema.required = ['kind', 'kind']; }],
    [/list of different names/, (t) => { t.inputSchema.required = 'kind'; }],
    [/a-b is not a name/, (t) => { t.inputSchema.properties['a-b'] = { type: 'string', description: 'x' }; }],
    [/x{65} is not a name/, (t) => { t.inputSchema.properties['x'.repeat(65)] = { type: 'string', description: 'x' }; }],
    [/nested deeper/, (t) => {
        let inner = { type: 'string' };
        for (let i = 0; i < 6; ++i)
            inner = { type: 'array', items: inner };
        t.inputSchema.properties.deep = { ...inner, description: 'x' };
    }],
    [/PascalCase/, (t) => { t.name = 'listThings'; }],
    [/PascalCase/, (t) => { t.name = 'List.Things'; }],
    [/PascalCase/, (t) => { t.name = 'L'.repeat(33); }],
    [/longer than 60/, (t) => { t.name = 'L'.repeat(43); }],
    [/longer than 63/, (t) => { t.name = 'L'.repeat(48); }],
    [/no description of/, (t) => { t.description = ' '; }],
    [/no description of/, (t) => { t.description = 'x'.repeat(601); }],
    [/no title/, (t) => { delete t.title; }],
    [/has the member _meta/, (t) => { t._meta = { 'example.org/surprise': 1 }; }],
    [/has the member icons/, (t) => { t.icons = []; }],
    [/has no annotations/, (t) => { delete t.annotations; }],
    [/does not say readOnlyHint/, (t) => { delete t.annotations.readOnlyHint; }],
    [/does not say destructiveHint/, (t) => { delete t.annotations.destructiveHint; }],
    [/does not say idempotentHint/, (t) => { t.annotations.idempotentHint = 'no'; }],
    [/does not say openWorldHint/, (t) => { delete t.annotations.openWorldHint; }],
    [/has the annotation harmless/, (t) => { t.annotations.harmless = true; }],
    [/reads only and destroys/, (t) => { t.annotations.destructiveHint = true; }],
];
const badLists = [
    [/no tools/, {}],
    [/no tools/, { tools: [] }],
    [/same name/, { tools: [goodTool(), goodTool()] }],
    [/same name/, { tools: [goodTool(), goodTool(undefined, 'LISTTHINGS')] }],
    [/second page/, { tools: [goodTool()], nextCursor: 'x' }],
    [/21 tools/, { tools: Array.from({ length: 21 }, (_, i) => goodTool(undefined, `Tool${i}`)) }],
    [/bytes, more than 10240/, { tools: Array.from({ length: 20 }, (_, i) => goodTool(undefined, `Tool${i}`)) }],
    // Too new for their revision.
    [/has the member annotations in 2024-11-05/, { tools: [goodTool('2025-03-26')] }, '2024-11-05'],
    [/has the member title in 2025-03-26/, { tools: [goodTool('2025-06-18')] }, '2025-03-26'],
    [/has the member outputSchema in 2025-03-26/, { tools: [goodTool('2025-06-18')] }, '2025-03-26'],
];

// Throws where the linter lets something bad pass, or complains about something good.
export function lintSelfTest() {
    for (const revision of revisions)
        assert.deepEqual(lintTools({ tools: [goodTool(revision)] }, revision), [], revision);
    const lists = bad.map(([says, spoil]) => {
        const tool = goodTool();
        spoil(tool);
        return [says, { tools: [tool] }];
    });
    for (const [says, list, revision = '2026-07-28'] of [...lists, ...badLists]) {
        const problems = lintTools(list, revision);
        assert.ok(problems.some((problem) => says.test(problem)), `${says} is not among ${JSON.stringify(problems)}`);
    }
    return lists.length + badLists.length;
}

// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lets a server list its tools in every revision and lints what comes out, before any client library has touched it.
import assert from 'node:assert/strict';
import { Peer } from './bridge_peer.mjs';
import { lintTools } from './lint_tools.mjs';

const legacy = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];
const modern = '2026-07-28';

async function listIn(revision, server) {
    const complaints = [];
    const peer = new Peer(server, (text) => complaints.push(text));
    let last = 0;
    const ask = async (method, params) => {
        const id = ++last;
        const answer = new Promise((resolve, reject) => {
            peer.on('message', (message) => { if (message.id === id) resolve(message); });
            peer.on('gone', () => reject(new Error(`no answer to ${method}: ${complaints.join('; ')}`)));
        });
        peer.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
        const { result, error } = await answer;
        assert.ok(result, JSON.stringify(error));
        return result;
    };
    let params = {};
    try {
        if (revision === modern) {
            params = { _meta: {
                'io.modelcontextprotocol/protocolVersion': modern, 'io.modelcontextprotocol/clientCapabilities': {} } };
        } else {
            const { protocolVersion } = await ask('initialize', {
                protocolVersion: revision, capabilities: {}, clientInfo: { name: 'linter', version: '1.0.0' } });
            assert.equal(protocolVersion, revision);
            peer.send(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }));
        }
        const list = await ask('tools/list', params);
        assert.deepEqual((await ask('tools/list', params)).tools, list.tools, 'two lists differ');
        return list;
    } finally {
        await peer.close();
        assert.deepEqual(complaints, []);
    }
}

// server: { command, args, env }. Throws with everything that is wrong; else tells how many tools there are.
export async function lintRelay(server) {
    const problems = [];
    const names = new Set();
    for (const revision of [...legacy, modern]) {
        const list = await listIn(revision, server);
        problems.push(...lintTools(list, revision).map((problem) => `${revision}: ${problem}`));
        names.add(list.tools.map(({ name }) => name).join(' '));
    }
    assert.deepEqual(problems, []);
    assert.equal(names.size, 1, `the revisions list different tools: ${[...names].join(' / ')}`);
    return [...names][0].split(' ').length;
}

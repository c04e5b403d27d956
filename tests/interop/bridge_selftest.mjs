// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bridge and the judge of the suite's results against bad clients, bad servers and bad results. A bridge that is too
// kind would make a server look better than it is.
import assert from 'node:assert/strict';
import http from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { text as wholeText } from 'node:stream/consumers';
import { startBridge } from './bridge.mjs';
import { judge } from './conformance.mjs';

const server = { command: process.execPath, args: [path.join(import.meta.dirname, 'bad_server.mjs')], env: {} };
const version = '2026-07-28';
const meta = { 'io.modelcontextprotocol/protocolVersion': version, 'io.modelcontextprotocol/clientCapabilities': {} };

// Not fetch: it does not let us lie about Host.
function open(url, method, headers, body) {
    return new Promise((resolve, reject) => {
        const request = http.request(url, { method, headers });
        request.once('error', reject).once('response', (response) => resolve({
            request, response, status: response.statusCode, headers: response.headers }));
        request.end(body);
    });
}

async function post(url, message, headers = {}) {
    const all = { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const opened = await open(url, 'POST', given, typeof message === 'string' ? message : JSON.stringify(message));
    const text = await wholeText(opened.response);
    const isStream = opened.headers['content-type'] === 'text/event-stream';
    const messages = isStream ? [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data))
        : text ? [JSON.parse(text)] : [];
    return { ...opened, isStream, messages, code: messages.at(-1)?.error?.code, result: messages.at(-1)?.result };
}

const modern = (id, method, params = {}) => ({ jsonrpc: '2.0', id, method, params: { ...params, _meta: meta } });
const standard = (method) => ({ 'mcp-protocol-version': version, 'mcp-method': method });
const ask = (url, id, method, params) => post(url, modern(id, method, params), standard(method));

async function refusals(url) {
    const good = modern(1, 'echo');
    const headers = standard('echo');
    const call = modern(1, 'tools/call', { name: 'ä' });
    const encoded = `=?base64?${Buffer.from('ä').toString('base64')}?=`;
    for (const [status, code, message, more] of [
        [200, undefined, good, {}],
        [403, -32600, good, { host: 'evil.example' }],
        [403, -32600, good, { origin: 'http://evil.example' }],
        [406, -32600, good, { accept: 'application/json' }],
        [406, -32600, good, { accept: 'text/event-stream' }],
        [415, -32600, good, { 'content-type': 'text/plain' }],
        [400, -32700, '{"jsonrpc"', {}],
        [400, -32600, '1', {}],
        [400, -32600, [good], {}],
        [400, -32600, { jsonrpc: '2.0', id: 1, result: {} }, {}],
        [202, undefined, { jsonrpc: '2.0', method: 'notifications/any' }, {}],
        [400, -32020, good, { 'mcp-protocol-version': undefined }],
        [400, -32020, good, { 'mcp-protocol-version': '2026-07-29' }],
        [400, -32020, good, { 'mcp-method': undefined }],
        [400, -32020, good, { 'mcp-method': 'ECHO' }],
        [400, -32020, call, { 'mcp-method': 'tools/call' }],
        [400, -32020, call, { 'mcp-method': 'tools/call', 'mcp-name': 'a' }],
        [400, -32020, call, { 'mcp-method': 'tools/call', 'mcp-name': encoded.replace('=?=', '?=') }],
        [200, undefined, call, { 'mcp-method': 'tools/call', 'mcp-name': encoded }],
        [404, -32601, modern(1, 'fail', { code: -32601 }), { 'mcp-method': 'fail' }],
        [400, -32021, modern(1, 'fail', { code: -32021 }), { 'mcp-method': 'fail' }],
        [400, -32022, modern(1, 'fail', { code: -32022 }), { 'mcp-method': 'fail' }],
        [200, -32602, modern(1, 'fail', { code: -32602 }), { 'mcp-method': 'fail' }],
        [400, -32602, { ...good, method: 'fail', params: { code: -32602 } }, { 'mcp-method': 'fail' }],
    ]) {
        const answer = await post(url, message, { ...headers, ...more });
        assert.deepEqual([answer.status, answer.code], [status, code], JSON.stringify([message, more]));
        assert.equal(answer.isStream, status === 200);
    }
    assert.equal((await open(url.replace('/mcp', '/other'), 'POST', {})).status, 404);
    for (const method of ['GET', 'DELETE', 'PUT']) {
        const { status, headers: { allow } } = await open(url, method, { accept: 'text/event-stream' });
        assert.deepEqual([status, allow], [405, 'POST'], method);
    }
}

async function modernStreams(url) {
    const { result: { pid } } = await ask(url, 6, 'echo');
    // What the server says of a request goes with its answer, in order.
    const { messages } = await ask(url, 7, 'progress', { progressToken: 1, _meta: {} });
    assert.deepEqual(messages.map(({ method, id }) => method ?? id), ['notifications/message', 7]);
    // A stream that nobody closes: its id is in use, and closing it withdraws the request on that server.
    const stream = await open(url, 'POST', {
        accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...standard('hang') },
    JSON.stringify(modern(5, 'hang')));
    assert.equal((await ask(url, 6, 'echo')).result.pid, pid);
    assert.notEqual((await ask(url, 5, 'echo')).result.pid, pid, 'two requests with one id met on one server');
    assert.equal((await ask(url, '5', 'echo')).result.pid, pid, '"5" is another id than 5');
    const withdrawn = ask(url, 8, 'cancelled');
    stream.request.destroy();
    assert.deepEqual((await withdrawn).result, { requestId: 5, reason: 'the client closed the stream' });
    assert.notEqual((await ask(url, 5, 'echo')).result.pid, pid, 'a late answer would be taken for this one');
    for (const more of [{ requestState: 'x' }, { inputResponses: {} }])
        assert.notEqual((await ask(url, 9, 'echo', more)).result.pid, pid, 'the second round went to the first server');
}

async function sessions(url) {
    const initialize = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25' } };
    const begun = await post(url, initialize);
    const session = { 'mcp-session-id': begun.headers['mcp-session-id'], 'mcp-protocol-version': '2025-11-25' };
    const echo = { jsonrpc: '2.0', id: 2, method: 'echo' };
    const other = await post(url, initialize);
    assert.notEqual(begun.result.pid, other.result.pid, 'two sessions share a server');
    assert.equal((await post(url, echo, session)).result.pid, begun.result.pid);
    assert.equal((await post(url, { jsonrpc: '2.0', method: 'notifications/initialized' }, session)).status, 202);
    for (const [status, headers] of [
        [400, { ...session, 'mcp-session-id': undefined }],
        [404, { ...session, 'mcp-session-id': 'x' }],
        [406, { ...session, method: 'GET', accept: 'application/json' }],
        [400, { ...session, method: 'GET', accept: 'text/event-stream', 'mcp-protocol-version': '2025-01-01' }],
    ]) {
        const { method = 'POST', ...rest } = headers;
        const answer = method === 'GET' ? await open(url, 'GET', rest) : await post(url, echo, rest);
        assert.equal(answer.status, status, JSON.stringify(headers));
    }
    const stream = await open(url, 'GET', { ...session, accept: 'text/event-stream' });
    assert.equal(stream.status, 200);
    assert.equal((await open(url, 'GET', { ...session, accept: 'text/event-stream' })).status, 409);
    await post(url, { jsonrpc: '2.0', method: 'notifications/speak' }, session);
    const [unasked] = await new Promise((resolve) => stream.response.once('data', (...data) => resolve(data)));
    assert.match(unasked.toString(), /data: .*"unasked"/);
    const refused = await post(url, { ...initialize, params: { refuse: true } });
    assert.deepEqual([refused.status, refused.headers['mcp-session-id']], [400, undefined]);
    assert.equal((await open(url, 'DELETE', session)).status, 204);
    assert.equal((await post(url, echo, session)).status, 404);
}

// Each of these is told of no client, so it must be told of the run.
async function complaints() {
    for (const [method, expected] of [
        ['noise', /not a message on the server's stdout: hello/],
        ['carriageReturn', /not a message on the server's stdout/],
        ['strangeAnswer', /it belongs to no open request: .*"id":99/],
        ['strangeProgress', /it belongs to no open request: .*progress/],
        ['untagged', /it belongs to no open request: .*list_changed/],
        ['halfLine', /the last line of the server has no line feed/],
        ['exitCode', /the server ended with 3 when its stdin was closed/],
        ['crash', /the server ended by itself with 3/],
    ]) {
        const bridge = await startBridge(server);
        await ask(bridge.url, 1, method).catch(() => {});
        await bridge.close();
        assert.equal(bridge.complaints.length, 1, `${method}: ${bridge.complaints}`);
        assert.match(bridge.complaints[0], expected);
    }
}

function judgements() {
    const scenario = (name, ...statuses) => ({ name, checks: statuses.map((status) => ({ id: 'x', status })) });
    const counted = new Set(['a', 'b']);
    const problems = (...scenarios) => judge(scenarios, counted, 2).problems.length;
    const uncounted = scenario('c', 'FAILURE');
    assert.equal(problems(scenario('a', 'SUCCESS'), scenario('b', 'SUCCESS', 'INFO', 'SKIPPED'), uncounted), 0);
    assert.notEqual(problems(scenario('a', 'SUCCESS'), scenario('b', 'SUCCESS', 'FAILURE')), 0);
    assert.notEqual(problems(scenario('a', 'SUCCESS'), scenario('b', 'SUCCESS', 'WARNING')), 0);
    assert.notEqual(problems(scenario('a', 'SUCCESS'), scenario('b', 'SKIPPED')), 0);
    assert.notEqual(problems(scenario('a', 'SUCCESS'), scenario('b')), 0);
    assert.notEqual(problems(scenario('a', 'SUCCESS')), 0);
    assert.notEqual(judge([scenario('a', 'SUCCESS')], undefined, 2).problems.length, 0);
    assert.notEqual(judge([scenario('a', 'SUCCESS'), scenario('a', 'SUCCESS')], undefined, 2).problems.length, 0);
    assert.equal(judge([scenario('a', 'SUCCESS')], undefined, 1).problems.length, 0);
}

export async function bridgeSelfTest() {
    const bridge = await startBridge(server);
    try {
        await refusals(bridge.url);
        await modernStreams(bridge.url);
        await sessions(bridge.url);
    } finally {
        await bridge.close();
    }
    assert.deepEqual(bridge.complaints, []);
    await complaints();
    judgements();
}

// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server on stdio that does whatever bridge_selftest.mjs asks of it.
import process from 'node:process';
import readline from 'node:readline';

const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
let whenCancelled = () => {};
let exitCode = 0;

const doings = {
    initialize: ({ id, params }) => (params.refuse ? say({ id, error: { code: -32602, message: 'no' } })
        : say({ id, result: { pid: process.pid } })),
    echo: ({ id }) => say({ id, result: { pid: process.pid } }),
    'tools/call': ({ id }) => say({ id, result: {} }),
    fail: ({ id, params }) => say({ id, error: { code: params.code, message: 'failed' } }),
    progress: ({ id }) => { say({ method: 'notifications/message', params: {} }); say({ id, result: {} }); },
    // Its stream is open before anybody can close it.
    hang: () => say({ method: 'notifications/message', params: {} }),
    cancelled: ({ id }) => { whenCancelled = (params) => say({ id, result: params }); },
    'notifications/cancelled': ({ params }) => whenCancelled(params),
    'notifications/speak': () => say({ method: 'notifications/message', params: { data: 'unasked' } }),
    noise: ({ id }) => { process.stdout.write('hello\n'); say({ id, result: {} }); },
    carriageReturn: ({ id }) => { process.stdout.write('{"jsonrpc":"2.0","method":"x"}\r\n'); say({ id, result: {} }); },
    strangeAnswer: ({ id }) => { say({ id: 99, result: {} }); say({ id, result: {} }); },
    strangeProgress: ({ id }) => {
        say({ method: 'notifications/progress', params: { progressToken: 9 } });
        say({ id, result: {} });
    },
    untagged: ({ id }) => { say({ method: 'notifications/tools/list_changed' }); say({ id, result: {} }); },
    halfLine: ({ id }) => { say({ id, result: {} }); process.stdout.write('{"jsonrpc"'); },
    exitCode: ({ id }) => { exitCode = 3; say({ id, result: {} }); },
    crash: () => process.exit(3),
};
readline.createInterface({ input: process.stdin })
    .on('line', (line) => { const message = JSON.parse(line); doings[message.method]?.(message); })
    .on('close', () => process.exit(exitCode));

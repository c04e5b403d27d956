// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One started MCP server: lines to its stdin, lines from its stdout. It complains about everything a server on stdio
// may not do there, because a client behind the bridge would never see it.
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';

const patience = 5_000; // milliseconds between "your stdin is closed" and a signal

// Emits 'message' (parsed, text as it came) and 'gone'.
export class Peer extends EventEmitter {
    #child;
    #complain;
    #rest = '';
    #asked = false; // whether we have told it to end
    #ended;

    constructor({ command, args = [], env }, complain) {
        super();
        this.#complain = complain;
        this.#child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
        // Writing to a server that has just died is not our error; that it died is told below.
        this.#child.stdin.on('error', () => {});
        this.#child.stdout.setEncoding('utf8');
        this.#child.stdout.on('data', (text) => this.#take(text));
        this.#ended = new Promise((resolve) => {
            this.#child.once('error', (error) => {
                this.#complain(`the server could not be started: ${error.message}`);
                resolve();
            });
            this.#child.once('close', (code, signal) => {
                if (this.#rest)
                    this.#complain(`the last line of the server has no line feed: ${this.#rest.slice(0, 200)}`);
                if (!this.#asked)
                    this.#complain(`the server ended by itself with ${signal ?? code}`);
                else if (code !== 0)
                    this.#complain(`the server ended with ${signal ?? code} when its stdin was closed`);
                resolve();
            });
        });
        this.#ended.then(() => this.emit('gone'));
    }

    // text: one message, without a line feed.
    send(text) {
        this.#child.stdin.write(`${text}\n`);
    }

    async close() {
        this.#asked = true;
        this.#child.stdin.end();
        const timer = setTimeout(() => this.#child.kill(), patience);
        await this.#ended;
        clearTimeout(timer);
    }

    #take(text) {
        const lines = (this.#rest + text).split('\n');
        this.#rest = lines.pop();
        for (const line of lines) {
            let message;
            try {
                message = JSON.parse(line);
            } catch {
                message = undefined;
            }
            const whole = Array.isArray(message) ? message : [message];
            if (line.endsWith('\r') || whole.length === 0 || whole.some((one) => one?.jsonrpc !== '2.0'))
                this.#complain(`not a message on the server's stdout: ${line.slice(0, 200)}`);
            else
                this.emit('message', message, line);
        }
    }
}

// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Streamable HTTP of 2025-03-26 to 2025-11-25: sessions, a stream for what the server says unasked, DELETE. One server
// per session, as every client on stdio starts its own.
import { randomUUID } from 'node:crypto';
import { Answer, answerKeys, openStream, progressKey, refuse, requestKeys, writeEvent } from './bridge_http.mjs';

export const legacyVersions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];

class Session {
    #peer;
    #complain;
    #answers = new Set();
    #unasked; // response of the GET stream
    #kept = []; // what waits for one

    constructor(peer, complain) {
        this.#peer = peer;
        this.#complain = complain;
        peer.on('message', (message, text) => this.#take(message, text));
        peer.on('gone', () => this.#end());
    }

    ask(response, body, text, begin = () => ({})) {
        this.#answers.add(new Answer(response, body, begin));
        this.#peer.send(text);
    }

    tell(response, text) {
        this.#peer.send(text);
        response.writeHead(202).end();
    }

    listen(response) {
        if (this.#unasked) {
            refuse(response, 409, -32600, 'this session has a stream already');
            return;
        }
        openStream(response);
        this.#unasked = response;
        response.on('close', () => { this.#unasked = undefined; });
        for (const text of this.#kept.splice(0))
            writeEvent(response, text);
    }

    close() {
        return this.#peer.close();
    }

    #take(message, text) {
        const [answered] = answerKeys(message);
        if (answered !== undefined) {
            const answer = this.#find(({ waits }) => waits.has(answered));
            if (!answer) {
                this.#complain(`an answer to nothing that was asked: ${text.slice(0, 200)}`);
                return;
            }
            answer.take(message, text);
            if (answer.waits.size === 0)
                this.#answers.delete(answer);
            return;
        }
        if (message.method === 'notifications/progress') {
            const answer = this.#find(({ tokens }) => tokens.has(progressKey(message)));
            if (answer)
                answer.take(message, text);
            else
                this.#complain(`progress of nothing that goes on: ${text.slice(0, 200)}`);
            return;
        }
        // On stdio nothing says which request a request or a log line of the server belongs to. While one goes on it is
        // the newest; else it is for the stream of the session.
        const newest = [...this.#answers].filter(({ gone }) => !gone).at(-1);
        if (newest)
            newest.take(message, text);
        else if (this.#unasked)
            writeEvent(this.#unasked, text);
        else
            this.#kept.push(text);
    }

    #find(fits) {
        return [...this.#answers].find(fits);
    }

    #end() {
        this.#answers.forEach((answer) => answer.abandon());
        this.#unasked?.end();
    }
}

export class LegacySide {
    #start;
    #complain;
    #sessions = new Map();
    #closing = [];

    // start(): a new Peer.
    constructor(start, complain) {
        this.#start = start;
        this.#complain = complain;
    }

    post(request, response, body, text) {
        if (body.method === 'initialize' && request.headers['mcp-session-id'] === undefined) {
            this.#initialize(response, body, text);
            return;
        }
        const session = this.#sessionOf(request, response);
        if (!session)
            return;
        if (requestKeys(body).length > 0)
            session.ask(response, body, text);
        else
            session.tell(response, text);
    }

    get(request, response) {
        if (!request.headers.accept?.includes('text/event-stream'))
            refuse(response, 406, -32600, 'GET answers with text/event-stream only');
        else
            this.#sessionOf(request, response)?.listen(response);
    }

    delete(request, response) {
        const session = this.#sessionOf(request, response);
        if (!session)
            return;
        this.#sessions.delete(request.headers['mcp-session-id']);
        this.#closing.push(session.close());
        response.writeHead(204).end();
    }

    async close() {
        await Promise.all([...this.#closing, ...[...this.#sessions.values()].map((session) => session.close())]);
    }

    // A session begins when the server has said yes, so its id goes with that answer.
    #initialize(response, body, text) {
        const peer = this.#start();
        const session = new Session(peer, this.#complain);
        const id = randomUUID();
        this.#sessions.set(id, session);
        peer.on('gone', () => this.#sessions.delete(id));
        session.ask(response, body, text, ({ error }) => {
            if (!error)
                return { headers: { 'Mcp-Session-Id': id } };
            this.#sessions.delete(id);
            this.#closing.push(session.close());
            return { status: 400 };
        });
    }

    #sessionOf(request, response) {
        const { 'mcp-session-id': id, 'mcp-protocol-version': version } = request.headers;
        if (version !== undefined && !legacyVersions.includes(version)) {
            refuse(response, 400, -32600, 'unknown MCP-Protocol-Version');
            return undefined;
        }
        if (id === undefined) {
            refuse(response, 400, -32600, 'no Mcp-Session-Id; send initialize first');
            return undefined;
        }
        const session = this.#sessions.get(id);
        if (!session)
            refuse(response, 404, -32600, 'no such session');
        return session;
    }
}

// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What both eras of the bridge need of HTTP and JSON-RPC.

// 1 and "1" are two ids.
const keyOf = (id) => JSON.stringify(id);
const each = (body) => (Array.isArray(body) ? body : [body]);

export const isRequest = (one) => typeof one?.method === 'string' && one.id !== undefined;
export const requestKeys = (body) => each(body).filter(isRequest).map(({ id }) => keyOf(id));
export const answerKeys = (body) =>
    each(body).filter((one) => one.method === undefined && one.id !== undefined).map(({ id }) => keyOf(id));
export const progressKeys = (body) =>
    each(body).filter(isRequest).map(({ params }) => params?._meta?.progressToken).filter((token) => token !== undefined)
        .map(keyOf);
export const progressKey = (message) => keyOf(message.params?.progressToken);

// An error of the bridge itself. An id only where it is known whose request is refused.
export function refuse(response, status, code, message, id) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), error: { code, message } });
    response.writeHead(status, { 'Content-Type': 'application/json', ...(status === 405 ? { Allow: 'POST' } : {}) });
    response.end(body);
}

export function openStream(response, headers = {}) {
    response.writeHead(200, {
        'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no',
        ...headers });
    response.flushHeaders();
}

export function writeEvent(response, text) {
    response.write(`event: message\ndata: ${text}\n\n`);
}

// The answer to one POST: what the server says until every request in it is answered.
export class Answer {
    waits; // keys of the requests that are not answered yet
    tokens; // of progress that belongs here
    gone = false; // the client no longer listens
    #response;
    #begin;

    // begin(message): how to answer, from the first message: { status, headers }. Other than 200 is no stream.
    // left(): called when the client goes before everything is answered.
    constructor(response, body, begin, left = () => {}) {
        this.waits = new Set(requestKeys(body));
        this.tokens = new Set(progressKeys(body));
        this.#response = response;
        this.#begin = begin;
        response.on('close', () => {
            this.gone = true;
            if (this.waits.size > 0)
                left();
        });
    }

    take(message, text) {
        for (const key of answerKeys(message))
            this.waits.delete(key);
        if (this.gone)
            return;
        if (!this.#response.headersSent) {
            const { status = 200, headers } = this.#begin(message);
            if (status !== 200) {
                this.#response.writeHead(status, { 'Content-Type': 'application/json' });
                this.#response.end(text);
                return;
            }
            openStream(this.#response, headers);
        }
        writeEvent(this.#response, text);
        if (this.waits.size === 0)
            this.#response.end();
    }

    // The server is gone, so nothing more will come.
    abandon() {
        this.waits.clear();
        if (!this.gone)
            this.#response.destroy();
    }
}

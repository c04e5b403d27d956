// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/sandbox/content_host.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using test_support::HttpReply;
using test_support::HttpRequest;
using test_support::HttpResponse;

namespace sandbox {
namespace {

const QString prefix = u"/content/"_s;

HttpResponse refused(int status, const QByteArray &text)
{
    return HttpResponse::text(status, "text/plain", text);
}

} // namespace

QUrl ContentHost::urlFor(const FileContent &content)
{
    const QString ticket = randomText(32);
    m_ledger->noteSecret(ticket);
    m_contents.insert(ticket, content);
    QUrl url = m_ledger->foreign;
    url.setPath(prefix + ticket);
    return url;
}

bool ContentHost::isMine(const QString &path)
{
    return path.startsWith(prefix);
}

void ContentHost::handle(const HttpRequest &request, const HttpReply &reply)
{
    m_ledger->count(u"content"_s);
    for (const char *name : {"Authorization", "Cookie", "client-request-id"}) {
        if (!request.header(name).isNull()) {
            m_ledger->violations.append(u"a download URL received the header "_s
                                        + QString::fromLatin1(name));
        }
    }
    for (const QByteArray &secret : m_ledger->secrets) {
        if (request.target.contains(secret)
            && request.path() != prefix + QString::fromLatin1(secret))
            m_ledger->violations.append(u"a download URL received a secret"_s);
    }
    if (m_faults->take("content-expired"))
        m_contents.remove(request.path().mid(prefix.size()));
    const HttpResponse response = answer(request);
    if (m_faults->take("content-truncated"))
        return reply.sendTruncated(response, response.body.size() / 2);
    if (m_faults->take("content-slow"))
        return reply.sendAfter(m_faults->delayOf("content-slow"), response);
    reply.send(response);
}

HttpResponse ContentHost::answer(const HttpRequest &request) const
{
    const auto found = m_contents.constFind(request.path().mid(prefix.size()));
    if (found == m_contents.constEnd())
        return refused(404, "expired\n");
    if (request.method != "GET")
        return refused(405, "GET only\n");
    const QByteArray wanted = request.header("If-Match");
    if (!wanted.isEmpty() && wanted != found->eTag)
        return refused(412, "changed\n");
    HttpResponse whole = HttpResponse::text(200, found->mimeType, found->bytes)
                             .withHeader("ETag", found->eTag)
                             .withHeader("Accept-Ranges", "bytes");
    static const QRegularExpression pattern(u"^bytes=(\\d+)-(\\d*)$"_s);
    const auto range = pattern.match(QString::fromLatin1(request.header("Range")));
    if (!range.hasMatch())
        return whole;
    const qint64 size = found->bytes.size();
    const qint64 first = range.captured(1).toLongLong();
    const qint64 last =
        range.captured(2).isEmpty() ? size - 1 : qMin(size - 1, range.captured(2).toLongLong());
    if (first >= size || last < first) {
        return refused(416, "no such range\n")
            .withHeader("Content-Range", "bytes */" + QByteArray::number(size));
    }
    HttpResponse part =
        whole.withHeader("Content-Range",
                         "bytes " + QByteArray::number(first) + '-' + QByteArray::number(last) + '/'
                             + QByteArray::number(size));
    part.status = 206;
    part.body = found->bytes.mid(first, last - first + 1);
    return part;
}

} // namespace sandbox

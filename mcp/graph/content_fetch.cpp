// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/content_fetch.h"

#include "app/base/log.h"
#include "app/base/network/network_fault.h"
#include "mcp/graph/graph_error.h"

#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr qint64 bufferSize = 1024 * 1024; // bytes that may wait for us
constexpr int resumeLimit = 20;

Error serviceFault(const QString &detail)
{
    return {.kind = Error::Kind::ServiceFault, .detail = detail};
}

// Only such a one says that the bytes are the same (RFC 9110, 8.8.1).
bool isStrong(const QByteArray &eTag)
{
    return eTag.size() > 2 && eTag.startsWith('"') && eTag.endsWith('"');
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

ContentFetch::ContentFetch(GraphContent *content, const ContentRequest &request,
                           const RequestContextPtr &context)
    : QObject(content)
    , m_content(content)
    , m_request(request)
    , m_context(context)
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail({.kind = Error::Kind::Timeout, .detail = u"the file did not arrive in time"_s});
    });
    m_stall.setSingleShot(true);
    m_stall.setInterval(content->m_stallLimit);
    connect(&m_stall, &QTimer::timeout, this, [this] {
        brokenOff({.kind = Error::Kind::Timeout, .detail = u"no more of the file arrived"_s});
    });
    connect(context->cancellation.get(), &Cancellation::cancelled, this, [this] {
        fail({.kind = Error::Kind::Cancelled, .detail = u"the call was withdrawn"_s});
    });
}

ContentFetch::~ContentFetch()
{
    dropReply();
}

Async<ContentEnd> ContentFetch::start()
{
    if (m_context->cancellation->isCancelled())
        fail({.kind = Error::Kind::Cancelled, .detail = u"the call was withdrawn"_s});
    else
        askForLocation();
    return m_promised.future();
}

void ContentFetch::askForLocation()
{
    // GraphClient watches the deadline meanwhile, because it knows what to say.
    m_deadline.stop();
    whenDone(m_content->m_graph->locationOf(m_request.item, m_context), this,
             [this](const Result<QUrl> &location) {
                 if (m_promised.isAnswered())
                     return;
                 if (!location.ok()) {
                     fail(location.error());
                     return;
                 }
                 m_url = *location;
                 send();
             });
}

void ContentFetch::send()
{
    if (!m_context->deadline.isForever() && !m_deadline.isActive())
        m_deadline.start(int(m_context->deadline.remainingTime()));
    m_stall.start();

    QNetworkRequest request(m_url);
    request.setRawHeader("User-Agent", "graph-valet/" GRAPH_VALET_VERSION);
    // Ranges count the bytes as they are stored.
    request.setRawHeader("Accept-Encoding", "identity");
    if (wantedFirst() > 0 || m_request.most) {
        const QByteArray last = m_request.most
            ? QByteArray::number(m_request.first + *m_request.most - 1)
            : QByteArray();
        request.setRawHeader("Range", "bytes=" + QByteArray::number(wantedFirst()) + '-' + last);
    }
    if (!m_eTag.isEmpty())
        request.setRawHeader("If-Match", m_eTag);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);

    m_isAccepted = false;
    m_skip = 0;
    m_expected.reset();
    m_reply = m_content->connections().get(request);
    m_reply->setReadBufferSize(bufferSize);
    network::watch(m_reply);
    connect(m_reply, &QNetworkReply::readyRead, this, &ContentFetch::read);
    connect(m_reply, &QNetworkReply::finished, this, &ContentFetch::replied);
}

bool ContentFetch::accept()
{
    if (m_isAccepted)
        return true;
    const QByteArray encoding = m_reply->rawHeader("Content-Encoding").toLower();
    if (!encoding.isEmpty() && encoding != "identity") {
        fault(u"the file came in an encoding that was not asked for"_s);
        return false;
    }
    const QByteArray eTag = m_reply->rawHeader("ETag");
    if (m_received > 0 && (m_eTag.isEmpty() || eTag != m_eTag)) {
        fault(u"the file was changed while it was read"_s);
        return false;
    }
    m_isAccepted = statusOf(*m_reply) == 206 ? acceptPart() : acceptWhole();
    if (m_isAccepted && isStrong(eTag))
        m_eTag = eTag;
    return m_isAccepted;
}

bool ContentFetch::acceptPart()
{
    const auto range = contentRange(m_reply->rawHeader("Content-Range"));
    const auto length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    const bool isOurs = range && range->first == wantedFirst()
        && (!m_request.most || range->last < m_request.first + *m_request.most)
        && (!length.isValid() || length.toLongLong() == range->last - range->first + 1)
        && (!m_size || !range->size || *m_size == *range->size);
    if (!isOurs) {
        fault(u"another part of the file came than was asked for"_s);
        return false;
    }
    m_expected = range->last - range->first + 1;
    if (range->size)
        m_size = range->size;
    return true;
}

// A server may send all of it for a range ("the Range header may be ignored",
// https://learn.microsoft.com/graph/api/driveitem-get-content).
bool ContentFetch::acceptWhole()
{
    m_skip = wantedFirst();
    const auto length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    if (length.isValid()) {
        m_expected = length.toLongLong();
        m_size = m_expected;
    }
    return true;
}

void ContentFetch::read()
{
    const int status = statusOf(*m_reply);
    if (status != 200 && status != 206)
        return; // replied() sees to it
    if (!accept())
        return;
    QByteArray bytes = m_reply->isReadable() ? m_reply->readAll() : QByteArray();
    if (bytes.isEmpty())
        return;
    m_stall.start();
    if (m_expected) {
        if (bytes.size() > *m_expected)
            return fault(u"more of the file came than was announced"_s);
        *m_expected -= bytes.size();
    }
    const qint64 skipped = qMin(m_skip, qint64(bytes.size()));
    m_skip -= skipped;
    bytes.remove(0, skipped);
    if (m_request.most)
        bytes.truncate(qMin(qint64(bytes.size()), *m_request.most - m_received));
    if (!bytes.isEmpty()) {
        if (const auto problem = m_request.take(bytes))
            return fail(*problem);
        m_received += bytes.size();
        m_askedAnew = false;
        if (m_request.progress)
            m_request.progress(m_received, m_size);
    }
    if (m_request.most && m_received == *m_request.most)
        succeed();
}

void ContentFetch::replied()
{
    const int status = statusOf(*m_reply);
    if (status == 0) {
        if (auto fault = network::faultOf(m_reply)) {
            fault->detail.prepend(u"the file's server was not reached: "_s);
            return fail(*fault);
        }
        return brokenOff(
            {.kind = Error::Kind::Offline,
             .detail = u"the file's server was not reached: "_s + m_reply->errorString()});
    }
    if (status != 200 && status != 206)
        return refused(status);
    read();
    if (m_promised.isAnswered() || !m_reply)
        return;
    if (!accept())
        return;
    const bool isShort = m_reply->error() != QNetworkReply::NoError || m_expected.value_or(0) > 0;
    if (isShort)
        brokenOff(serviceFault(u"the file broke off"_s));
    else
        succeed();
}

void ContentFetch::refused(int status)
{
    if (status == 401 || status == 403 || status == 404 || status == 410) {
        // The link is good for some minutes only.
        if (m_askedAnew) {
            return fail({.kind = Error::Kind::NotFound,
                         .detail = u"the link to the file has expired, also a fresh one"_s});
        }
        m_askedAnew = true;
        dropReply();
        return askForLocation();
    }
    if (status == 412 || status == 416)
        return fault(u"the file was changed while it was read"_s);
    if (status == 429 || status == 503) {
        Error error{.kind = Error::Kind::Throttled, .detail = u"the file's server asks to wait"_s};
        error.retryAfter =
            parseRetryAfter(m_reply->rawHeader("Retry-After"), QDateTime::currentDateTimeUtc())
                .value_or(std::chrono::seconds(10));
        return fail(error);
    }
    if (status >= 500)
        return brokenOff(serviceFault(u"the file's server answered with %1"_s.arg(status)));
    fault(status >= 300 && status < 400
              ? u"the link to the file led to another one, which is not followed"_s
              : u"the file's server answered with %1"_s.arg(status));
}

// Goes on where it stopped, if it is certain that the file is still the same.
void ContentFetch::brokenOff(const Error &error)
{
    const bool mayGoOn = m_received == 0 ? m_resumed == 0 : !m_eTag.isEmpty();
    if (!mayGoOn || ++m_resumed > resumeLimit)
        return fail(error);
    qCInfo(lcGraph) << "a file broke off; attempt" << m_resumed + 1;
    dropReply();
    send();
}

void ContentFetch::succeed()
{
    m_promised.answer(ContentEnd{.received = m_received, .size = m_size});
    end();
}

void ContentFetch::fault(const QString &detail)
{
    fail(serviceFault(detail));
}

void ContentFetch::fail(const Error &error)
{
    if (m_promised.isAnswered())
        return;
    m_promised.answer(error);
    end();
}

void ContentFetch::end()
{
    m_deadline.stop();
    m_stall.stop();
    dropReply();
    deleteLater();
}

void ContentFetch::dropReply()
{
    m_stall.stop();
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    if (m_reply->isRunning())
        m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

} // namespace mcp

// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/files/downloads.h"

#include "mcp/files/part_file.h"

#include <QStorageInfo>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {
namespace {

constexpr auto transferTime = 2h; // a transfer may take
constexpr auto keptTime = 10min; // what it ended with waits for its call

QString keyOf(const Download &what, const QString &folder, const RequestContext &context)
{
    return QStringList{context.principal, context.client.program, what.id, what.version, folder}
        .join(u'\n');
}

} // namespace

// One file, from the first byte to its name in the folder.
class Downloads::Transfer : public QObject
{
public:
    Transfer(Downloads *downloads, const QString &itsKey, Download what, const QString &folder)
        : QObject(downloads)
        , key(itsKey)
        , m_downloads(downloads)
        , m_what(std::move(what))
    {
        state.folder = folder;
        state.size = m_what.size;
    }

    void start(std::unique_ptr<PartFile> file, const RequestContext &call)
    {
        m_file = std::move(file);
        m_context = std::make_shared<RequestContext>();
        m_context->principal = call.principal;
        m_context->client = call.client;
        m_context->deadline = QDeadlineTimer(transferTime);
        // An empty file has no bytes to ask for.
        if (m_what.size == 0)
            return received(ContentEnd{});
        const ContentRequest request{
            .item = m_what.content,
            .take = [this](const QByteArray &bytes) { return m_file->write(bytes); },
            .progress =
                [this](qint64 received, std::optional<qint64> size) {
                    state.received = received;
                    state.size = size.value_or(state.size);
                }};
        whenDone(m_downloads->m_contents->fetch(request, m_context), this,
                 [this](const Result<ContentEnd> &got) { received(got); });
    }

    void cancel() { m_context->cancellation->cancel(); }
    bool isRunning() const { return !end; }

    const QString key;
    DownloadState state;
    std::optional<Result<DownloadState>> end;
    QList<Promised<DownloadState>> waiting;

private:
    void received(const Result<ContentEnd> &result)
    {
        if (!result.ok())
            return finish(result.error());
        const auto name = m_file->keep(m_what.source);
        if (!name.ok())
            return finish(name.error());
        state.isDone = true;
        state.name = *name;
        state.received = state.size = result->received;
        finish(state);
    }
    void finish(const Result<DownloadState> &result)
    {
        m_file.reset();
        end = result;
        const bool isTold = !waiting.isEmpty();
        for (const auto &promised : std::exchange(waiting, {}))
            promised.answer(result);
        // What was withdrawn is nothing to tell.
        const bool isWithdrawn = !result.ok() && result.error().kind == Error::Kind::Cancelled;
        if (isTold || isWithdrawn)
            m_downloads->forget(this);
        else
            QTimer::singleShot(keptTime, this, [this] { m_downloads->forget(this); });
    }

    Downloads *m_downloads;
    Download m_what;
    std::unique_ptr<PartFile> m_file;
    std::shared_ptr<RequestContext> m_context;
};

Downloads::Downloads(GraphContent *contents, std::chrono::milliseconds waitingMargin)
    : m_contents(contents)
    , m_waitingMargin(waitingMargin)
{
}

Downloads::~Downloads()
{
    for (Transfer *transfer : std::exchange(m_transfers, {})) {
        if (transfer->isRunning())
            transfer->cancel();
        delete transfer;
    }
}

Async<DownloadState> Downloads::save(const Download &what, const QString &folder,
                                     const RequestContextPtr &context)
{
    const QString key = keyOf(what, folder, *context);
    if (Transfer *transfer = m_transfers.value(key)) {
        if (transfer->isRunning())
            return wait(transfer, context);
        const Result<DownloadState> end = *transfer->end;
        forget(transfer);
        return readyAsync<DownloadState>(end);
    }
    const auto running = std::count_if(m_transfers.cbegin(), m_transfers.cend(),
                                       [](const Transfer *one) { return one->isRunning(); });
    if (running >= transferLimit) {
        return readyAsync<DownloadState>(
            Error{.kind = Error::Kind::Busy, .detail = u"too many downloads at once"_s});
    }
    auto file = PartFile::create(folder, what.name);
    if (!file.ok())
        return readyAsync<DownloadState>(file.error());
    const qint64 room = QStorageInfo(folder).bytesAvailable();
    if (room >= 0 && room < what.size)
        return readyAsync<DownloadState>(cannotWrite(u"no room for it"_s, true));
    auto *transfer = new Transfer(this, key, what, folder);
    m_transfers.insert(key, transfer);
    Async<DownloadState> waiting = wait(transfer, context);
    transfer->start(std::move(file).value(), *context);
    return waiting;
}

Async<DownloadState> Downloads::wait(Transfer *transfer, const RequestContextPtr &context)
{
    const Promised<DownloadState> promised;
    transfer->waiting.append(promised);
    // Lives as long as both the call waits and the transfer runs.
    auto *waiter = new QObject(transfer);
    const auto leave = [transfer, promised, waiter](bool isWithdrawn) {
        if (promised.isAnswered())
            return;
        promised.answer(transfer->state);
        transfer->waiting.removeIf(
            [](const Promised<DownloadState> &one) { return one.isAnswered(); });
        if (isWithdrawn && transfer->waiting.isEmpty() && transfer->isRunning())
            transfer->cancel();
        waiter->deleteLater();
    };
    if (!context->deadline.isForever()) {
        const auto time = std::chrono::milliseconds(context->deadline.remainingTime());
        QTimer::singleShot(std::max(time - m_waitingMargin, 0ms), waiter,
                           [leave] { leave(false); });
    }
    connect(context->cancellation.get(), &Cancellation::cancelled, waiter,
            [leave] { leave(true); });
    whenDone(promised.future(), waiter,
             [waiter](const Result<DownloadState> &) { waiter->deleteLater(); });
    return promised.future();
}

void Downloads::forget(Transfer *transfer)
{
    m_transfers.remove(transfer->key);
    transfer->deleteLater();
}

} // namespace mcp

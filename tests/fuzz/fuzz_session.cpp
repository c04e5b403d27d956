// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A session over fake tools. Each line of the input is a line of the client, or one of these:
//   !answer N  !fail N  !drop N  !report N   what the Nth call that waits does, or is done to it
//   !spin                                    what is due happens
//   !change                                  the list of tools is another one now
//   !long                                    the transport dropped a line
// What is expected is counted apart (session_model.h): every request gets exactly one answer with
// its id unless it was cancelled, nobody else gets one, and after the end of the session nothing is
// written.

#include "mcp/protocol/session.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/session_model.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

// The tools and the one resource, which are the same for all inputs. World stands in for the
// handlers.
class Registries
{
public:
    Registries()
    {
        const QJsonObject nothing{{u"type"_s, u"object"_s},
                                  {u"properties"_s, QJsonObject{}},
                                  {u"additionalProperties"_s, false}};
        for (const char *name : {"Now", "Fail", "Wait", "Obey"}) {
            const bool added =
                tools
                    .add({.name = QString::fromLatin1(name),
                          .title = u"Title"_s,
                          .description = u"Does something."_s,
                          .inputSchema = nothing,
                          .handler = [](const QJsonObject &,
                                        const RequestContextPtr &) { return Async<ToolResult>(); }})
                    .ok();
            fuzz::require(added, "a fake tool breaks the rules");
        }
        const bool added =
            resources
                .add({.uri = u"graph://wait"_s,
                      .name = u"wait"_s,
                      .title = u"Title"_s,
                      .description = u"Something to read."_s,
                      .read = [](const RequestContextPtr &) { return Async<QString>(); }})
                .ok();
        fuzz::require(added, "the fake resource breaks the rules");
    }

    ToolRegistry tools;
    ResourceRegistry resources;
};

// A call that somebody works for.
struct Work
{
    quint64 due = 0; // of the model
    RequestContextPtr context;
    std::function<void(bool)> end; // true: with a result; false: with an error; empty: ended
};

class World
{
public:
    explicit World(const Registries &registries)
        : m_session(std::make_unique<Session>(parts(registries), ClientIdentity{},
                                              [this](const QByteArray &line) { take(line); }))
    {
    }

    void receive(const QByteArray &line)
    {
        m_model.willReceive(line);
        m_session->receive(line);
        settle();
    }
    void receiveTooLong()
    {
        m_model.willRefuse();
        m_session->receiveTooLong();
        settle();
    }
    void spin()
    {
        m_model.willSpin();
        spinQuietly();
        settle();
    }
    void change()
    {
        m_model.willChange();
        m_session->announce({.what = ListChange::What::Tools});
        settle();
    }
    void direct(QByteArrayView word)
    {
        if (word.startsWith("!long"))
            return receiveTooLong();
        if (word.startsWith("!spin"))
            return spin();
        if (word.startsWith("!change"))
            return change();
        if (m_work.empty())
            return;
        const int number = word.endsWith(' ') ? 0 : word.back() - '0';
        const std::size_t which = std::size_t(number < 0 ? 0 : number) % m_work.size();
        Work &work = m_work[which];
        if (word.startsWith("!report")) {
            work.context->progress(u"half of it\n"_s);
            return settle();
        }
        if (work.end) {
            if (word.startsWith("!answer"))
                work.end(true);
            else if (word.startsWith("!fail"))
                work.end(false);
            else if (!word.startsWith("!drop"))
                return;
            work.end = {}; // without an answer the operation is dropped
            m_model.willEnd(work.due);
        }
    }

    // The client goes while calls are in flight; whoever works for them notices later.
    void end()
    {
        m_session.reset();
        m_isOver = true;
        for (Work &work : m_work) {
            fuzz::require(!work.end || work.context->cancellation->isCancelled()
                              || !m_model.isOpen(work.due),
                          "a call is not cancelled by the end of the session");
            work.context->progress(u"too late"_s);
            if (work.end)
                work.end(true);
        }
        m_work.clear();
        spinQuietly();
    }
    // The client waits for everything.
    void finish()
    {
        for (Work &work : m_work) {
            if (work.end)
                work.end(true);
            work.end = {};
            m_model.willEnd(work.due);
        }
        spin();
        m_model.requireAllAnswered();
        fuzz::require(m_session->inFlight() == m_model.openStreams(), "a call is never over");
    }

private:
    static void spinQuietly()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    Session::Parts parts(const Registries &registries)
    {
        return {
            .server = {.name = u"graph-valet"_s,
                       .title = u"Graph Valet"_s,
                       .version = u"9.9"_s,
                       .instructions = u"Use it."_s,
                       .capabilities = {{u"tools"_s, QJsonObject{{u"listChanged"_s, true}}}}},
            .tools = &registries.tools,
            .resources = &registries.resources,
            .callTool =
                [this](const Tool &tool, const QJsonObject &, const RequestContextPtr &context) {
                    const quint64 due = m_model.takeAccepted();
                    if (tool.name == "Now"_L1) {
                        m_model.willEnd(due);
                        return readyAsync<ToolResult>(ToolResult{.text = u"a\nb"_s});
                    }
                    if (tool.name == "Fail"_L1) {
                        m_model.willEnd(due);
                        return readyAsync<ToolResult>(Error{.kind = Error::Kind::Bug});
                    }
                    return begin<ToolResult>(due, context, {.text = u"done"_s},
                                             tool.name == "Obey"_L1);
                },
            .readResource =
                [this](const Resource &, const RequestContextPtr &context) {
                    return begin<QString>(m_model.takeAccepted(), context, u"text"_s, false);
                },
            .principal = {}};
    }

    template <class T>
    Async<T> begin(quint64 due, const RequestContextPtr &context, const T &result, bool isObedient)
    {
        const Promised<T> promised;
        if (isObedient) {
            const Cancellation *cancellation = context->cancellation.get();
            QObject::connect(cancellation, &Cancellation::cancelled, cancellation, [promised] {
                promised.answer(Error{.kind = Error::Kind::Cancelled});
            });
        }
        m_work.push_back({due, context, [promised, result](bool isGood) {
                              if (isGood)
                                  promised.answer(result);
                              else
                                  promised.answer(Error{.kind = Error::Kind::Offline});
                          }});
        return promised.future();
    }

    void take(const QByteArray &line)
    {
        fuzz::require(!m_isOver, "something is written after the end");
        m_written.append(line);
    }
    void settle()
    {
        for (const QByteArray &line : std::exchange(m_written, {}))
            m_model.hasWritten(line);
        m_model.requireNothingOverdue();
        fuzz::require(m_session->inFlight() == m_model.inFlight(),
                      "the session counts other calls in flight");
    }

    SessionModel m_model;
    std::vector<Work> m_work;
    QByteArrayList m_written;
    bool m_isOver = false;
    std::unique_ptr<Session> m_session;
};

void run(const QByteArray &script, bool isPatient)
{
    static const Registries registries;
    World world(registries);
    for (const QByteArray &line : script.split('\n')) {
        if (line.startsWith('!'))
            world.direct(line);
        else
            world.receive(line);
    }
    if (isPatient)
        world.finish();
    world.end();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const bool isReady = [] {
        static char name[] = "fuzz_session";
        static char *arguments[] = {name, nullptr};
        static int count = 1;
        static const QCoreApplication application(count, arguments);
        // The log would be most of the work.
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &text) {
            fuzz::require(type != QtFatalMsg, "Qt gives up", text.toStdString());
        });
        return true;
    }();
    Q_UNUSED(isReady)
    const QByteArray script(reinterpret_cast<const char *>(data), qsizetype(size));
    run(script, false);
    run(script, true);
    return 0;
}

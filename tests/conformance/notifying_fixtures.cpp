// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Tools that say something before their answer, or make the server tell that a list changed.

#include "tests/conformance/fixtures.h"

#include <QTimer>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace conformance {
namespace {

constexpr int pauseMilliseconds = 50; // between two notifications, as the suite asks

// Runs the steps one after the other, then answers.
class Steps : public QObject
{
public:
    using Step = std::function<void()>;

    static Async<ToolResult> run(const RequestContextPtr &context, const QList<Step> &steps,
                                 const QString &text)
    {
        auto *self = new Steps(steps, text);
        QObject::connect(context->connection, &QObject::destroyed, self, &QObject::deleteLater);
        self->next();
        return self->m_answer.future();
    }

private:
    Steps(QList<Step> steps, QString text)
        : m_steps(std::move(steps))
        , m_text(std::move(text))
    {
    }
    void next()
    {
        if (m_steps.isEmpty()) {
            m_answer.answer(ToolResult{.text = m_text});
            deleteLater();
            return;
        }
        m_steps.takeFirst()();
        QTimer::singleShot(pauseMilliseconds, this, &Steps::next);
    }

    QList<Step> m_steps;
    QString m_text;
    Promised<ToolResult> m_answer;
};

void log(const RequestContextPtr &context, const QString &data)
{
    context->notify(u"notifications/message"_s,
                    {{u"level"_s, u"info"_s}, {u"logger"_s, u"conformance"_s}, {u"data"_s, data}});
}

Async<ToolResult> logThreeTimes(const RequestContextPtr &context)
{
    // In the modern era only with a log level in the request.
    if (context->era.isModern())
        return textResult(u"Nothing is logged in this era"_s);
    QList<Steps::Step> steps;
    for (const QString &text :
         {u"Tool execution started"_s, u"Tool processing data"_s, u"Tool execution completed"_s})
        steps.append([context, text] { log(context, text); });
    return Steps::run(context, steps, u"Tool with logging executed successfully"_s);
}

Async<ToolResult> logOnce(const RequestContextPtr &context)
{
    if (context->params["_meta"_L1]["io.modelcontextprotocol/logLevel"_L1].isString())
        log(context, u"Tool logs because it was asked to"_s);
    return textResult(u"Logging tool executed"_s);
}

Async<ToolResult> reportProgress(const RequestContextPtr &context)
{
    const QJsonValue token = context->params["_meta"_L1]["progressToken"_L1];
    QList<Steps::Step> steps;
    for (const int progress : {0, 50, 100}) {
        steps.append([context, token, progress] {
            if (ProgressReporter::isUsableToken(token))
                context->notify(
                    u"notifications/progress"_s,
                    {{u"progressToken"_s, token}, {u"progress"_s, progress}, {u"total"_s, 100}});
        });
    }
    return Steps::run(context, steps, u"Tool with progress executed successfully"_s);
}

Tool trigger(Surroundings *around, const QString &name, ListChange::What what)
{
    return plainTool(name, u"Tells that a list changed."_s,
                     [around, what](const RequestContextPtr &) {
                         around->announceToAll({.what = what});
                         return textResult(u"Mutation triggered"_s);
                     });
}

} // namespace

QList<Tool> notifyingTools(Surroundings *around)
{
    return {
        plainTool(u"test_tool_with_logging"_s, u"Logs while it runs."_s, &logThreeTimes),
        plainTool(u"test_logging_tool"_s, u"Logs where the request asks for it."_s, &logOnce),
        plainTool(u"test_tool_with_progress"_s, u"Reports progress."_s, &reportProgress),
        trigger(around, u"test_trigger_tool_change"_s, ListChange::What::Tools),
        trigger(around, u"test_trigger_prompt_change"_s, ListChange::What::Prompts),
    };
}

} // namespace conformance

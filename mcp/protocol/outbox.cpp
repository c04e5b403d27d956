// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/protocol/outbox.h"

#include "app/base/log.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

QJsonObject tooLarge(const QJsonValue &id)
{
    qCWarning(lcMcp) << "an answer was larger than 8 MiB and was not sent";
    return errorMessage(
        id, {.code = wire::internalError, .message = u"the answer is larger than 8 MiB"_s});
}

} // namespace

Outbox::Outbox(Send send)
    : m_send(std::move(send))
{
}

void Outbox::write(const QJsonObject &object)
{
    QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (line.size() > answerLimit)
        line = QJsonDocument(tooLarge(object.value("id"_L1))).toJson(QJsonDocument::Compact);
    m_send(line);
}

void Outbox::answer(const QJsonObject &object, const BatchPtr &batch)
{
    if (!batch) {
        write(object);
        return;
    }
    batch->answers.append(object);
    close(*batch);
}

void Outbox::refuse(const QJsonValue &id, int code, const QString &text, const BatchPtr &batch)
{
    answer(errorMessage(id, {.code = code, .message = text}), batch);
}

void Outbox::close(Batch &batch)
{
    if (--batch.open > 0 || batch.answers.isEmpty())
        return;
    QByteArray line = QJsonDocument(batch.answers).toJson(QJsonDocument::Compact);
    if (line.size() > answerLimit) {
        QJsonArray refusals;
        for (const auto &answer : std::as_const(batch.answers))
            refusals.append(tooLarge(answer["id"_L1]));
        line = QJsonDocument(refusals).toJson(QJsonDocument::Compact);
    }
    m_send(line);
}

} // namespace mcp

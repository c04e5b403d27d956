// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect/config_format.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace client_config {
namespace {

QJsonObject without(QJsonObject object, const QStringList &containers, const QString &name)
{
    if (containers.isEmpty()) {
        object.remove(name);
        return object;
    }
    const QString &first = containers.first();
    if (object.value(first).isNull()) // YAML's way to write an empty one
        object.remove(first);
    if (!object.value(first).isObject())
        return object;
    const QJsonObject inner = without(object.value(first).toObject(), containers.mid(1), name);
    if (inner.isEmpty())
        object.remove(first);
    else
        object.insert(first, inner);
    return object;
}

} // namespace

std::optional<QJsonValue> entryIn(const QJsonObject &content, const EntryPlace &place)
{
    QJsonObject object = content;
    for (const QString &name : place.containers)
        object = object.value(name).toObject();
    const auto found = object.constFind(place.name);
    return found == object.constEnd() ? std::nullopt : std::optional<QJsonValue>(*found);
}

QJsonObject withoutEntry(const QJsonObject &content, const EntryPlace &place)
{
    return without(content, place.containers, place.name);
}

QByteArray jsonText(const QJsonValue &value)
{
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

} // namespace client_config

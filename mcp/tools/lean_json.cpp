// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/lean_json.h"

#include "mcp/tools/outside_text.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr int deepest = 32; // Graph's own are about ten

// Names as "@odata.etag", "manager@odata.context", "@microsoft.graph.downloadUrl".
bool isNoise(const QString &name)
{
    const auto at = name.indexOf(u'@');
    if (at < 0)
        return name == "downloadUrl"_L1;
    const QStringView note = QStringView(name).sliced(at);
    return note != "@odata.type"_L1 && note != "@odata.count"_L1;
}

QJsonValue lean(const QJsonValue &value, int depth)
{
    if (depth > deepest)
        return u"…"_s;
    if (value.isString())
        return outsideText(value.toString());
    if (value.isArray()) {
        QJsonArray items;
        for (const auto &item : value.toArray())
            items.append(lean(item, depth + 1));
        return items;
    }
    if (!value.isObject())
        return value;
    QJsonObject members;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!isNoise(it.key()) && !it.value().isNull())
            members.insert(outsideLine(it.key(), 200), lean(it.value(), depth + 1));
    }
    return members;
}

} // namespace

QJsonValue leanJson(const QJsonValue &value)
{
    return lean(value, 0);
}

QString leanText(const QJsonValue &value)
{
    const QJsonValue clean = leanJson(value);
    if (clean.isObject())
        return QString::fromUtf8(QJsonDocument(clean.toObject()).toJson(QJsonDocument::Compact));
    // A document is an object or an array.
    const QByteArray array = QJsonDocument(QJsonArray{clean}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

} // namespace mcp

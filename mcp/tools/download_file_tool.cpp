// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/tools/download_file_tool.h"

#include "mcp/files/safe_file_name.h"
#include "mcp/tools/call_words.h"
#include "mcp/tools/drive_item_id.h"
#include "mcp/tools/file_text.h"
#include "mcp/tools/outside_text.h"
#include "mcp/tools/tool_parts.h"

#include <QDir>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

const QString toolName = u"DownloadFile"_s;

// Writes a file of this computer, and another one each time.
constexpr ToolAnnotations savesFile{
    .readOnly = false, .destructive = false, .idempotent = false, .openWorld = true};

// Why this item is not saved, in words; empty: it is.
QString refusalOf(const QJsonObject &item, const QString &name)
{
    if (!item.contains("file"_L1)) {
        return item.contains("folder"_L1)
            ? u"This is a folder, which is not saved as a whole; FindFiles lists what is in it."_s
            : u"This is no file, so there is nothing to save."_s;
    }
    if (item.contains("malware"_L1))
        return u"Microsoft has found malware in this file, so it was not saved. Tell the person."_s;
    if (isProgramName(name)) {
        return u"By its name this is a program, a script or a shortcut, and such files are not "
               u"saved. "
               "The person can download it in their browser if they trust it."_s;
    }
    return {};
}

// The item's page, for the mark of the download.
QString pageOf(const QJsonObject &item)
{
    const QUrl url(item.value("webUrl"_L1).toString(), QUrl::StrictMode);
    return url.isValid() && url.scheme() == "https"_L1 && url.userInfo().isEmpty()
        ? url.toString(QUrl::FullyEncoded | QUrl::RemoveQuery | QUrl::RemoveFragment)
        : QString();
}

ToolResult words(const QString &text, bool isError = false)
{
    return {.text = text, .isError = isError};
}

ToolResult answerOf(const DownloadState &state)
{
    if (state.isDone) {
        // The name was its author's, also after it was made safe.
        return words(u"Saved, %1, in the folder %2 under the name:\n"_s.arg(
                         dataSize(state.received), QDir::toNativeSeparators(state.folder))
                     + OutsideFence().around(u"the name of a file"_s, state.name));
    }
    const qint64 percent = state.size > 0 ? qMin(qint64(99), state.received * 100 / state.size) : 0;
    return words(u"The file is still being saved: %1 of %2, %3 %. It goes on by itself; call this "
                 "tool again with the same arguments to wait for its end."_s.arg(
                     dataSize(state.received), dataSize(state.size), QString::number(percent)));
}

Async<ToolResult> save(GraphClient *graph, const std::shared_ptr<Downloads> &downloads,
                       const QString &folder, const QJsonObject &arguments,
                       const RequestContextPtr &context)
{
    const auto id = DriveItemId::of(arguments.value("id"_L1).toString());
    if (!id || id->item.isEmpty()) {
        return readyAsync<ToolResult>(
            badArgument(u"\"id\" is not the id of a file; FindFiles lists them"_s));
    }
    if (folder.isEmpty()) {
        return readyAsync<ToolResult>(
            words(u"The person has not chosen a folder for downloads, so nothing was saved. They "
                  "can choose one under Settings… in Graph Valet's tray menu; then call this tool "
                  "again."_s,
                  true));
    }
    GraphRequest about{.path = id->path(), .scopes = id->scopes()};
    about.query.addQueryItem(u"$select"_s,
                             u"id,name,size,file,folder,package,malware,cTag,webUrl"_s);
    const auto next = [graph, downloads, folder, context, id = *id](const QJsonObject &item) {
        const QString name = safeFileName(item.value("name"_L1).toString());
        if (const QString refusal = refusalOf(item, name); !refusal.isEmpty())
            return readyAsync<ToolResult>(words(refusal));
        const Download what{.id = id.text(),
                            .version = item.value("cTag"_L1).toString(),
                            .name = name,
                            .source = pageOf(item),
                            .size = item.value("size"_L1).toInteger(),
                            // Nobody waits any more when it is asked again later.
                            .content = {.path = id.path() + u"/content"_s,
                                        .scopes = id.scopes(),
                                        .interaction = auth::Interaction::Never}};
        return andThen(
            downloads->save(what, folder, context), graph,
            [](const DownloadState &state) { return readyAsync<ToolResult>(answerOf(state)); });
    };
    return andThen(graph->get(about, context), graph, next);
}

QString inWords(const QJsonObject &arguments)
{
    return CallWords::tr("Save file %1 on this computer")
        .arg(CallWords::id(arguments.value("id"_L1)));
}

} // namespace

Tool downloadFileTool(GraphClient *graph, const std::shared_ptr<Downloads> &downloads,
                      const std::function<QString()> &folder)
{
    return {.name = toolName,
            .title = u"Download a file"_s,
            .description = u"Saves a file of OneDrive or SharePoint in the folder of this computer "
                           "that the person chose for it."_s,
            .inputSchema = objectSchema({{u"id"_s, wordSchema()}}, {u"id"_s}),
            .annotations = savesFile,
            .savesHere = true,
            .area = Area::Files,
            .scopes = {u"Files.Read"_s, u"Files.Read.All"_s},
            .inWords = &inWords,
            .handler = [graph, downloads, folder](const QJsonObject &arguments,
                                                  const RequestContextPtr &context) {
                return save(graph, downloads, folder ? folder() : QString(), arguments, context);
            }};
}

} // namespace mcp

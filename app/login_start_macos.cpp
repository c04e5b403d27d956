// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A launch agent: launchd.plist(5). SMAppService (macOS 13) would need the agent inside of the
// bundle, the same for every profile. launchd reads the folder at the next login. What the person
// turned off in Login Items is known to the system only, and it says so to nobody but that page.
// Not run yet.

#include "app/login_start.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSettings>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace {

QString labelFor(const QString &profile)
{
    const auto label = QStringLiteral(GRAPH_VALET_APP_ID);
    return profile == "default"_L1 ? label : label + u'.' + profile;
}

QString fileFor(const QString &profile)
{
    return QDir::homePath() + u"/Library/LaunchAgents/%1.plist"_s.arg(labelFor(profile));
}

Error cannot(const QString &what, const QString &path, const QString &why)
{
    return Error{.kind = Error::Kind::StorageFault,
                 .detail = u"cannot %1 %2: %3"_s.arg(what, path, why)};
}

void writeAgent(QIODevice *device, const QString &label, const QStringList &command)
{
    QXmlStreamWriter xml(device);
    xml.setAutoFormatting(true);
    const auto text = [&xml](const QString &key, const QString &value) {
        xml.writeTextElement(u"key"_s, key);
        xml.writeTextElement(u"string"_s, value);
    };
    xml.writeStartDocument();
    xml.writeDTD(u"<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
                 "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">"_s);
    xml.writeStartElement(u"plist"_s);
    xml.writeAttribute(u"version"_s, u"1.0"_s);
    xml.writeStartElement(u"dict"_s);
    text(u"Label"_s, label);
    // Shown in Login Items with the application's name and icon.
    text(u"AssociatedBundleIdentifiers"_s, QStringLiteral(GRAPH_VALET_APP_ID));
    xml.writeTextElement(u"key"_s, u"ProgramArguments"_s);
    xml.writeStartElement(u"array"_s);
    for (const QString &word : command)
        xml.writeTextElement(u"string"_s, word);
    xml.writeEndElement();
    // Only where there is a menu bar; not at a login over SSH.
    text(u"LimitLoadToSessionType"_s, u"Aqua"_s);
    text(u"ProcessType"_s, u"Interactive"_s);
    for (const QString &flag : {u"RunAtLoad"_s, u"AbandonProcessGroup"_s}) { // a browser goes on
        xml.writeTextElement(u"key"_s, flag);
        xml.writeEmptyElement(u"true"_s);
    }
    xml.writeEndDocument();
}

} // namespace

bool LoginStart::isOn() const
{
    const QString path = fileFor(m_profile);
    if (!QFileInfo::exists(path))
        return false;
    const QSettings agent(path, QSettings::NativeFormat);
    const QString program = agent.value(u"ProgramArguments"_s).toStringList().value(0);
    return agent.value(u"RunAtLoad"_s).toBool() && !agent.value(u"Disabled"_s).toBool()
        && QFileInfo(program).isExecutable();
}

Result<Done> LoginStart::setOn(bool on)
{
    const QString path = fileFor(m_profile);
    if (!on) {
        QFile file(path);
        if (file.exists() && !file.remove())
            return cannot(u"remove"_s, path, file.errorString());
        return Done{};
    }
    // Run from a disk image or the downloads, from a place that is another one the next time.
    if (m_program.contains("/AppTranslocation/"_L1) || m_program.startsWith("/Volumes/"_L1)) {
        return Error{.kind = Error::Kind::StorageFault,
                     .detail = u"move Graph Valet into the folder Applications first"_s};
    }
    const QString folder = QFileInfo(path).path();
    if (!QDir().mkpath(folder))
        return cannot(u"make"_s, folder, u"the system does not let us"_s);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return cannot(u"write"_s, path, file.errorString());
    writeAgent(&file, labelFor(m_profile), command());
    if (!file.commit())
        return cannot(u"write"_s, path, file.errorString());
    return Done{};
}

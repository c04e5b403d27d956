// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Where files lie on Windows, asked on every system: its source is linked in place of the system's
// own.

#include "tests/app/connect/client_home.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace client_config;

class TestClientPlacesWindows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsClaudeDesktopWhereItIs();
    void findsTheOthersInAppData();

private:
    std::unique_ptr<ClientHome> m_home;
};

void TestClientPlacesWindows::init()
{
    m_home = std::make_unique<ClientHome>();
    m_home->variables = {{u"APPDATA"_s, m_home->home() + u"/Moved"_s},
                         {u"LOCALAPPDATA"_s, m_home->home() + u"/AppData/Local"_s}};
}

void TestClientPlacesWindows::findsClaudeDesktopWhereItIs()
{
    const QString id = u"claude-desktop"_s;
    QCOMPARE(configFileOf(id, m_home->machine()), QString());
    const QString classic = m_home->home() + u"/Moved/Claude/claude_desktop_config.json"_s;
    ClientHome::write(classic, "{}");
    QCOMPARE(configFileOf(id, m_home->machine()), classic);

    // The Store's package wins over what an older version left, also before it wrote any file.
    const QString package = m_home->home() + u"/AppData/Local/Packages/Claude_pzs8sxrjxfjjc"_s;
    QDir().mkpath(package);
    const QString file = package + u"/LocalCache/Roaming/Claude/claude_desktop_config.json"_s;
    QCOMPARE(configFileOf(id, m_home->machine()), file);
    auto connections = m_home->connections();
    const auto plan = connections.plan(id, Wish::Connect);
    QVERIFY(!problemOf(plan));
    QVERIFY(!problemOf(connections.make(std::get<ConfigChange>(plan))));
    QVERIFY(ClientHome::read(file).contains("graph-valet"));
    QCOMPARE(ClientHome::read(classic), "{}");
}

void TestClientPlacesWindows::findsTheOthersInAppData()
{
    const QMap<QString, QString> files{{u"vscode"_s, u"/Moved/Code/User/mcp.json"_s},
                                       {u"zed"_s, u"/Moved/Zed/settings.json"_s},
                                       {u"goose"_s, u"/Moved/Block/goose/config/config.yaml"_s},
                                       {u"cursor"_s, u"/.cursor/mcp.json"_s},
                                       {u"codex"_s, u"/.codex/config.toml"_s}};
    for (auto one = files.begin(); one != files.end(); ++one)
        QCOMPARE(placesOf(one.key(), m_home->machine()).files.value(0), m_home->home() + *one);
    m_home->variables.clear();
    QCOMPARE(placesOf(u"zed"_s, m_home->machine()).files.value(0),
             m_home->home() + u"/AppData/Roaming/Zed/settings.json"_s);
}

QTEST_GUILESS_MAIN(TestClientPlacesWindows)
#include "tst_client_places_windows.moc"

// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The composition root: makes every part, connects signals, decides nothing else. Order matters:
// lock, then socket, and only then keychain, network and icon, so that a relay never waits for
// them.

#pragma once

#include "app/arguments.h"
#include "app/display.h"
#include "auth/token_store.h"
#include "mcp/link/endpoint.h"

#include <QObject>

#include <memory>
#include <optional>

class Settings;
namespace doctor {
struct Surroundings;
}
namespace network {
class SystemProxies;
}

class Application : public QObject
{
    Q_OBJECT
public:
    Application(const Arguments &arguments, DisplayKind display, QObject *parent = nullptr);
    ~Application() override;

    // nullopt: the event loop may start; else the exit code, after a sentence on stderr.
    std::optional<int> prepare();

private:
    struct Parts;

    void begin();
    void run(const QList<auth::KeyedRecord> &records);
    bool listen();
    void applySettings();
    void openLogoutPage();
    void showIcon();
    bool showStatus();
    QString accountName(const QString &principal) const;
    bool showAccess();
    bool showActivity();
    bool showConnect();
    bool showSettings();
    bool showDoctor();
    doctor::Surroundings surroundings() const;
    void leave(int code, const QString &sentence = {});

    Arguments m_arguments;
    DisplayKind m_display;
    std::optional<valet_link::Locations> m_locations;
    std::unique_ptr<Settings> m_settings;
    network::SystemProxies *m_proxies = nullptr; // Qt's
    std::unique_ptr<Parts> m_parts; // once this process is the one
};

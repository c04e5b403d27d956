// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/display.h"

#include <QDir>
#include <QLibrary>
#include <QLibraryInfo>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

using namespace Qt::StringLiterals;

namespace {

bool s_hintSet = false;

// Exactly what Qt's own plugin will do, authorisation included: a socket that accepts says nothing
// about the cookie.
class XConnection
{
public:
    ~XConnection() { close(); }

    bool open()
    {
        if (qEnvironmentVariableIsEmpty("DISPLAY"))
            return false;
        QLibrary xcb(u"xcb"_s, 1);
        const auto connect = reinterpret_cast<Connect>(xcb.resolve("xcb_connect"));
        const auto hasError = reinterpret_cast<HasError>(xcb.resolve("xcb_connection_has_error"));
        m_disconnect = reinterpret_cast<Disconnect>(xcb.resolve("xcb_disconnect"));
        if (!connect || !hasError || !m_disconnect)
            return false;
        m_connection = connect(nullptr, nullptr);
        if (hasError(m_connection) == 0)
            return true;
        close();
        return false;
    }
    void close()
    {
        if (m_connection)
            m_disconnect(m_connection); // one with an error too
        m_connection = nullptr;
    }

private:
    using Connect = void *(*)(const char *, int *);
    using HasError = int (*)(void *);
    using Disconnect = void (*)(void *);

    void *m_connection = nullptr;
    Disconnect m_disconnect = nullptr;
};

// Open until Qt has its own: an X server whose last client goes resets itself and refuses whoever
// comes meanwhile, which would be Qt.
XConnection s_xConnection;

bool waylandAnswers()
{
    const QString name = qEnvironmentVariable("WAYLAND_DISPLAY");
    if (name.isEmpty())
        return false;
    const QByteArray path =
        (name.startsWith(u'/') ? name : qEnvironmentVariable("XDG_RUNTIME_DIR") + u'/' + name)
            .toLocal8Bit();
    sockaddr_un address{};
    if (size_t(path.size()) >= sizeof address.sun_path)
        return false;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), size_t(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    const bool answers =
        ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(fd);
    return answers;
}

bool waylandPluginIsThere()
{
    const QDir platforms(QLibraryInfo::path(QLibraryInfo::PluginsPath) + u"/platforms"_s);
    return !platforms.entryList({u"libqwayland*.so"_s}, QDir::Files).isEmpty();
}

} // namespace

DisplayKind findDisplay()
{
    const QString platform = qEnvironmentVariable("QT_QPA_PLATFORM").section(u':', 0, 0);
    if (platform == "offscreen"_L1 || platform == "minimal"_L1)
        return DisplayKind::Invisible;
    if (platform == "xcb"_L1)
        return s_xConnection.open() ? DisplayKind::Visible : DisplayKind::None;
    if (platform.startsWith("wayland"_L1))
        return waylandAnswers() && waylandPluginIsThere() ? DisplayKind::Visible
                                                          : DisplayKind::None;

    if (s_xConnection.open())
        return DisplayKind::Visible;
    if (waylandAnswers() && waylandPluginIsThere()) {
        // Qt prefers X on GNOME and would abort without one.
        qputenv("QT_QPA_PLATFORM", "wayland");
        s_hintSet = true;
        return DisplayKind::Visible;
    }
    return DisplayKind::None;
}

void releaseDisplay()
{
    s_xConnection.close();
    if (s_hintSet)
        qunsetenv("QT_QPA_PLATFORM");
    s_hintSet = false;
}

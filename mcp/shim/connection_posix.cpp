// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/shim/connection_posix.h"

#include "mcp/link/peer.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

TraySocket connectTo(const std::string &path)
{
    TraySocket result;
    struct sockaddr_un address = {};
    const std::size_t slash = path.find_last_of('/');
    if (path.size() >= sizeof address.sun_path || slash == std::string::npos)
        return result;
    if (::access(path.c_str(), F_OK) != 0)
        return result;
    if (!valet_link::isPrivateDirectory(path.substr(0, slash), result.problem)) {
        result.outcome = ConnectOutcome::NotTrusted;
        return result;
    }
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (descriptor < 0)
        return result;
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    if (::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        // unix(7): a full backlog is EAGAIN on Linux; somebody is there.
        if (errno == EAGAIN || errno == EINPROGRESS)
            result.outcome = ConnectOutcome::Busy;
        ::close(descriptor);
        return result;
    }
    const valet_link::Peer peer = valet_link::peerOf(descriptor, false, result.problem);
    if (!peer.sameUser) {
        ::close(descriptor);
        result.outcome = ConnectOutcome::NotTrusted;
        if (result.problem.empty())
            result.problem = "another user's program listens on " + path;
        return result;
    }
    result.outcome = ConnectOutcome::Connected;
    result.descriptor = descriptor;
    return result;
}

} // namespace

TraySocket connectToTray(const valet_link::Locations &locations)
{
    TraySocket result;
    const auto rendezvous = valet_link::readRendezvous(locations);
    if (rendezvous)
        result = connectTo(rendezvous->socket);
    const bool isElsewhere = !rendezvous || rendezvous->socket != locations.socket;
    if (result.outcome == ConnectOutcome::NobodyThere && isElsewhere)
        result = connectTo(locations.socket);
    return result;
}

long sendSome(int socket, std::string_view bytes)
{
#ifdef MSG_NOSIGNAL
    constexpr int flags = MSG_NOSIGNAL;
#else
    constexpr int flags = 0; // main() ignores SIGPIPE
#endif
    return ::send(socket, bytes.data(), bytes.size(), flags);
}

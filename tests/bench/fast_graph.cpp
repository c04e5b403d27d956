// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A Microsoft Graph on loopback that is faster than whatever is measured with it: one thread,
// canned answers (/v1.0/me, and a page of 1000 messages, 2 MB, at /v1.0/me/messages), HTTP/1.1 with
// connections that stay open. Whoever wants HTTP/2 needs TLS with ALPN and frames here; Qt 6.4 is
// measured without (mcp/graph/README.md). Prints its address. GET /latency/MS: how long each answer
// to /v1.0/me takes from now on; GET /connections: how many are open. Ends with its standard input.

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view me =
    R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users/$entity",)"
    R"("id":"87d349ed-44d7-43e1-9a83-5f2406dee5bd","displayName":"Adele Vance",)"
    R"("givenName":"Adele","surname":"Vance","userPrincipalName":"adele@contoso.onmicrosoft.com",)"
    R"("mail":"adele@contoso.onmicrosoft.com","jobTitle":"Product Marketing Manager",)"
    R"("department":"Sales & Marketing","officeLocation":"18/2111",)"
    R"("businessPhones":["+1 425 555 0109"],"mobilePhone":null,"preferredLanguage":"en-US"})";

// As Graph sends them without $select, one of them about 2 kB.
std::string thousandMessages()
{
    std::string body;
    for (int line = 0; line < 14; ++line) {
        body += "The figures of the week are in, and the shop in Bellevue is ahead of its plan "
                "again. ";
    }
    std::string text = R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#messages",)"
                       R"("value":[)";
    for (int i = 0; i < 1000; ++i) {
        const std::string number = std::to_string(i);
        text.append(i == 0 ? "" : ",").append(R"({"@odata.etag":"W/\"CQAAABYAAAB)").append(number);
        text.append(R"(\"","id":"AAMkAGUzY2NzAAA)").append(number);
        text.append(R"(=","receivedDateTime":"2026-11-26T08:14:00Z","hasAttachments":false,)");
        text.append(R"("subject":"Figures of week )").append(number);
        text.append(R"(","bodyPreview":")").append(body, 0, 255);
        text.append(R"(","importance":"normal","isRead":true,"isDraft":false,"webLink":)");
        text.append(R"("https://outlook.office365.com/owa/?ItemID=AAMkAGUz","body":{)");
        text.append(R"("contentType":"text","content":")").append(body);
        text.append(R"("},"from":{"emailAddress":{"name":"Megan Bowen",)");
        text.append(R"("address":"MeganB@contoso.com"}},"toRecipients":[{"emailAddress":)");
        text.append(R"({"name":"Adele Vance","address":"AdeleV@contoso.com"}}],)");
        text.append(R"("flag":{"flagStatus":"notFlagged"}})");
    }
    return text + "]}";
}

struct Connection
{
    std::string unread;
    int serial = 0;
};

struct Due
{
    Clock::time_point time;
    int socket;
    int serial; // the socket's number may be somebody else's by then
};

std::string answer(std::string_view body, int status = 200)
{
    std::string text = "HTTP/1.1 " + std::to_string(status)
        + " OK\r\nContent-Type: application/json\r\nrequest-id: "
          "5f1b1a4c-0000-4000-8000-000000000000\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n";
    return text.append(body);
}

class FastGraph
{
public:
    int run();

private:
    void watch(int descriptor) const;
    void accept();
    void read(int socket);
    void handle(int socket, std::string_view request);
    void send(int socket, const std::string &text);
    void sendDue();
    void end(int socket);

    int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    int m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int m_timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    int m_serial = 0;
    std::chrono::milliseconds m_latency{0};
    std::map<int, Connection> m_connections;
    std::deque<Due> m_due; // in the order of time, because the latency is the same for all
    const std::string m_me = answer(me);
    const std::string m_messages = answer(thousandMessages());
};

void FastGraph::watch(int descriptor) const
{
    epoll_event event{.events = EPOLLIN, .data = {.fd = descriptor}};
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int FastGraph::run()
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) != 0
        || ::listen(m_listener, 256) != 0
        || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return 1;
    std::printf("http://127.0.0.1:%d\n", ntohs(address.sin_port));
    std::fflush(stdout);
    for (const int descriptor : {0, m_listener, m_timer})
        watch(descriptor);
    for (;;) {
        epoll_event events[64];
        const int count = ::epoll_wait(m_epoll, events, 64, -1);
        if (count < 0 && errno != EINTR)
            return 1;
        for (int i = 0; i < count; ++i) {
            const int descriptor = events[i].data.fd;
            if (descriptor == 0)
                return 0;
            if (descriptor == m_listener)
                accept();
            else if (descriptor == m_timer)
                sendDue();
            else
                read(descriptor);
        }
    }
}

void FastGraph::accept()
{
    const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0)
        return;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_connections[socket] = {.unread = {}, .serial = ++m_serial};
    watch(socket);
}

void FastGraph::read(int socket)
{
    char bytes[16 * 1024];
    const ssize_t count = ::read(socket, bytes, sizeof bytes);
    if (count < 0 && errno == EAGAIN)
        return;
    if (count <= 0)
        return end(socket);
    std::string &unread = m_connections[socket].unread;
    unread.append(bytes, std::size_t(count));
    for (;;) {
        const std::size_t last = unread.find("\r\n\r\n");
        if (last == std::string::npos)
            return;
        const std::string request = unread.substr(0, last);
        unread.erase(0, last + 4);
        handle(socket, request);
    }
}

void FastGraph::handle(int socket, std::string_view request)
{
    constexpr std::string_view latency = "GET /latency/";
    if (request.starts_with("GET /v1.0/me/messages")) {
        send(socket, m_messages);
    } else if (request.starts_with("GET /v1.0/me")) {
        if (m_latency.count() == 0)
            return send(socket, m_me);
        m_due.push_back({Clock::now() + m_latency, socket, m_connections[socket].serial});
        if (m_due.size() == 1)
            sendDue();
    } else if (request.starts_with(latency)) {
        m_latency = std::chrono::milliseconds(std::atoi(request.data() + latency.size()));
        send(socket, answer("{}"));
    } else if (request.starts_with("GET /connections")) {
        send(socket, answer(std::to_string(m_connections.size())));
    } else {
        send(socket, answer("{}", 404));
    }
}

void FastGraph::send(int socket, const std::string &text)
{
    std::string_view left = text;
    while (!left.empty()) {
        const ssize_t count = ::write(socket, left.data(), left.size());
        if (count > 0) {
            left.remove_prefix(std::size_t(count));
            continue;
        }
        pollfd writable{.fd = socket, .events = POLLOUT, .revents = 0};
        if (errno != EAGAIN || ::poll(&writable, 1, 10'000) != 1)
            return end(socket);
    }
}

// What is due, and wakes up for the next one.
void FastGraph::sendDue()
{
    std::uint64_t expired = 0;
    (void)!::read(m_timer, &expired, sizeof expired);
    const auto now = Clock::now();
    while (!m_due.empty() && m_due.front().time <= now) {
        const Due due = m_due.front();
        m_due.pop_front();
        const auto found = m_connections.find(due.socket);
        if (found != m_connections.end() && found->second.serial == due.serial)
            send(due.socket, m_me);
    }
    if (m_due.empty())
        return;
    const auto left =
        std::chrono::duration_cast<std::chrono::nanoseconds>(m_due.front().time - now).count();
    const itimerspec when{
        .it_interval = {},
        .it_value = {.tv_sec = left / 1'000'000'000, .tv_nsec = left % 1'000'000'000}};
    ::timerfd_settime(m_timer, 0, &when, nullptr);
}

void FastGraph::end(int socket)
{
    m_connections.erase(socket);
    ::close(socket);
}

} // namespace

int main()
{
    return FastGraph().run();
}

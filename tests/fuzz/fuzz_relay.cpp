// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The relay between a client and an honest tray process. Each line of the input is an event:
//   >TEXT   the client writes TEXT as a line          )TEXT   ... without its end
//   +       the tray process is there                 -       ... is gone
//   !       ... cannot be had
//   sN      it gets N bytes                           s       ... all there is
//   aN      it answers the Nth call that waits
//   rN      the relay reads N bytes of it             r       ... all there is
//   <TEXT   it sends a line of its own that answers nothing
//   .       the client closes its end
// No call may be lost or answered twice, no line may reach a tray process twice, and no half a line
// the client; at the end everything has its answer.

#include "mcp/shim/relay.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/read_json.h"
#include "tests/fuzz/relay_model.h"

#include <algorithm>

namespace {

// N of an event; the default where it has none.
std::size_t numberIn(std::string_view text, std::size_t otherwise)
{
    std::size_t number = 0;
    bool isThere = false;
    for (const char c : text) {
        if (c < '0' || c > '9' || number > 100'000)
            break;
        number = number * 10 + std::size_t(c - '0');
        isThere = true;
    }
    return isThere ? number : otherwise;
}

class World
{
public:
    void happens(std::string_view event)
    {
        const std::string_view rest = event.substr(std::min<std::size_t>(1, event.size()));
        switch (event.empty() ? '\0' : event.front()) {
        case '>':
            clientWrites(rest);
            clientWrites("\n");
            break;
        case ')': clientWrites(rest); break;
        case '+': connect(); break;
        case '-': lose(); break;
        case '!': refuse(); break;
        case 's': send(numberIn(rest, SIZE_MAX)); break;
        case 'a': m_tray.answer(numberIn(rest, 0)); break;
        case 'r': read(numberIn(rest, SIZE_MAX)); break;
        case '<': say(rest); break;
        case '.': endClient(); break;
        default: break;
        }
        check();
    }

    void end()
    {
        endClient();
        check();
        m_relay.giveUp();
        check();
        fuzz::require(!m_ledger.isOwed(), "a call is lost");
        fuzz::require(m_relay.isIdle(), "something is left over");
    }

private:
    void clientWrites(std::string_view bytes)
    {
        while (!bytes.empty() && !m_hasEnded) {
            const std::size_t room = m_relay.roomForClient();
            fuzz::require(room <= Relay::clientQueueLimit, "there is more room than may be");
            if (room == 0)
                return; // the client waits, and this script does not
            const std::string_view part = bytes.substr(0, room);
            m_ledger.hasWritten(part);
            m_relay.fromClient(part);
            bytes.remove_prefix(part.size());
        }
    }
    void endClient()
    {
        if (m_hasEnded)
            return;
        m_hasEnded = true;
        m_ledger.hasWritten("\n"); // the relay ends the line that the client did not
        m_relay.clientEnded();
    }
    void connect()
    {
        if (!m_relay.isUp()) {
            m_tray.restart();
            m_relay.connected();
        }
    }
    void lose()
    {
        if (m_relay.isUp())
            m_relay.lost();
    }
    void refuse()
    {
        if (!m_relay.isUp())
            m_relay.refuse("nobody \"there\"");
    }
    void send(std::size_t count)
    {
        while (count > 0 && !m_relay.toTray().empty()) {
            const std::string_view part = m_relay.toTray().substr(0, count);
            const std::string bytes(part);
            m_relay.sentToTray(bytes.size());
            m_tray.receive(bytes);
            count -= bytes.size();
        }
        for (const QByteArray &line : m_tray.takeLines())
            m_ledger.wasDelivered(line);
    }
    void read(std::size_t count)
    {
        if (!m_relay.isUp())
            return;
        const std::string bytes(m_tray.written().substr(0, count));
        m_tray.wasRead(bytes.size());
        fuzz::require(m_relay.fromTray(bytes), "the relay gives up a tray process");
    }
    void say(std::string_view line)
    {
        const QJsonDocument document = fuzz::readJson(line);
        // One that acknowledges nothing is of no honest tray process.
        if (m_relay.isUp() && !document.isArray()
            && document[QLatin1StringView("method")]
                != QLatin1StringView("notifications/subscriptions/acknowledged")
            && document[QLatin1StringView("id")].isUndefined())
            m_tray.say(line);
    }

    void check()
    {
        fuzz::require(m_relay.toTray().size() <= Relay::clientQueueLimit + Relay::rememberLimit,
                      "too much waits for the tray process");
        // As a client that reads a part, and then the rest.
        const std::string shown(m_relay.toClient());
        m_ledger.hasRead(shown);
        m_relay.sentToClient(shown.size() / 3);
        fuzz::require(m_relay.toClient() == std::string_view(shown).substr(shown.size() / 3),
                      "what the client has not read changes");
        m_relay.sentToClient(shown.size() - shown.size() / 3);

        if (m_ledger.isOwed())
            fuzz::require(m_relay.isUp() || m_relay.needsTray(), "nobody will answer a call");
        if (m_relay.isUp() && m_relay.toTray().empty() && m_tray.isIdle()) {
            fuzz::require(!m_ledger.isOwed(), "a call waits that was answered");
            // A stream that could not be remembered counts as a call.
            fuzz::require(!m_ledger.areHandshakesClear()
                              || m_relay.callsInFlight() <= m_tray.streams(),
                          "the relay waits for what does not come");
        }
    }

    Relay m_relay;
    FakeTray m_tray;
    ClientLedger m_ledger;
    bool m_hasEnded = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    World world;
    std::string_view script = fuzz::textOf(data, size);
    while (!script.empty()) {
        const std::string_view event = script.substr(0, script.find('\n'));
        script.remove_prefix(std::min(event.size() + 1, script.size()));
        world.happens(event);
    }
    world.end();
    return 0;
}

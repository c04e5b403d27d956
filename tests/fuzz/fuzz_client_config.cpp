// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Configuration files of AI clients: whatever lies in one, our entry goes in and comes out without
// changing anything else, or the file is refused. The first byte says which format it is. For JSON
// and TOML the editors alone have to manage that; for YAML, of which yaml-cpp forgives too much,
// the proof behind them may refuse what they made.

#include "app/connect/config_change.h"
#include "tests/fuzz/fuzz_target.h"

#include <QJsonArray>

#include <array>

using namespace client_config;
using namespace Qt::StringLiterals;

namespace {

struct Subject
{
    const ConfigFormat &format;
    EntryPlace place;
    bool needsNoProof;
};

const std::array<Subject, 3> &subjects()
{
    static const std::array<Subject, 3> all{
        Subject{jsoncFormat(), {{u"m"_s}, u"e"_s}, true},
        Subject{tomlFormat(), {{u"m"_s}, u"e"_s}, true},
        Subject{yamlFormat(), {{u"m"_s}, u"e"_s}, false},
    };
    return all;
}

QByteArray edited(const Subject &subject, const QByteArray &before, const EntryMembers *members,
                  const char *failure)
{
    const auto edit = members ? subject.format.put(before, subject.place, *members)
                              : subject.format.take(before, subject.place);
    if (problemOf(edit))
        return before;
    const QByteArray after = spliced(before, std::get<QList<Splice>>(edit));
    const auto old = subject.format.content(before);
    const auto now = subject.format.content(after);
    if (problemOf(old)) // the formats' editors are less strict than content()
        return before;
    const bool isGood = !problemOf(now)
        && isProven(std::get<QJsonObject>(old), std::get<QJsonObject>(now), subject.place, members);
    if (subject.needsNoProof)
        fuzz::require(isGood, failure, after.toStdString());
    return isGood ? after : before;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const Subject &subject = subjects().at(data[0] % subjects().size());
    const QByteArray text(reinterpret_cast<const char *>(data) + 1, qsizetype(size - 1));
    if (!QByteArrayView(text).isValidUtf8() || text.contains('\0'))
        return 0; // config_file refuses these
    const EntryMembers members{{u"command"_s, u"/a \"b\""_s}, {u"args"_s, QJsonArray{u"c"_s}}};
    edited(subject, text, nullptr, "taking the entry changes something else");
    const QByteArray with =
        edited(subject, text, &members, "putting the entry changes something else");
    edited(subject, with, nullptr, "taking the entry that was put changes something else");
    return 0;
}

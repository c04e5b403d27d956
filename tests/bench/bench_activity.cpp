// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the activity log costs: a line for every call, with and without somebody who looks on, and
// 100,000 entries read, filtered, and shown while more come. Ratios are to a bare append of a line
// of that length, and to a plain search through as much text. Linux only: memory comes from /proc.

#include "app/activity_model.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTableView>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

constexpr int entries = 100'000;

// Of this process, in KB.
long resident()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS"))
            return line.simplified().split(' ').value(1).toLong();
    }
    return 0;
}

ActivityEvent call(int number)
{
    return {
        .kind = ActivityEvent::Kind::ToolCall,
        .principal = u"3fc3a1b2-0000-4000-8000-0123456789ab.87d349ed-44d7-43e1-9a83"_s,
        .client = {.program = u"/opt/claude/claude%1"_s.arg(number % 4), .name = u"Claude Code"_s},
        .tool = number % 3 == 0 ? u"FindMail"_s : u"ReadMail"_s,
        .words = u"Search mail for “budget %1”"_s.arg(number),
        .duration = std::chrono::milliseconds(number % 3000),
        .bytes = number % 20000};
}

double microseconds(const QElapsedTimer &time, int count)
{
    return double(time.nsecsElapsed()) / 1e3 / count;
}

// Runs the event loop until the condition holds; the longest turn of it, in milliseconds of the
// processor, so that other work on the machine does not count.
template <class Condition>
double longestTurn(Condition isDone)
{
    double longest = 0;
    while (!isDone()) {
        const std::clock_t start = std::clock();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 0);
        longest = std::max(longest, double(std::clock() - start) * 1e3 / CLOCKS_PER_SEC);
    }
    return longest;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QTemporaryDir place;

    ActivityLog log(place.filePath(u"activity"_s));
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < entries; ++i)
        log.record(call(i));
    const double written = microseconds(time, entries);
    const QString path = ActivityLog::filesIn(log.folder()).constFirst();
    const QByteArray line(QFileInfo(path).size() / entries, 'x');
    QFile bare(place.filePath(u"bare"_s));
    if (!bare.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return 1;
    time.restart();
    for (int i = 0; i < entries; ++i)
        bare.write(line);
    const double bareWritten = microseconds(time, entries);
    std::printf("a line of %lld bytes: %.1f us, bare append %.1f us: %.1f x\n",
                static_cast<long long>(line.size()), written, bareWritten, written / bareWritten);
    {
        const auto system = openSystemLog();
        log.setSystemLog(system.get());
        time.restart();
        for (int i = 0; i < 1000; ++i)
            log.record(call(i));
        std::printf("with the system's log: %.1f us\n", microseconds(time, 1000));
        log.setSystemLog(nullptr);
    }

    const long before = resident();
    ActivityStore store(&log);
    ActivityModel model(&store);
    QTableView table;
    table.setModel(&model);
    table.resize(1000, 600);
    table.show();
    time.restart();
    const double readTurn = longestTurn([&] { return !store.isLoading(); });
    std::printf("%d entries read in %.0f ms, longest turn %.1f ms, memory + %.1f MB\n",
                model.rowCount(), microseconds(time, 1) / 1e3, readTurn,
                double(resident() - before) / 1024);

    time.restart();
    model.setFilter({.text = u"budget 99"_s});
    const double first = microseconds(time, 1) / 1e3;
    const double filterTurn = longestTurn([&] { return !model.isFiltering(); });
    const double filtered = microseconds(time, 1) / 1e3;
    std::vector<QString> texts;
    for (qint64 serial = store.first(); serial <= store.last(); ++serial)
        texts.push_back(store.textOf(serial));
    time.restart();
    const auto found = std::count_if(texts.begin(), texts.end(), [](const QString &text) {
        return text.contains(u"budget 99"_s, Qt::CaseInsensitive);
    });
    const double plain = microseconds(time, 1) / 1e3;
    std::printf("a filter: first rows after %.1f ms, %d rows after %.0f ms, longest turn %.1f ms; "
                "plain search %.0f ms (%lld): %.1f x\n",
                first, model.rowCount(), filtered, filterTurn, plain, static_cast<long long>(found),
                filtered / plain);

    model.setFilter({});
    longestTurn([&] { return !model.isFiltering(); });
    const qint64 last = store.last();
    time.restart();
    for (int i = 0; i < 5000; ++i)
        log.record(call(i));
    const double live = microseconds(time, 5000);
    const double liveTurn =
        longestTurn([&] { return model.waiting() == 0 && store.last() >= last + 5000; });
    std::printf("5,000 calls while somebody looks on: %.1f us each, longest turn %.1f ms\n", live,
                liveTurn);
    return 0;
}

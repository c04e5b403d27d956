// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// graph-valet-tray. QApplication where a display can be reached, else the same process without
// windows.

#include "app/application.h"
#include "app/base/log.h"
#include "app/descriptors.h"

#include <QApplication>

#include <memory>

namespace {

std::unique_ptr<QCoreApplication> makeQtApplication(DisplayKind display, int &argc, char **argv)
{
    if (display == DisplayKind::None)
        return std::make_unique<QCoreApplication>(argc, argv);
    auto application = std::make_unique<QApplication>(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QGuiApplication::setDesktopFileName(QStringLiteral(GRAPH_VALET_APP_ID));
    return application;
}

} // namespace

int main(int argc, char *argv[])
{
    logging::install();
    descriptors::closeInherited();
    const QStringList words = [&] {
        QStringList list;
        for (int i = 1; i < argc; ++i)
            list.append(QString::fromLocal8Bit(argv[i]));
        return list;
    }();
    const auto arguments = Arguments::parse(words, qEnvironmentVariable("GRAPH_VALET_PROFILE"));
    if (!arguments.problem.isEmpty() || arguments.wish != Arguments::Wish::Run)
        return arguments.answer();

    const DisplayKind display = findDisplay();
    int qtArgc = 1; // the words are ours
    const auto qtApplication = makeQtApplication(display, qtArgc, argv);
    releaseDisplay();
    Application application(arguments, display);
    if (const auto code = application.prepare())
        return *code;
    return QCoreApplication::exec();
}

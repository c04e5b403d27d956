// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/state_icon.h"

#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

// Outside of any namespace, as the macro declares a function. The icons lie in a static library,
// from which the linker takes them only when asked.
static void loadResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace state_icon {
namespace {

// Drawn here rather than by Qt's SVG icon plugin: some packages leave the plugin out, and
// StatusNotifierItem sends pixmaps over D-Bus anyway.
QIcon draw(const QString &name)
{
    loadResources();
    QSvgRenderer renderer(u":/icons/%1.svg"_s.arg(name));
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 44, 48, 64, 128}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, size, size));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace

QIcon forState(auth::AccountSession::State state)
{
    using State = auth::AccountSession::State;
    switch (state) {
    case State::SignedOut: return draw(u"signed_out"_s);
    case State::SigningIn: return draw(u"signing_in"_s);
    case State::SignedIn: return draw(u"signed_in"_s);
    case State::InteractionRequired: return draw(u"needs_you"_s);
    case State::Error: return draw(u"error"_s);
    }
    return {};
}

QIcon forStatus(auth::AccountSession::State state, bool isPaused)
{
    return isPaused ? draw(u"paused"_s) : forState(state);
}

QIcon forProgram()
{
    return draw(u"graph-valet"_s);
}

QIcon forOutcome(doctor::Outcome outcome)
{
    QIcon icon = draw(u"check_"_s + doctor::outcomeWord(outcome));
    // In a selected row styles would tint it, and red would not be red.
    const QList<QSize> sizes = icon.availableSizes();
    for (const QSize &size : sizes)
        icon.addPixmap(icon.pixmap(size, 1.0), QIcon::Selected);
    return icon;
}

} // namespace state_icon

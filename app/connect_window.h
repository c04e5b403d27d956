// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window in which the person connects AI clients: a box for each that was found. Ticking one
// only plans a change, whose lines are shown below; Apply writes it, Undo puts the file back.

#pragma once

#include "app/connect/client_connections.h"

#include <QDialog>
#include <QLabel>
#include <QMap>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

class ConnectWindow : public QDialog
{
    Q_OBJECT
public:
    // connections outlive the window.
    explicit ConnectWindow(client_config::ClientConnections *connections);

    // Shows it with what is so now, or brings it to the front.
    void present();

protected:
    // Files may have changed while the person was elsewhere.
    bool event(QEvent *event) override;

private:
    void load();
    void addRow(const client_config::ClientState &state);
    void planRow(QTreeWidgetItem *row);
    void showDetails();
    void apply();
    void undo();
    void tell(const QStringList &sentences);
    QString currentClient() const;

    client_config::ClientConnections *m_connections;
    QLabel *m_lead;
    QTreeWidget *m_clients;
    QLabel *m_missing;
    QLabel *m_detailsName;
    QPlainTextEdit *m_details;
    QLabel *m_told;
    QPushButton *m_apply;
    QPushButton *m_undo;
    QMap<QString, client_config::ClientState> m_states; // of those that were found
    QMap<QString, client_config::ConfigChange> m_plans; // not applied yet
    QMap<QString, QString> m_refusals; // why there is no plan; sentences
    bool m_isLoading = false;
};

// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The unified log (os/log.h): it hands over to logd and drops by itself where that falls behind. It
// cuts a message after about 1 KB, so number and hash go first.
//   log show --predicate 'subsystem == "<application id>" AND category == "activity"'

#include "app/system_log.h"

#include <os/log.h>

namespace {

class UnifiedLog : public SystemLog
{
public:
    UnifiedLog()
        : m_log(os_log_create(GRAPH_VALET_APP_ID, "activity"))
    {
    }

    void write(const SystemLogEntry &entry) override
    {
        // Default is the lowest type that is kept on disk.
        const os_log_type_t type = entry.weight == SystemLogEntry::Weight::Warning
            ? OS_LOG_TYPE_ERROR
            : OS_LOG_TYPE_DEFAULT;
        os_log_with_type(m_log, type, "%lld sha256=%{public}s %{public}s",
                         static_cast<long long>(entry.sequence), entry.hash.constData(),
                         entry.line.constData());
    }

private:
    os_log_t m_log; // lives as long as the process
};

} // namespace

std::unique_ptr<SystemLog> openSystemLog(const SystemLogPlaces &)
{
    return std::make_unique<UnifiedLog>();
}

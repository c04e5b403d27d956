# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operation does, in one English line made from its method and the segments of its path."""

import re

LONGEST = 120

# Words that are written otherwise than in a path.
WORDS = {
    "ai": "AI", "ad": "AD", "api": "API", "b2x": "B2X", "ios": "iOS", "macos": "macOS", "onedrive": "OneDrive",
    "onenote": "OneNote", "sharepoint": "SharePoint", "todo": "to-do", "url": "URL", "id": "id", "dns": "DNS",
    "sms": "SMS", "oauth2": "OAuth2", "fido2": "FIDO2", "vpp": "VPP", "mdm": "MDM", "pc": "PC", "pcs": "PCs",
}
# Segments whose words say too little or something else.
SEGMENTS = {
    "masterCategories": "Outlook categories", "childFolders": "child folders", "memberOf": "group memberships",
    "transitiveMemberOf": "direct and indirect group memberships", "alerts_v2": "security alerts", "jobs": "print jobs",
    "todo": "to-do lists", "sharedWithMe": "files that others shared", "recent": "files used recently",
    "series": "data series", "workbook": "Excel workbook", "worksheets": "worksheets", "webUrl": "web address",
    "calendarView": "events between two times", "me": "signed-in person", "oauth2PermissionGrants":
    "permissions granted to applications", "hostedContents": "pictures and snippets", "posts": "posts",
}
# Who a path that begins so belongs to.
OWNERS = [
    ("/me/drive", "in {drive}"), ("/users/{id}/drive", "in {drive}"), ("/groups/{id}/drive", "in {drive}"),
    ("/sites/{id}/drive", "in {drive}"), ("/drives/{id}", "in {drive}"), ("/me/onenote", "of {who} (OneNote)"),
    ("/users/{id}/onenote", "of {who} (OneNote)"), ("/me/todo", "of {who} (To Do)"),
    ("/users/{id}/todo", "of {who} (To Do)"), ("/me", "of {who}"), ("/users/{id}", "of {who}"),
    ("/groups/{id}/onenote", "of a group (OneNote)"), ("/groups/{id}", "of a group"),
    ("/sites/{id}/onenote", "of a SharePoint site (OneNote)"), ("/sites/{id}", "of a SharePoint site"),
    ("/teams/{id}/schedule", "in the shift schedule of a team"), ("/teams/{id}", "of a team"),
    ("/chats/{id}", "of a Teams chat"), ("/planner", "(Planner)"), ("/places", "(places, rooms)"),
    ("/deviceManagement/virtualEndpoint", "(Cloud PC)"), ("/deviceManagement", "(Intune devices)"),
    ("/deviceAppManagement", "(Intune apps)"), ("/identityGovernance", "(identity governance)"),
    ("/education", "(education)"), ("/solutions/bookingBusinesses", "(Bookings)"),
    ("/solutions/backupRestore", "(backup)"), ("/solutions/virtualEvents", "(virtual events)"),
    ("/print", "(printing)"), ("/reports", "(usage reports)"), ("/security", "(security)"),
    ("/storage/fileStorage", "(file containers)"), ("/external", "(search connectors)"), ("/admin", "(administration)"),
    ("/policies", "(policies)"), ("/communications", "(calls, meetings)"), ("/applications", "(app registrations)"),
    ("/servicePrincipals", "(enterprise applications)"), ("/directory", "(directory)"),
    ("/employeeExperience", "(employee experience)"), ("/copilot", "(Copilot)"), ("/search", "(search)"),
]
WHO = {"/me": "the signed-in person", "/users/{id}": "a user"}
DRIVES = {
    "/me/drive": "the signed-in person's OneDrive", "/users/{id}/drive": "a user's OneDrive",
    "/groups/{id}/drive": "a group's drive", "/sites/{id}/drive": "a site's document library", "/drives/{id}": "a drive",
}
VERBS = set("""abort accept acquire activate add apply approve archive assign autofit batch break browse bypass cancel check
checkin checkout clean clear close compute confirm convert copy create deactivate decline delete deliver disable discard
dismiss downgrade download enable end enroll evaluate export extract favorite filter finalize find follow forward generate
get hide import initiate insert instantiate invalidate invite keep list locate lock logout mark merge move offboard override
parse pause permanent pin play preview process protect provision publish purge reactivate reapply reauthorize reboot reclaim
recover redirect refresh reject release remind remote remove rename renew reorder reply report reprocess reprovision request
resend reset resize restart restore resume retire retrieve retry return revoke rotate run schedule search send set share shut
sign snooze start stop subscribe submit summarize suspend swap switch sync terminate test track translate transfer troubleshoot
unarchive unassign undo unfavorite unfollow unhide unlink unlock unmerge unpin unprotect unpublish unset unshare unsubmit
unsubscribe update upgrade upload validate verify wake wipe""".split())
READING_VERBS = set("browse calculate download evaluate export find get retrieve search verify".split())
SINGULAR = {"people": "person", "children": "child", "series": "series", "analyses": "analysis", "bases": "base",
            "addresses": "address", "businesses": "business", "classes": "class", "accesses": "access",
            "statuses": "status", "passes": "pass", "processes": "process", "caches": "cache", "licenses": "license"}


def words(segment):
    """The words of a segment, without its parameters and its namespace."""
    name = re.sub(r"\(.*", "", segment).removeprefix("microsoft.graph.")
    if name in SEGMENTS:
        return SEGMENTS[name]
    name = name.removeprefix("$").replace("_", " ").replace("OneDrive", "Onedrive").replace("SharePoint", "Sharepoint")
    parts = re.findall(r"[A-Z]+s?(?![a-z])|[A-Z]?[a-z0-9]+|\d+", name)
    return " ".join(WORDS.get(part.lower(), part if part.isupper() and len(part) > 1 else part.lower()) for part in parts)


def singular(text):
    head, _, last = text.rpartition(" ")
    if last in SINGULAR:
        last = SINGULAR[last]
    elif last.endswith("ies"):
        last = last[:-3] + "y"
    elif re.search(r"(ch|sh|ss|x)es$", last):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return f"{head} {last}".strip()


def article(text):
    return ("an " if re.match(r"(?!uni|use|one|eu)[aeiou]|API|AI|SMS|iOS", text, re.I if text[:1].islower() else 0)
            else "a ") + text


def third_person(verb):
    if re.search(r"(s|sh|ch|x|z|o)$", verb):
        return verb + "es"
    return re.sub(r"(?<![aeiou])y$", "ie", verb) + "s"


def is_key(segment):
    return segment.startswith("{") or "={" in segment or "='" in segment


class Wording:
    """Words for the operations of a catalogue."""

    def __init__(self, operations):
        self._paths = {path for _, path in operations}
        self._reads = {path for method, path in operations if method == "GET"}
        self._by_hand = {}

    def set(self, method, path, text):
        """Takes the place of what the rules say."""
        self._by_hand[method, path] = self._with_owner(text, path)

    def of(self, method, path):
        by_hand = self._by_hand.get((method, path))
        if by_hand:
            return by_hand
        segments = path.replace(":", "").strip("/").split("/")
        action, used = self._action(method, path, segments)
        return self._with_owner(self._fitting(action, self._context(segments[: len(segments) - used], path)), path)

    def _is_collection(self, path):
        return path + "/{id}" in self._paths or singular(words(path.rsplit("/", 1)[1])) != words(path.rsplit("/", 1)[1])

    def _action(self, method, path, segments):
        """What is done with what, and how many segments that says."""
        last, before = segments[-1], segments[-2] if len(segments) > 1 else ""
        name = words(last)
        if last == "$ref":
            if is_key(before):
                return f"Removes {article(singular(words(segments[-3])))}", 3
            add = "Adds" if method == "POST" else "Sets" if method == "PUT" else "Removes"
            return f"{add} {article(singular(words(before)))} (by reference)", 2
        if last == "$count":
            return f"Counts the {words(before)}", 2
        if last in ("$value", "content"):
            verb = {"GET": "Downloads", "DELETE": "Deletes"}.get(method, "Uploads" if method == "PUT" else "Updates")
            return f"{verb} the content", 1
        if last.startswith("delta"):
            return f"Lists changes to the {words(before)}", 2
        if is_key(last) and "(" not in last:
            one = singular(words(before))
            return {"GET": "Gets one ", "PATCH": "Updates one ", "PUT": "Replaces one ", "DELETE": "Deletes one ",
                    "POST": "Acts on one "}[method] + one, 2
        if method == "GET":
            first, _, rest = name.partition(" ")
            if first in READING_VERBS and rest:
                return f"{third_person(first).capitalize()} {rest}", 1
            return ("Lists the " if self._is_collection(path) else "Gets the ") + name, 1
        if method == "POST":
            return self._post(path, name)
        return {"PATCH": "Updates the ", "PUT": "Replaces the ", "DELETE": "Deletes the "}[method] + name, 1

    def _post(self, path, name):
        if path in self._reads and self._is_collection(path):
            return f"Creates {article(singular(name))}", 1
        first, _, rest = name.partition(" ")
        if first == "tentatively" or first in ("permanent", "soft"):
            return {"permanent delete": "Permanently deletes@", "soft delete": "Deletes@"}.get(name, "Tentatively accepts@"), 1
        if first in VERBS:
            verb = third_person(first).capitalize()
            return f"{verb} {rest}" if rest else verb + (" to@" if verb == "Adds" else "@"), 1
        if name == "item at":
            return "Gets the item with a number", 1
        if self._is_collection(path):
            return f"Creates {article(singular(name))}", 1
        return f"{'Gets' if '(' in path else 'Runs'} the {name}", 1

    def _context(self, segments, path):
        """What the rest of the path says, nearest first."""
        owner, begin = "", 0
        for prefix, text in OWNERS:
            if path == prefix or path.startswith((prefix + "/", prefix + ":")):
                owner, begin = text, prefix.count("/")
                break
        parents = []
        index = len(segments) - 1
        while index >= begin:
            segment = segments[index]
            if is_key(segment) and "(" not in segment:
                if index - 1 >= begin:
                    name = words(segments[index - 1])
                    parents.append("a file or folder" if name == "items" and "drive" in owner
                                   else article(singular(name)))
                index -= 2
                continue
            parents.append("the " + words(segment))
            index -= 1
        if "{drive}" in owner and "the Excel workbook" in parents:
            parents = parents[: parents.index("the Excel workbook")] + ["an Excel workbook"]
        return parents, owner

    @staticmethod
    def _fitting(action, context):
        """As much of the context as has room."""
        parents, owner = context
        if "@" in action:  # where the nearest parent is what it is done to
            verb, _, end = action.partition("@")
            action, parents = f"{verb} {parents[0] if parents else 'it'} {end}".rstrip(), parents[1:]
        owner_text = f" {owner}" if owner else ""
        room = LONGEST - len(action) - len(owner_text) - 25  # {who} and {drive} grow
        text = ""
        for parent in parents:
            more = f" of {parent}"
            if len(text) + len(more) > room:
                break
            text += more
        return (action + text + owner_text)[:LONGEST]

    @staticmethod
    def _with_owner(text, path):
        for begin, who in WHO.items():
            if path == begin or path.startswith((begin + "/", begin + ":")):
                text = text.replace("{whose}", who + "'s").replace("{who}", who)
        for begin, drive in DRIVES.items():
            if path == begin or path.startswith((begin + "/", begin + ":")):
                text = text.replace("{drive}", drive)
        return text

"""spec/limits.json, and which groups of spec/calls.json and spec/operations.json belong to which profile -> one
profile.h for each profile (spec/profile/NAME/profile.h) and the page that shows them (docs/LIMITS.md). The image's
profile is the folder that its include path names."""
from text import columns, is_in, profile_of, profiles, table, warning


def load(root):
    spec = table(root, "limits.json")
    names = profiles(root)
    calls, operations = table(root, "calls.json"), table(root, "operations.json")
    spec["features"] = groups(calls, operations, names) + spec["features"]
    seen = [row["name"] for row in spec["features"]]
    assert len(set(seen)) == len(seen), f"a feature is named twice, or as a group is: {seen}"
    for row in spec["limits"]:
        values = [row[name] for name in names]
        assert values == sorted(values), f"{row['name']}: a larger profile allows less"
    return spec, names, calls, operations


def groups(calls, operations, names):
    """Each group of host calls and of operations is a feature; one that is both is in one profile."""
    found = {}
    for kind, rows in (("host calls", calls["groups"]), ("operations", operations["groups"])):
        for row in rows:
            profile = profile_of(row)
            feature = found.setdefault(row["name"], {"name": row["name"], "profile": profile, "kinds": []})
            assert feature["profile"] == profile, f"group {row['name']}: calls and operations are in unlike profiles"
            assert profile in names, f"group {row['name']}: there is no profile {profile}"
            feature["kinds"].append(kind)
    for feature in found.values():
        feature["text"] = "the group of " + " and of ".join(feature["kinds"])
    return list(found.values())


def has(names, profile, row):
    return int(is_in(names, profile, row))


HEAD = """\
/* profile: what an image of the profile %NAME% has, and how much of it. Which of the profiles an image is of says its
 * include path. What a profile lacks is left out by `if (PROFILE_HAS_...)`, which folds, and by tables that do not name
 * it (docs/decisions/0005-profiles.md). */
#ifndef SKEP_PROFILE_H
#define SKEP_PROFILE_H

"""


def header(spec, names, profile, calls):
    out = warning("limits.json", "limits") + HEAD.replace("%NAME%", profile)
    rows = [[f"PROFILE_{row['name'].upper()}_MAX = {row[profile]},", f" /* {row['unit']} {row['text']} */"]
            for row in spec["limits"]]
    out += "enum profile_limit {\n" + columns(rows) + "};\n\n"
    rows = [[f"PROFILE_HAS_{row['name'].upper()} = {has(names, profile, row)},", f" /* {row['text']} */"]
            for row in spec["features"]]
    out += "enum profile_feature {\n" + columns(rows) + "};\n\n"
    mask = sum(1 << group["group"] for group in calls["groups"] if has(names, profile, group))
    out += "/* Bit g: group g of the host calls is there. */\n"
    out += f"#define PROFILE_CALL_GROUPS 0x{mask:08x}u\n\n"
    out += "/* A sentence for people; empty where the profile has no words. */\n"
    return out + '#define PROFILE_WORDS(text) (PROFILE_HAS_WORDS ? (text) : "")\n\n#endif\n'


PAGE_HEAD = """\
<!-- GENERATED from spec/limits.json, calls.json and operations.json by tools/generate/limits.py. Do not edit. -->
# Profiles and limits

An image is of one of these profiles; each has what those before it have. An artifact that needs a call which a hive's
profile leaves out is refused there, with the call's number; an operation that is left out is answered UNSUPPORTED,
with the reason `operation`.

A new group says in its row of `spec/calls.json` or `spec/operations.json` which profile is the smallest that has it
(`"profile": "standard"`); so does a single call, operation or event that is not in all profiles of its group. Who says
nothing is in the full profile alone. What is neither is a row of `features` in `spec/limits.json`. In code,
`if (PROFILE_HAS_NAME)` keeps a group's work out of the profiles that lack it.

"""


def page(spec, names, operations, calls):
    out = PAGE_HEAD + "| profile | |\n|---|---|\n"
    out += "".join(f"| {row['name']} | {row['text']} |\n" for row in spec["profiles"])
    out += "\n## What each has\n| what | from which profile on | |\n|---|---|---|\n"
    out += "".join(f"| {row['name']} | {row['profile']} | {row['text']} |\n" for row in spec["features"])
    apart = [f"| {row['group']}.{row['name']} | {row['profile']} | {kind} |\n"
             for kind, rows in (("host call", calls["calls"]), ("operation", operations["operations"]))
             for row in rows if "profile" in row]
    out += "".join(apart)
    out += "\n## How much\nA configuration begins with these (`executive_config_of_profile`, `hive_config_of_profile`);"
    out += "\nwhat runs on a host scales them.\n\n| limit | unit | " + " | ".join(names) + " | |\n"
    out += "|---|---|" + "---|" * (len(names) + 1) + "\n"
    for row in spec["limits"]:
        out += f"| {row['name']} | {row['unit']} | " + " | ".join(str(row[name]) for name in names)
        out += f" | {row['text']} |\n"
    out += "\n## Ceilings\nAn image that passes one of these does not build (`tools/footprint`).\n\n"
    out += "| ceiling | unit | most | aim | |\n|---|---|---|---|---|\n"
    return out + "".join(f"| {row['name']} | {row['unit']} | {row['value']} | {row.get('aim', '')} | {row['why']} |\n"
                         for row in spec["ceilings"])


def outputs(root):
    spec, names, calls, operations = load(root)
    for profile in names:
        yield f"spec/profile/{profile}/profile.h", header(spec, names, profile, calls)
    yield "docs/LIMITS.md", page(spec, names, operations, calls)

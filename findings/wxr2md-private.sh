#!/bin/sh
# wxr2md writes private and deleted WordPress posts as ordinary pages, and takes the tags for categories.
#
# Guess: paragraphs, which WordPress separates by a blank line, become one. The guess was wrong: they are kept. Deleted
# pages and the tags were noticed on the way.
#
# It turns the export of a WordPress site (WXR 1.2) into Markdown files, for Hugo and others. Its page shows how each
# begins: "categories", "tags", and "draft: true", which keeps Hugo from publishing a page.
#
# 1. A page with the status "private", "pending", "trash" or "future", or with a password, is written without "draft",
#    among the posts: Hugo publishes it. With the status "draft" it has it, and is among the drafts.
# 2. For a page in the category "Eau" with the tag "banc", "categories" is "banc"; there is no "tags", and "Eau" is
#    lost.
#
# No error or warning, and no issue was found about it; another tool's migration had the first with deleted pages
# (hexo-migrator-wordpress, pull request 18) and mended it.
#
# Source: in wxr2md/lib.py, draft is status == "draft"; get_frontmatter writes frontmatter["categories"] = self.tags.
#
# Why it matters here: a town leaves its old WordPress for files in git. What was taken back at somebody's request is on
# the new site.
#
# Seen with wxr2md 0.3.0, markdownify 0.11.6 and PyYAML 6.0.3, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check wxr2md==0.3.0 markdownify==0.11.6 PyYAML==6.0.3
cd "$folder"
cat >read.py <<'PYTHON'
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import yaml

print("wxr2md", version("wxr2md"))
SPACES = " ".join(
    f'xmlns:{name}="{address}"'
    for name, address in {
        "excerpt": "http://wordpress.org/export/1.2/excerpt/",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "wfw": "http://wellformedweb.org/CommentAPI/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "wp": "http://wordpress.org/export/1.2/",
    }.items()
)


def page(number: int, status: str, password: str) -> str:
    told = {
        "post_id": number,
        "post_date": "2018-06-12 12:00:00",
        "post_date_gmt": "2018-06-12 10:00:00",
        "post_modified": "2018-06-12 12:00:00",
        "post_modified_gmt": "2018-06-12 10:00:00",
        "comment_status": "closed",
        "ping_status": "closed",
        "post_name": f"page-{number}",
        "status": status,
        "post_parent": 0,
        "menu_order": 0,
        "post_type": "page",
        "post_password": password,
        "is_sticky": 0,
    }
    return (
        f"<item><title>{status}</title><link>http://example.org/?p={number}</link>"
        "<pubDate>Tue, 12 Jun 2018 10:00:00 +0000</pubDate><dc:creator><![CDATA[ada]]></dc:creator>"
        f'<guid isPermaLink="false">http://example.org/?p={number}</guid><description></description>'
        "<content:encoded><![CDATA[Un banc.\n\nIl tient.]]></content:encoded>"
        "<excerpt:encoded><![CDATA[]]></excerpt:encoded>"
        + "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in told.items())
        + '<category domain="category" nicename="eau"><![CDATA[Eau]]></category>'
        '<category domain="post_tag" nicename="banc"><![CDATA[banc]]></category></item>'
    )


PAGES = [("publish", ""), ("draft", ""), ("private", ""), ("pending", ""), ("trash", ""), ("future", ""), ("publish", "secret")]
Path("site.xml").write_text(
    f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {SPACES}><channel><title>Ville</title>'
    "<link>http://example.org</link><description></description><language>fr-FR</language>"
    "<wp:wxr_version>1.2</wp:wxr_version>"
    + "".join(page(number, *told) for number, told in enumerate(PAGES, 1))
    + "</channel></rss>",
    "utf-8",
)
subprocess.run([sys.executable, "-m", "wxr2md", "site.xml", "--output", "out"], check=True)
still = True
found = []
for path in sorted(Path("out").rglob("*.md")):
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    front = yaml.safe_load(head)
    found.append((front["id"], front["title"], front.get("draft", False)))
    print(path, "->", front["title"], "draft:", front.get("draft", False), front["categories"], front.get("tags"), repr(body.strip()))
    still = still and front["categories"] == ["banc"] and "tags" not in front and body.strip() == "Un banc.\n\nIl tient."
SEEN = [(number, status, status == "draft") for number, (status, _) in enumerate(PAGES, 1)]
still = still and sorted(found) == SEEN
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
venv/bin/python read.py

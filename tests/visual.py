"""Somebody who edits with VisualEditor, in a real browser: types, selects, cuts, opens dialogs."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from typing import Any

from patience import LONG
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from wikis import Wiki

_READY = """
const done = arguments[0];
const began = setInterval(() => {
    if (!window.mw?.hook) { return; }
    clearInterval(began);
    mw.hook('ve.activationComplete').add(() => done(true));
}, 50);
"""
_CLIPBOARD = """
const done = arguments[1];
const html = new Blob([arguments[0]], { type: 'text/html' });
navigator.clipboard.write([new ClipboardItem({ 'text/html': html })]).then(
    () => done(''), error => done(String(error)));
"""
_NAMES = """
const surface = ve.init.target.getSurface();
const model = surface.getModel();
const doc = model.getDocument();
const find = words => {
    const all = doc.data.getText(true, new ve.Range(0, doc.data.getLength()));
    const place = all.indexOf(words);
    if (place < 0) { throw new Error('not on the page: ' + words); }
    return new ve.Range(place, place + words.length);
};
const cellAt = place => {
    let node = doc.getBranchNodeFromOffset(place);
    while (node && !(node.isCellable && node.isCellable())) { node = node.getParent(); }
    return node;
};
const selectCell = cell => {
    const table = cell.findParent(ve.dm.TableNode);
    const at = table.getMatrix().lookupCell(cell);
    model.setSelection(new ve.dm.TableSelection(table.getOuterRange(), at.col, at.row));
    surface.getView().focus();
};
const select = range => {
    const cell = cellAt(range.start);
    if (cell) {
        selectCell(cell);
        surface.executeCommand('enterTableCell');
    }
    model.setLinearSelection(range);
    surface.getView().focus();
};
const nodes = (...types) => {
    const found = [];
    doc.getDocumentNode().traverse(node => {
        if (types.includes(node.getType())) { found.push(node); }
    });
    return found;
};
const comments = () => nodes('comment', 'commentMeta');
const calls = name => nodes('mwTransclusionBlock', 'mwTransclusionInline').filter(
    node => JSON.stringify(node.getAttribute('mw')).includes('"wt":"' + name));
const meta = () => doc.getMetaList().getAllItems().map(item => item.element.attributes || {});
"""
"""What every script of a test may use: places in the page, and the pieces that people see."""


@dataclass
class VisualEditor:
    """One browser, logged in to one wiki."""

    driver: webdriver.Chrome
    base: str

    @classmethod
    def of(cls, wiki: Wiki, driver: webdriver.Chrome) -> VisualEditor:
        """Log in as the ordinary user."""
        driver.set_script_timeout(LONG)
        base = wiki.home.partition("/wiki/")[0]
        driver.get(f"{base}/index.php?title=Special:UserLogin")
        driver.find_element("id", "wpName1").send_keys(wiki.human.user)
        driver.find_element("id", "wpPassword1").send_keys(wiki.human.password)
        driver.find_element("id", "wpLoginAttempt").click()
        # a click is done before the page that it leads to has come
        asked = "return typeof mw === 'undefined' ? '' : mw.config.get('wgUserName')"
        WebDriverWait(driver, LONG).until(lambda _: driver.execute_script(asked) == wiki.human.user)
        return cls(driver, base)

    def open(self, title: str) -> None:
        """Open a page in the editor and wait until one can type."""
        query = urllib.parse.urlencode({"title": title, "veaction": "edit", "vehidebetadialog": 1})
        self.driver.get(f"{self.base}/index.php?{query}")
        self.wait()

    def wait(self) -> None:
        """Wait until one can type in what is being opened."""
        self.driver.execute_async_script(_READY)

    def run(self, script: str, *words: Any) -> Any:
        """A script in the editor; ``words`` are its ``arguments``."""
        return self.driver.execute_script(_NAMES + script, *words)

    def keys(self, *keys: str) -> None:
        """Press keys where the cursor is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def chord(self, modifier: str, key: str) -> None:
        ActionChains(self.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()

    def select(self, words: str) -> None:
        self.run("select(find(arguments[0]));", words)

    def replace(self, old: str, new: str) -> None:
        """Select words and type others."""
        self.select(old)
        self.keys(new)

    def after(self, words: str, *keys: str) -> None:
        """Type behind these words."""
        self.run("const range = find(arguments[0]); select(new ve.Range(range.end));", words)
        if keys:
            self.keys(*keys)

    def before(self, words: str, *keys: str) -> None:
        self.run("const range = find(arguments[0]); select(new ve.Range(range.start));", words)
        self.keys(*keys)

    def paste_after(self, words: str, html: str) -> None:
        """Paste from another program, by the clipboard."""
        rights = ["clipboardReadWrite", "clipboardSanitizedWrite"]
        self.driver.execute_cdp_cmd(
            "Browser.grantPermissions", {"permissions": rights, "origin": self.base}
        )
        refused = self.driver.execute_async_script(_CLIPBOARD, html)
        assert not refused, refused
        self.after(words)
        self.chord(Keys.CONTROL, "v")
        self._until("return doc.data.getText(true).includes('Word')")

    def parameter(self, template: str, name: str, value: str) -> None:
        """Change, or add, a parameter in the dialog of a template."""
        self.run(
            "select(calls(arguments[0])[0].getOuterRange());"
            "surface.executeCommand('transclusion');",
            template,
        )
        shown = "return surface.getDialogs().getCurrentWindow()"
        self._until(f"{shown}?.transclusionModel?.parts?.length")
        self.run(
            f"const dialog = (() => {{ {shown} }})();"
            "const call = dialog.transclusionModel.parts[0];"
            "if (!call.hasParameter(arguments[0]))"
            " { call.addParameter(new ve.dm.MWParameterModel(call, arguments[0])); }"
            "call.getParameter(arguments[0]).setValue(arguments[1]);",
            name,
            value,
        )
        self.run(f"(() => {{ {shown} }})().executeAction('done');")
        self._until("return !surface.getDialogs().getCurrentWindow()")

    def save(self) -> None:
        """« Enregistrer », twice as people do; waits until the page is shown again."""
        self.run("ve.init.target.showSaveDialog();")
        self._until("return ve.init.target.saveDialog?.isOpened?.() || false")
        self.run(
            "window.stored = false;"
            "mw.hook('postEdit').add(() => { window.stored = true; });"
            "ve.init.target.saveDialog.executeAction('save');"
        )
        WebDriverWait(self.driver, LONG).until(
            # a page that is new is loaded afresh, and knows nothing of before
            lambda driver: driver.execute_script(
                "return window.stored !== false && document.readyState === 'complete'"
            )
        )

    def _until(self, script: str) -> None:
        WebDriverWait(self.driver, LONG).until(lambda _: self.run(script))


__all__ = ["Keys", "VisualEditor"]

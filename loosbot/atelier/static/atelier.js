// What a script adds to a form that works without it: drafts kept at each pause, dates repeated
// back, names looked for, one more line at the end of a list.
(() => {
  "use strict";
  const form = document.getElementById("fiche");
  if (!form) return;
  const state = document.getElementById("etat");
  let address = form.dataset.garder;
  let timer = 0;
  let sending = false;
  let dirty = false;
  let leaving = false;

  const say = (text) => { if (state.textContent !== text) state.textContent = text; };
  const byName = (name) => form.querySelector(`input[name="${name}"]`);

  const keep = async () => {
    if (sending || leaving) { if (!leaving) later(); return; }
    sending = true;
    dirty = false;
    const data = new FormData(form);
    // pictures go with the buttons only: they need not be sent again at each pause
    for (const name of [...data.keys()]) if (name.endsWith("._envoi")) data.delete(name);
    try {
      const answer = await fetch(address, {method: "POST", body: data, headers: {Accept: "application/json"}});
      const type = answer.headers.get("Content-Type") || "";
      if (!type.startsWith("application/json")) throw new Error("refused");
      const said = await answer.json();
      if (said.erreur) {
        dirty = true;
        say(`${said.erreur} ${said.conseil || ""}`);
        later(5000);
        return;
      }
      if (leaving) return;
      byName("_version").value = said.version;
      const moved = !form.action.endsWith(said.adresse);
      form.action = said.adresse;
      address = `${said.adresse}/garder`;
      if (location.pathname !== said.adresse) history.replaceState(null, "", said.adresse);
      say(moved && said.jumeau
        ? "Cette fiche est ouverte dans un autre onglet : les deux textes sont gardés."
        : "Brouillon gardé.");
      for (const place of form.querySelectorAll(".entendu")) {
        const name = place.closest(".question").dataset.nom;
        const text = said.entendu[name] ? `Compris : ${said.entendu[name]}.` : "";
        if (place.textContent !== text) place.textContent = text;
      }
    } catch (error) {
      dirty = true;
      say("L’atelier ne répond pas : gardez cette page ouverte, votre texte y est.");
      later(5000);
    } finally {
      sending = false;
    }
  };
  const later = (wait = 900) => { clearTimeout(timer); timer = setTimeout(keep, wait); };

  form.addEventListener("input", (event) => {
    dirty = true;
    say("…");
    later();
    grow(event.target);
  });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty && !leaving) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) keep(); });

  // one more line, always
  const grow = (input) => {
    const lines = input.closest && input.closest(".lignes");
    if (!lines || !input.value) return;
    const last = lines.lastElementChild;
    if (!last.contains(input)) return;
    const copy = last.cloneNode(true);
    const field = copy.querySelector("input");
    const label = copy.querySelector("label");
    field.value = "";
    field.id = `${field.id}x`;
    label.htmlFor = field.id;
    lines.append(copy);
  };

  // names of several kinds of records are too many for a list in the page: asked for while typing
  let asked = 0;
  form.addEventListener("input", async (event) => {
    const input = event.target;
    const types = input.dataset && input.dataset.types;
    if (!types || input.getAttribute("list") || input.value.length < 2) return;
    const mine = ++asked;
    const query = new URLSearchParams({types, q: input.value});
    const answer = await fetch(`${form.dataset.noms}?${query}`);
    if (!answer.ok || mine !== asked) return;
    let list = document.getElementById("noms-trouves");
    if (!list) { list = document.createElement("datalist"); list.id = "noms-trouves"; document.body.append(list); }
    list.replaceChildren(...(await answer.json()).map((one) => {
      const option = document.createElement("option");
      option.value = one.nom;
      option.label = one.genre;
      return option;
    }));
    input.setAttribute("list", "noms-trouves");
    input.addEventListener("blur", () => input.removeAttribute("list"), {once: true});
  });

  // to what is to be mended first
  const summary = document.querySelector(".bilan");
  if (summary) { summary.tabIndex = -1; summary.focus(); }
})();

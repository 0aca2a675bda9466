// What a script adds to a form that works without it: drafts kept at each pause, dates repeated
// back, names looked for, one more line at the end of a list.
(() => {
  "use strict";
  const form = document.getElementById("fiche");
  if (!form) return;
  const state = document.getElementById("etat");
  let address = form.dataset.garder;
  let timer = 0;
  let sending = null;
  let dirty = false;
  let leaving = false;
  let passing = false;

  const say = (text) => { if (state.textContent !== text) state.textContent = text; };
  const byName = (name) => form.querySelector(`input[name="${name}"]`);

  // true: the atelier answers, whatever it says; false: what is sent now would be lost
  const keep = () => {
    if (passing) return true;
    if (sending) { if (!leaving) later(); return sending; }
    sending = post().finally(() => { sending = null; });
    return sending;
  };
  const post = async () => {
    dirty = false;
    const data = new FormData(form);
    // pictures go with the buttons only: they need not be sent again at each pause
    for (const name of [...data.keys()]) if (name.endsWith("._envoi")) data.delete(name);
    try {
      const answer = await fetch(address, {method: "POST", body: data, headers: {Accept: "application/json"}});
      const type = answer.headers.get("Content-Type") || "";
      if (answer.status === 413) {
        dirty = true;
        say("Cette page est devenue trop longue pour être gardée : copiez-en une partie ailleurs, et retirez-la d’ici.");
        return false;
      }
      if (answer.status === 409 && !type.startsWith("application/json")) {
        dirty = true;
        say("Cette page est ouverte depuis trop longtemps : « Garder le brouillon » la renvoie, avec votre texte.");
        return true;
      }
      if (!type.startsWith("application/json")) throw new Error("refused");
      const said = await answer.json();
      if (said.erreur) {
        dirty = true;
        say(`${said.erreur} ${said.conseil || ""}`);
        if (!leaving) later(5000);
        return true;
      }
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
      return true;
    } catch (error) {
      dirty = true;
      silent();
      return false;
    }
  };
  const silent = () => {
    say("L’atelier ne répond pas : gardez cette page ouverte, votre texte y est.");
    if (!leaving) later(5000);
  };
  const later = (wait = 900) => { clearTimeout(timer); timer = setTimeout(keep, wait); };

  form.addEventListener("input", (event) => {
    dirty = true;
    say("…");
    later();
    grow(event.target);
  });
  // a button pressed twice sends once, after what is being kept; and nothing leaves this page while
  // the atelier does not answer, for the browser would put a page of its own in its place
  form.addEventListener("submit", async (event) => {
    if (passing) return;
    if (event.submitter && event.submitter.hidden) {
      // the Enter key in an answer: what is understood of it is told, and one is there again
      const here = document.activeElement.id.replace(/x+$/, "");
      event.submitter.formAction = `${form.action}#${here}`;
    }
    clearTimeout(timer);
    if (!leaving && !sending && !dirty) {
      pass(event.submitter);  // as it is: a form is not sent again from within its own event
      return;
    }
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    if (sending) await sending;
    if (dirty && !await keep()) {
      leaving = false;
      later(5000);
      state.scrollIntoView({block: "center"});
      return;
    }
    pass(event.submitter);
    form.requestSubmit(event.submitter);
  });
  const pass = (button) => {
    leaving = passing = true;
    const long = button && button.dataset.attente;
    say(long || "Un instant…");
    setTimeout(stay, long ? 40000 : 10000);  // who stopped the browser on its way goes on here
  };
  const stay = () => {
    if (passing) say("");
    leaving = false;
    passing = false;
  };
  window.addEventListener("pageshow", stay);
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

  // what is too big is told where it was chosen: it would be sent for minutes, and refused
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.files.length) return;
    const [file] = input.files;
    const most = Number(input.dataset.octets);
    const told = document.getElementById(input.getAttribute("aria-describedby"));
    told.hidden = file.size <= most;
    told.textContent = told.hidden ? "" :
      `« ${file.name} » n’est pas joint : ce fichier pèse ${Math.ceil(file.size / 2 ** 20)}\u00a0Mio, il en faut ${most / 2 ** 20} au plus. Réduisez-le, puis choisissez-le de nouveau.`;
    if (!told.hidden) input.value = "";
  });

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

  // into the answer that an address names: what is typed next goes there
  const into = (hash) => {
    const place = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!place || place.matches("[tabindex], input, textarea")) return;  // the browser does it
    const answers = "input:not([type=hidden]), select, textarea, button";
    const first = [...place.querySelectorAll(answers)].find((one) => one.checkVisibility());
    if (first) first.focus({preventScroll: true});
  };
  window.addEventListener("load", () => into(location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".bilan a");
    if (link) setTimeout(into, 0, link.hash);
  });
})();

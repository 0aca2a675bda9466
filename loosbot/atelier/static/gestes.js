// What a script adds to a button that works without it: the page says at once that it is at work,
// for the wiki may take half a minute, and nothing is sent twice meanwhile.
(() => {
  "use strict";
  const state = document.getElementById("etat");
  let button = null;
  let label = "";
  let timer = 0;
  let sent = false;

  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("method") !== "post") return;
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    state.textContent = event.submitter?.dataset.attente || "Un instant…";
    // not « disabled »: the browser would leave out its value, and the focus would be lost
    if ((button = event.submitter)) {
      label = button.textContent;
      button.textContent = "Un instant…";
      button.setAttribute("aria-disabled", "true");
    }
    timer = setTimeout(stay, 40000);  // who stopped the browser on its way goes on here
  });
  const stay = () => {
    clearTimeout(timer);
    if (button) {
      button.textContent = label;
      button.removeAttribute("aria-disabled");
    }
    if (sent) state.textContent = "";
    sent = false;
    button = null;
  };
  window.addEventListener("pageshow", stay);
})();

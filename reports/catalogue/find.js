"use strict";
// Shows only what fits the words and choices; the page is complete without it. Every word it writes stands in the page.
(() => {
  const form = document.getElementById("find");
  const entries = [...document.querySelectorAll("tbody.entry")].map((node) => ({
    node,
    text: node.textContent.toLowerCase(),
  }));
  const shown = document.getElementById("shown");
  const none = document.getElementById("none");

  const fits = (entry, wanted) => {
    const { set, outcome, direction, state, shared } = entry.node.dataset;
    return (
      wanted.words.every((word) => entry.text.includes(word)) &&
      (!wanted.part || wanted.part === set || wanted.part === `${set}/${outcome}`) &&
      (!wanted.direction || wanted.direction === direction) &&
      (!wanted.state || wanted.state === state) &&
      (!wanted.shared || shared === "yes")
    );
  };

  const show = () => {
    const wanted = {
      words: form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean),
      part: form.elements.part.value,
      direction: form.elements.direction.value,
      state: form.elements.state.value,
      shared: form.elements.shared.checked,
    };
    let number = 0;
    for (const entry of entries) {
      entry.node.hidden = !fits(entry, wanted);
      number += entry.node.hidden ? 0 : 1;
    }
    for (const head of document.querySelectorAll("tbody.head")) {
      head.hidden = !document.querySelector(`tbody.entry[data-group="${head.id}"]:not([hidden])`);
    }
    for (const set of document.querySelectorAll("section.set")) {
      set.hidden = !set.querySelector("tbody.entry:not([hidden])");
    }
    shown.textContent = form.dataset.shown.replace("{shown}", number).replace("{all}", entries.length);
    none.hidden = number > 0;
  };

  // a link to an entry that is filtered out shows everything again, and opens what it leads to
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) {
      form.reset();
      show();
    }
    const more = target.matches("tbody.entry") && target.querySelector("details");
    if (more) more.open = true;
    target.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  show();
  if (location.hash) follow();
})();

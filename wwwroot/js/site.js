// Makes pages quicker to use; every page works without it. Words come from the page's own attributes.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");

  // A summary of problems takes the focus, so that a screen reader begins there.
  document.querySelector("[data-focus]")?.focus();

  // "/" goes to the filter of the page, else to the search field; not while somebody is typing.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const field = document.querySelector("[data-filter]") ?? document.querySelector("[data-find]");
      if (field) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) copyValue(copy);
    const show = event.target.closest("[data-show]");
    if (show) showPassword(show);
  });

  async function copyValue(button) {
    // Beside the word, a button may say to screen readers what it copies.
    const shown = button.querySelector("[data-word]") ?? button;
    const word = shown.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      shown.textContent = button.dataset.copied;
    } catch {
      shown.textContent = button.dataset.failed;
    }
    setTimeout(() => { shown.textContent = word; }, 2000);
  }

  function showPassword(button) {
    const field = document.getElementById(button.dataset.show);
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? button.dataset.hide : button.dataset.word;
    button.setAttribute("aria-pressed", String(hidden));
  }

  // The exact time in the reader's own zone; without script it is UTC.
  for (const time of document.querySelectorAll("time[datetime]")) {
    time.title = new Date(time.dateTime).toLocaleString(root.lang, { dateStyle: "long", timeStyle: "long" });
  }

  // What the server renders for an address when a form comes back, kept up to date while somebody types.
  for (const preview of document.querySelectorAll("[data-preview]")) {
    const form = document.getElementById(preview.dataset.preview);
    const render = () => {
      let text = preview.dataset.pattern;
      for (const name of ["local", "domain"]) {
        const field = form.querySelector(`[data-part="${name}"]`);
        text = text.replace(`{${name}}`, () => field?.value.trim().toLowerCase() || preview.dataset[name]);
      }
      preview.textContent = text;
    };
    form.addEventListener("input", render);
  }
})();

/* The search line of a choice: what is taken from the found rows stands above the line. Enter in the line takes the first,
   the arrow down leads to the found rows, Escape puts the search away. Without this file the found rows stay where they
   were found. */
(function () {
  "use strict";

  const on = (name, handler) => document.addEventListener(name, handler);
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const lineOf = (box) => box.querySelector("input[type=search]");
  const foundOf = (box) => box.querySelector(".search-line__found");
  const FOUND = ".search-line__found input";
  let walking = false; /* arrows choose among radio buttons as they go: only the space bar or Enter takes one then */

  function take(input) {
    const box = input.closest("[data-search-line]");
    const label = input.closest("label");
    const chosen = box.querySelector(".search-line__chosen");
    if (input.type === "radio") for (const one of chosen.querySelectorAll("label")) if (one.querySelector("input").value) one.remove();
    input.checked = true;
    if (input.type === "radio") chosen.prepend(label);
    else chosen.append(label);
    clear(box);
    /* A choice of several goes on; a choice of one is made. */
    (input.type === "radio" ? input : lineOf(box)).focus({ preventScroll: true });
    input.dispatchEvent(new Event("input", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("row-chosen"));
  }
  function clear(box) {
    const line = lineOf(box);
    if (!line) return;
    line.value = "";
    delete box.dataset.enter;
    box.dataset.closed = "yes"; /* an answer that is still on its way comes too late */
    foundOf(box).replaceChildren();
  }

  on("keydown", (event) => {
    walking = event.key.startsWith("Arrow");
    const box = closest(event, "[data-search-line]");
    if (!box) return;
    const inLine = event.target === lineOf(box);
    if (event.key === "Escape" && foundOf(box).children.length) {
      clear(box);
      lineOf(box).focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!inLine) return event.target.matches(FOUND) ? take(event.target) : undefined;
      /* What was found may still be the answer to fewer letters: the first of the next answer is taken then. */
      if (!event.target.value) return;
      if (box.dataset.awaits) box.dataset.enter = "yes";
      else takeFirst(box);
    } else if (event.key === " " && event.target.matches(FOUND) && event.target.checked && event.target.type === "radio") {
      event.preventDefault();
      take(event.target);
    } else if (event.key === "ArrowDown" && inLine) {
      event.preventDefault();
      foundOf(box).querySelector("input")?.focus();
    }
  });
  function takeFirst(box) {
    const first = foundOf(box).querySelector("input");
    if (first) take(first);
  }
  on("pointerdown", (event) => {
    walking = false;
    putAway(event);
  });
  on("change", (event) => {
    if (closest(event, FOUND) && !walking) take(event.target);
  });
  on("input", (event) => {
    const box = closest(event, "[data-search-line]");
    if (!box || event.target !== lineOf(box)) return;
    box.dataset.awaits = "yes";
    delete box.dataset.closed;
  });
  on("htmx:after:swap", () => {
    for (const box of document.querySelectorAll("[data-search-line][data-closed]")) foundOf(box)?.replaceChildren();
    for (const box of document.querySelectorAll("[data-search-line][data-awaits]")) {
      const answered = foundOf(box).querySelector("[data-words]")?.dataset.words;
      if (answered !== lineOf(box).value.trim()) continue;
      delete box.dataset.awaits;
      if (box.dataset.enter && lineOf(box).value) takeFirst(box);
      delete box.dataset.enter;
    }
  });

  /* A draft saves itself: words that chose nothing do not stay behind. Other forms say so when they are sent. */
  function putAway(event) {
    for (const box of document.querySelectorAll("form[data-draft] [data-search-line]")) {
      if (!box.contains(event.target) && (lineOf(box)?.value || foundOf(box)?.children.length)) clear(box);
    }
  }
  on("focusin", (event) => {
    const box = closest(event, "[data-search-line]");
    if (box && event.target === lineOf(box)) delete box.dataset.closed;
    /* A press on a found name first moves the focus to the page around it. */
    if (event.target.matches("input, select, textarea, button, a, summary, [contenteditable]")) putAway(event);
  });

  /* -- For drafts that this browser keeps: the names of what was chosen, and choices that the page does not show ------- */
  function named(form) {
    const boxes = form.querySelectorAll(".search-line__chosen :checked");
    return Object.fromEntries([...boxes].map((input) => [`${input.name}=${input.value}`, input.closest("label").textContent.trim()]));
  }
  function bringBack(form, fields, names) {
    for (const box of form.querySelectorAll("[data-search-line]")) {
      const line = lineOf(box);
      const name = line?.name.replace(/-words$/, "");
      const several = line?.getAttribute("hx-get").includes("several=");
      for (const [, value] of fields.filter(([one]) => one === name)) {
        if (!value || box.querySelector(`[value="${CSS.escape(value)}"]`)) continue;
        const label = document.createElement("label");
        label.className = "choice";
        const input = Object.assign(document.createElement("input"), { type: several ? "checkbox" : "radio", name, value });
        const words = document.createElement("span");
        words.textContent = names?.[`${name}=${value}`] || "выбранное раньше";
        label.append(input, words);
        box.querySelector(".search-line__chosen").append(label);
      }
    }
  }
  window.choosers = { named, bringBack };
})();

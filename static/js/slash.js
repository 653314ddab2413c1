/* «/» or «+» at the beginning of a word offers figures and typical paragraphs by their first letters; Enter puts the lit one
   in. The text is the combobox while the list is open, and a text again after it. Without this file the buttons under the
   text do the same. */
(function () {
  "use strict";
  if (!window.Quill) return;

  const ASKED = /(?:^|[\s(«„"–—-])([/+])((?:[^\s\d/+\uFFFC][^\n/+\uFFFC]{0,60})?)$/;
  const AT_MOST = 30;
  /* The case that a preposition asks of the figure after it. */
  const CASES = {
    prepositional: ["в", "во", "на", "о", "об", "при"],
    dative: ["по", "к", "ко"],
    instrumental: ["с", "со", "между", "над", "под", "перед"],
    genitive: ["из", "от", "до", "для", "без", "у", "около", "более", "менее", "свыше"],
  };

  /* -- What is there ------------------------------------------------------------------------------------------------ */
  const read = (id) => { try { return JSON.parse(document.getElementById(id)?.textContent || "null"); } catch { return null; } };
  let paragraphs = read("stock-paragraphs");
  const fold = (text) => text.toLowerCase().replaceAll("ё", "е");
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  function fits(title, asked) {
    const known = words(title);
    return asked.every((word) => known.some((one) => one.startsWith(word)));
  }
  function everything() {
    const own = window.texts.known().map((one) => ({ title: one.name, note: one.words, text: `[[${one.name}]]` }));
    const offers = read("figure-offers") || { figures: [] };
    const others = offers.figures.map((one) => ({
      title: one.name, note: one.is_usual ? "обычный показатель" : "показатель портала", text: `[[${one.name}]]`,
      after: (before) => addFigure(offers.url, one.name, before),
    }));
    const texts = (paragraphs || []).map((one) => ({ title: one.title, note: "типовой абзац", text: one.text, after: () => put(one) }));
    const usual = offers.figures.filter((one) => one.is_usual).length;
    return [...own, ...others.slice(0, usual), ...texts, ...others.slice(usual)];
  }
  function addFigure(url, name, before) {
    const said = before.match(/([\p{L}]+)\s+$/u)?.[1].toLowerCase() || "";
    const [known] = Object.entries(CASES).find(([, all]) => all.includes(said)) || ["nominative"];
    window.htmx.ajax("POST", url, { target: "#figures", swap: "innerHTML", values: { name, case: known } });
  }

  /* -- Typical paragraphs ------------------------------------------------------------------------------------------- */
  async function send(url, fields) {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.set("csrfmiddlewaretoken", window.portal.token() || document.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "X-Page-Of": document.body.dataset.person || "" } });
      const text = await answer.text();
      if (answer.redirected) return window.portal.say(window.portal.REFUSALS[401], "error");
      if (answer.headers.get("content-type")?.includes("json") && answer.status < 500) {
        const said = JSON.parse(text);
        if (answer.ok) return said;
        return window.portal.say(said.words, "error");
      }
      return window.portal.say(window.portal.wordsOf(text) || window.portal.REFUSALS[answer.status] || "На портале произошла ошибка. Повторите через минуту.", "error");
    } catch {
      return window.portal.say("Нет связи с порталом. Повторите, когда она появится.", "error");
    }
  }
  /* Its text stands there at once; its figures are counted as soon as the portal has them. */
  async function put(one) {
    const slot = document.querySelector("[data-figures]");
    if (await send(one.url, {}) && one.text.includes("[[") && slot) {
      window.htmx.ajax("GET", slot.getAttribute("hx-get"), { target: slot, swap: "innerHTML" });
    }
  }
  async function keep(text) {
    const place = document.querySelector("[data-keep-paragraph]");
    const said = await send(place.dataset.keepParagraph, { text });
    if (!said) return;
    if (!paragraphs.some((one) => one.url === said.paragraph.url)) paragraphs = [...paragraphs, said.paragraph];
    window.portal.say(said.words, "success");
  }
  window.paragraphs = { known: () => paragraphs, put, keep };

  /* -- The list under the caret -------------------------------------------------------------------------------------- */
  let open = null; /* {quill, box, from, options, lit} */
  let made = 0;

  function look(quill) {
    const range = quill.getSelection();
    if (!range || range.length) return close();
    const before = quill.getContents(0, range.index).ops.map(({ insert }) => typeof insert === "string" ? insert : "\uFFFC").join("");
    const found = before.match(ASKED);
    if (!found) return close();
    const asked = words(found[2]);
    const options = everything().filter((one) => fits(one.title, asked)).slice(0, AT_MOST);
    if (!options.length) return close();
    show(quill, { before, from: range.index - found[1].length - found[2].length, to: range.index, options, lit: 0 });
  }
  function show(quill, what) {
    if (open && open.quill !== quill) close();
    const box = open?.box || listIn(quill);
    open = { quill, box, ...what };
    box.replaceChildren(...what.options.map((one, place) => {
      const row = document.createElement("div");
      row.className = "slash__option";
      row.id = `${box.id}-${place}`;
      row.setAttribute("role", "option");
      const note = document.createElement("small");
      note.textContent = one.note;
      row.append(one.title, " ", note);
      row.addEventListener("click", () => take(place));
      return row;
    }));
    const at = quill.getBounds(what.from);
    box.style.setProperty("top", `${at.bottom + 4}px`);
    box.style.setProperty("left", `${Math.max(0, Math.min(at.left, quill.container.clientWidth - box.offsetWidth))}px`);
    light(0);
    said(quill, `Найдено: ${what.options.length}. Стрелки выбирают, Enter вставляет.`);
  }
  function listIn(quill) {
    const box = document.createElement("div");
    made += 1;
    Object.assign(box, { className: "slash", id: `slash-${made}` });
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", "Показатели и типовые абзацы");
    /* The caret stays in the text. */
    box.addEventListener("pointerdown", (event) => event.preventDefault());
    box.addEventListener("mousedown", (event) => event.preventDefault());
    quill.container.append(box);
    quill.root.removeAttribute("aria-multiline");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": box.id, "aria-autocomplete": "list", "aria-haspopup": "listbox" })) {
      quill.root.setAttribute(name, value);
    }
    return box;
  }
  function light(place) {
    open.lit = place;
    [...open.box.children].forEach((row, one) => row.setAttribute("aria-selected", String(one === place)));
    open.quill.root.setAttribute("aria-activedescendant", open.box.children[place].id);
    const row = open.box.children[place];
    if (row.offsetTop < open.box.scrollTop) open.box.scrollTop = row.offsetTop;
    if (row.offsetTop + row.offsetHeight > open.box.scrollTop + open.box.clientHeight) open.box.scrollTop = row.offsetTop + row.offsetHeight - open.box.clientHeight;
  }
  function close() {
    if (!open) return;
    const { root } = open.quill;
    for (const name of ["aria-expanded", "aria-controls", "aria-autocomplete", "aria-haspopup", "aria-activedescendant"]) root.removeAttribute(name);
    root.setAttribute("role", "textbox");
    root.setAttribute("aria-multiline", "true");
    said(open.quill, "");
    open.box.remove();
    open = null;
  }
  function said(quill, text) {
    let place = quill.container.querySelector("[data-slash-said]");
    if (!place) {
      place = Object.assign(document.createElement("p"), { className: "visually-hidden" });
      place.setAttribute("role", "status");
      place.dataset.slashSaid = "";
      quill.container.append(place);
    }
    place.textContent = text;
  }
  function take(place) {
    const { quill, from, to, before, options } = open;
    const option = options[place];
    close();
    const text = window.texts.deltaOf(option.text);
    quill.history.cutoff();
    quill.updateContents(new window.texts.Delta().retain(from).delete(to - from).concat(text), "user");
    quill.history.cutoff();
    quill.setSelection(from + text.length(), 0, "silent");
    option.after?.(before.slice(0, from));
  }

  document.addEventListener("text-dressed", (event) => {
    const { quill } = event.detail;
    quill.on("text-change", (_change, _before, source) => { if (source === "user") look(quill); });
    quill.on("selection-change", (range, _before, source) => {
      if (open?.quill === quill && source === "user" && (!range || range.index !== open.to)) close();
    });
    quill.root.addEventListener("blur", close);
    quill.root.addEventListener("keydown", (pressed) => {
      if (open?.quill !== quill || pressed.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[pressed.key];
      if (step) light((open.lit + step + open.options.length) % open.options.length);
      else if (pressed.key === "Enter") take(open.lit);
      else if (pressed.key === "Escape") close();
      else return;
      pressed.preventDefault();
      pressed.stopImmediatePropagation();
    }, true);
  });
})();

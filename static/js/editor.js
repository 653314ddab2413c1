/* Figures as chips inside a text. A [data-editor] textarea stays the form's field: whatever is typed is copied into it at
   once, each chip as its token [[название]]. Without this file people edit the textarea itself.
   Quill keeps caret, undo and phones' keyboards right; nothing of its formatting is let in. */
(function () {
  "use strict";
  if (!window.Quill) return;

  const TOKEN = /\[\[([^[\]\n]{1,150})\]\]/g;
  const CASES = [
    ["nominative", "кто? что?"],
    ["genitive", "кого? чего?"],
    ["dative", "кому? чему?"],
    ["accusative", "кого? что?"],
    ["instrumental", "кем? чем?"],
    ["prepositional", "о ком? о чём?"],
  ];
  const HINT = "Наберите косую черту и первые буквы, чтобы вставить показатель или типовой абзац. Показатель в тексте ведёт себя как одна буква. Действия с ним: поставьте курсор рядом и нажмите Alt и стрелку вниз.";
  const Delta = window.Quill.import("delta");
  const Embed = window.Quill.import("blots/embed");
  const Clipboard = window.Quill.import("modules/clipboard");
  const editors = new Map(); /* by the textarea */
  let last = null; /* the field that was written in last */

  /* -- What the figures are now -------------------------------------------------------------------------- */
  let figures = null; /* name → {words, case, forms, case_url, list_url}; null: nobody has said yet */
  let told = "";
  let wanting = null; /* the field whose «Другой показатель» was pressed: it gets the one that is made next */
  function readFigures() {
    const data = document.getElementById("figure-values");
    if (!data || data.textContent === told) return;
    /* The pages beside the text show the figures too. */
    if (told) document.body.dispatchEvent(new CustomEvent("saved"));
    told = data.textContent;
    const known = figures || new Map();
    figures = new Map(JSON.parse(told).map((figure) => [figure.name, figure]));
    for (const chip of document.querySelectorAll(".chip[data-name]")) show(chip);
    const made = [...figures.keys()].find((name) => !known.has(name));
    if (wanting && made) insert(`[[${made}]]`, wanting);
    wanting = null;
    menu?.refill?.();
  }
  function show(chip) {
    const name = chip.dataset.name.trim();
    const figure = figures?.get(name);
    const words = chip.querySelector(".chip__words") || chip;
    words.textContent = figure ? figure.words : name;
    chip.classList.toggle("chip--unknown", figures !== null && !figure);
    chip.title = figures && !figure ? `Показателя «${name}» среди показателей нет: уберите его или добавьте` : name;
  }

  /* -- The chip and the plain clipboard --------------------------------------------------------------------- */
  class Figure extends Embed {
    static create(name) {
      const node = super.create();
      const words = document.createElement("span");
      words.className = "chip__words";
      node.dataset.name = name;
      node.append(words);
      show(node);
      return node;
    }
    static value(node) { return node.dataset.name; }
  }
  Figure.blotName = "figure";
  Figure.tagName = "SPAN";
  Figure.className = "chip";

  class Plain extends Clipboard {
    onCaptureCopy(event, isCut = false) {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const [range] = this.quill.selection.getRange();
      if (!range) return;
      event.clipboardData.setData("text/plain", textOf(this.quill.getContents(range)));
      if (isCut) this.quill.deleteText(range, "user");
    }
    async onCapturePaste(event) {
      event.preventDefault();
      if (!this.quill.isEnabled()) return;
      const [field] = [...editors].find(([, quill]) => quill === this.quill);
      const text = await window.portal.pasted(field, event.clipboardData);
      if (text !== null) putPasted(this.quill, text);
    }
  }
  window.Quill.register({ "formats/figure": Figure, "modules/clipboard": Plain }, true);

  function deltaOf(text) {
    const delta = new Delta();
    let from = 0;
    for (const found of text.matchAll(TOKEN)) {
      delta.insert(text.slice(from, found.index)).insert({ figure: found[1] });
      from = found.index + found[0].length;
    }
    return delta.insert(text.slice(from));
  }
  function textOf(delta) {
    return delta.ops.map(({ insert }) => typeof insert === "string" ? insert : `[[${insert.figure}]]`).join("");
  }
  function putText(quill, text) {
    const range = quill.getSelection(true);
    const put = deltaOf(text.replace(/\r\n?/g, "\n"));
    quill.history.cutoff();
    quill.updateContents(new Delta().retain(range.index).delete(range.length).concat(put), "user");
    quill.history.cutoff();
    quill.setSelection(range.index + put.length(), 0, "silent");
    quill.scrollSelectionIntoView();
  }
  function putPasted(quill, text) {
    const { index, length } = quill.getSelection(true);
    const whole = quill.getContents();
    const after = textOf(whole.slice(index + length)).slice(0, -1);
    putText(quill, window.portal.onLinesOfItsOwn(text, textOf(whole.slice(0, index)), after));
  }

  /* -- One field ---------------------------------------------------------------------------------------------- */
  function dress(field) {
    if (editors.has(field)) return;
    const box = document.createElement("div");
    box.className = "text-field";
    field.after(box);
    const quill = new window.Quill(box, { formats: ["figure"], modules: { history: { userOnly: true }, keyboard: { bindings: KEYS }, uploader: { mimetypes: [], handler() {} } } });
    editors.set(field, quill);
    quill.setContents(deltaOf(field.value).insert("\n"), "silent");
    quill.history.clear();
    takePlace(field, quill.root);
    box.after(tools(field));
    quill.on("text-change", (change, _before, source) => {
      if (source === "user" && JSON.stringify(change.ops).includes("]")) makeChips(quill);
      copy(field, quill);
    });
    quill.root.addEventListener("focus", () => {
      last = field;
      quill.entered = true;
    });
    document.dispatchEvent(new CustomEvent("text-dressed", { detail: { field, quill } }));
  }
  const KEYS = {
    bold: null, italic: null, underline: null, indent: null, outdent: null, tab: null, "remove tab": null,
    actions: { key: "ArrowDown", altKey: true, handler(range) { return !openBeside(this.quill, range); } },
  };

  /* The field's own name, help and errors speak of what stands in its place. */
  function takePlace(field, root) {
    const { id } = field;
    const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    field.id = `${id}-plain`;
    field.hidden = true;
    root.id = id;
    root.setAttribute("role", "textbox");
    root.setAttribute("aria-multiline", "true");
    root.setAttribute("aria-description", HINT);
    root.setAttribute("lang", "ru");
    root.dataset.rows = field.rows;
    for (const name of ["aria-describedby", "aria-invalid"]) if (field.hasAttribute(name)) root.setAttribute(name, field.getAttribute(name));
    if (field.required) root.setAttribute("aria-required", "true");
    if (!label) return;
    label.id ||= `${id}-label`;
    root.setAttribute("aria-labelledby", label.id);
  }
  function copy(field, quill) {
    const text = textOf(quill.getContents()).slice(0, -1); /* Quill ends every text with a line feed of its own */
    if (text === field.value) return;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  /* A token typed by hand becomes a chip as soon as it is closed. */
  function makeChips(quill) {
    let index = 0;
    for (const { insert } of quill.getContents().ops) {
      if (typeof insert !== "string") { index += 1; continue; }
      const [found] = insert.matchAll(TOKEN);
      if (found) {
        const change = new Delta().retain(index + found.index).insert({ figure: found[1] }).delete(found[0].length);
        quill.updateContents(change, "user");
        return;
      }
      index += insert.length;
    }
  }

  /* -- Inserting at the caret of the field that was written in last -------------------------------------------- */
  function insert(token, field) {
    const quill = editors.get(field);
    if (!quill) return insertPlain(token, field);
    const end = { index: quill.getLength() - 1, length: 0 };
    const range = quill.entered ? quill.selection.savedRange : end; /* a field never entered gets it at its end */
    const before = range.index ? textOf(quill.getContents(range.index - 1, 1)) : "";
    const after = textOf(quill.getContents(range.index + range.length, 1));
    quill.focus({ preventScroll: true });
    quill.setSelection(range.index, range.length, "silent");
    putText(quill, `${/[\p{L}\p{N}.,;:!?»\]]$/u.test(before) ? " " : ""}${token}${/^[\p{L}\p{N}«([]/u.test(after) ? " " : ""}`);
  }
  function insertPlain(token, field) {
    field.setRangeText(token, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /* -- What can be done with a chip ------------------------------------------------------------------------------ */
  let menu = null;
  function openMenu(chip) {
    closeMenu();
    const field = [...editors.keys()].find((one) => editors.get(one).root.contains(chip));
    const figure = figures?.get(chip.dataset.name.trim());
    const acts = [...caseButtons(figure), ...listLink(figure), button("Убрать из текста", () => remove(field, chip))];
    showMenu(field, chip, `Показатель «${chip.dataset.name.trim()}»`, figure ? figure.name : chip.title, acts);
  }
  function showMenu(field, beside, label, title, acts) {
    menu = document.createElement("div");
    menu.className = "chip-menu";
    menu.setAttribute("role", "dialog");
    menu.setAttribute("aria-label", label);
    menu.dataset.field = field.name;
    const head = document.createElement("p");
    head.textContent = title;
    menu.append(head, ...acts);
    editors.get(field).container.append(menu);
    place(beside);
    menu.querySelector("button, a")?.focus({ preventScroll: true });
    menu.scrollIntoView({ block: "nearest" });
  }
  /* Under the field: figures and typical paragraphs for the mouse, and a paragraph that is worth keeping. */
  function tools(field) {
    const bar = document.createElement("div");
    bar.className = "text-field__tools";
    bar.append(inserter(field));
    if (window.paragraphs?.known()) {
      bar.append(tool(field, "Типовой абзац", (made) => offerParagraphs(field, made)));
      bar.append(tool(field, "Запомнить абзац", () => window.paragraphs.keep(paragraphOf(field))));
    }
    const hint = document.createElement("span");
    hint.className = "muted small";
    hint.textContent = "Быстрее: / и первые буквы, Enter";
    bar.append(hint);
    return bar;
  }
  function tool(field, words, act) {
    const made = button(words, () => act(made));
    made.className = "text-field__insert";
    const label = editors.get(field).root.getAttribute("aria-labelledby");
    if (label) made.setAttribute("aria-describedby", label);
    return made;
  }
  function offerParagraphs(field, made) {
    const known = window.paragraphs.known().map((one) => withNote(button(one.title, () => {
      closeMenu();
      window.paragraphs.put(one);
      insert(one.text, field);
    }), ""));
    if (known.length) showMenu(field, made, "Типовой абзац", "Что вставить", known);
    else window.portal.say("Типовых абзацев для такого мероприятия пока нет. Запомните первый: «Запомнить абзац».", "warning");
  }
  /* The line of the caret, else the whole text. */
  function paragraphOf(field) {
    const quill = editors.get(field);
    const text = textOf(quill.getContents());
    const range = quill.entered ? quill.selection.savedRange : null;
    if (!range) return text;
    const before = textOf(quill.getContents(0, range.index)).length;
    const from = text.lastIndexOf("\n", before - 1) + 1;
    return text.slice(from, text.indexOf("\n", before));
  }
  /* «Вставить показатель» under the field: those that the text has already, or another from the panel of figures. */
  function inserter(field) {
    return tool(field, "Вставить показатель", (made) => offer(field, made));
  }
  function offer(field, made) {
    closeMenu();
    if (figures === null && slot()) return waitForFigures(field, made);
    const known = [...(figures || new Map()).values()].map((figure) => withNote(button(figure.name, () => {
      closeMenu();
      last = field;
      insert(`[[${figure.name}]]`, field);
    }), figure.words));
    const title = known.length ? "Что вставить" : "Показателей у этого письма пока нет";
    const more = panel() ? [button("Другой показатель…", () => another(field))] : [];
    if (known.length || more.length) showMenu(field, made, "Вставить показатель", title, [...known, ...more]);
    else window.portal.say(title, "warning");
  }
  /* Nobody has said yet what figures there are: the menu says so and fills itself when the panel has come. */
  function waitForFigures(field, made) {
    showMenu(field, made, "Вставить показатель", "Показатели загружаются…", []);
    menu.refill = () => offer(field, made);
    if (slot().dataset.failed) window.htmx.ajax("GET", slot().getAttribute("hx-get"), { target: slot(), swap: "innerHTML" });
    delete slot().dataset.failed;
  }
  const slot = () => document.querySelector("[data-figures]");
  const panel = () => document.querySelector("[data-figures]:not([hidden]) details");
  function another(field) {
    closeMenu();
    wanting = last = field;
    panel().open = true;
    panel().scrollIntoView({ block: "nearest" });
    panel().querySelector("input, select")?.focus();
  }
  function withNote(made, note) {
    const words = document.createElement("small");
    words.textContent = note;
    made.append(" ", words);
    return made;
  }
  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "chip-menu__act";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }
  function caseButtons(figure) {
    if (!figure?.forms || !figure.case_url) return [];
    return CASES.filter(([code]) => figure.forms[code]).map(([code, question]) => {
      const made = withNote(button(figure.forms[code], () => changeCase(figure, code)), question);
      made.setAttribute("aria-pressed", String(code === figure.case));
      return made;
    });
  }
  function listLink(figure) {
    if (!figure?.list_url) return [];
    const link = document.createElement("a");
    link.href = figure.list_url;
    link.target = "_blank";
    link.rel = "noopener";
    link.className = "chip-menu__act";
    link.textContent = "Показать список";
    return [link];
  }
  function place(beside) {
    const box = menu.parentNode.getBoundingClientRect();
    const at = beside.getBoundingClientRect();
    menu.style.top = `${at.bottom - box.top + 4}px`;
    menu.style.left = `${Math.max(0, Math.min(at.left - box.left, box.width - menu.offsetWidth))}px`;
  }
  function closeMenu(back) {
    if (!menu) return;
    const quill = editors.get(document.getElementsByName(menu.dataset.field)[0]);
    menu.remove();
    menu = null;
    if (back) quill.focus();
  }
  function remove(field, chip) {
    const quill = editors.get(field);
    const index = quill.getIndex(window.Quill.find(chip));
    closeMenu();
    quill.history.cutoff();
    quill.deleteText(index, 1, "user");
    quill.setSelection(index, 0);
    quill.focus();
  }
  /* The slot of figures answers with itself, so that buttons, chips and pages follow. */
  function changeCase(figure, code) {
    closeMenu(true);
    window.htmx.ajax("POST", figure.case_url, { target: "#figures", swap: "innerHTML", values: { case: code } });
  }
  function openBeside(quill, range) {
    for (const index of [range.index, range.index - 1]) {
      const [leaf] = index >= 0 ? quill.getLeaf(index + 1) : [];
      if (leaf instanceof Figure) return openMenu(leaf.domNode), true;
    }
    return false;
  }

  /* -- Listening ---------------------------------------------------------------------------------------------------- */
  const target = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  document.addEventListener("click", (event) => {
    const label = target(event, "label[for]");
    const named = label && document.getElementById(label.htmlFor);
    if (named?.matches(".ql-editor")) named.focus();
    const chip = target(event, ".text-field .chip");
    if (chip) return openMenu(chip);
    if (menu && !menu.contains(event.target) && !target(event, ".text-field__insert")) closeMenu();
    const figure = target(event, "[data-insert]");
    if (!figure) return;
    const into = document.getElementById(figure.dataset.insertInto);
    const field = [...editors.keys()].find((one) => editors.get(one).root === into) || into || last;
    if (field) insert(figure.dataset.insert, field);
    else window.portal.say("Поставьте курсор в текст, куда вставить показатель, и нажмите ещё раз.", "warning");
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenu(true); });
  /* A browser shows the caret of a field that the keyboard has reached; the buttons below may hide the rest. */
  document.addEventListener("keyup", (event) => { if (event.key === "Tab") target(event, ".ql-editor")?.scrollIntoView({ block: "nearest" }); });
  document.addEventListener("focusin", (event) => {
    if (target(event, "textarea")) last = event.target;
    if (menu && !menu.contains(event.target)) closeMenu();
  });
  /* Dropped text is plain as pasted text is; nothing is dragged out of its place by a slip of the mouse. */
  document.addEventListener("dragstart", (event) => { if (target(event, ".text-field")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    const field = [...editors.keys()].find((one) => editors.get(one).root.contains(event.target));
    if (!field) return;
    event.preventDefault();
    window.portal.pasted(field, event.dataTransfer).then((text) => text === null || putPasted(editors.get(field), text));
  }, true);

  function dressAll() {
    for (const field of document.querySelectorAll("textarea[data-editor]")) dress(field);
    readFigures();
  }
  document.addEventListener("row-added", dressAll);
  document.addEventListener("refilled", () => {
    for (const [field, quill] of editors) {
      if (textOf(quill.getContents()).slice(0, -1) !== field.value) quill.setContents(deltaOf(field.value).insert("\n"), "silent");
    }
  });
  document.addEventListener("htmx:after:swap", dressAll);
  document.addEventListener("htmx:error", (event) => {
    if (event.target !== slot()) return;
    event.target.dataset.failed = "yes";
    closeMenu();
  });
  window.texts = { known: () => [...(figures || new Map()).values()], deltaOf, Delta };
  dressAll();
})();

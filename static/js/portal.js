/* What pages need beyond HTML and htmx. Everything hangs on data- attributes and works on fragments that arrive later;
   without this file every page still does its work. */
(function () {
  "use strict";

  const REFUSALS = {
    400: "Данные пришли в неверном виде. Ничего не изменено.",
    401: "Нужно войти заново. Откройте портал в новой вкладке, войдите и повторите.",
    403: "Это действие вам недоступно, или страница устарела. Обновите страницу.",
    404: "Этого больше нет, или оно закрыто для вас.",
    409: "Сейчас это невозможно: состояние изменилось. Обновите страницу.",
    413: "Слишком большой файл или текст.",
    429: "Слишком много попыток. Подождите минуту.",
  };
  const BROKEN = "На портале произошла ошибка. Повторите через минуту.";
  const OFFLINE = "Нет связи с порталом. Повторите, когда она появится.";

  const on = (name, handler) => document.addEventListener(name, handler);
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

  /* -- Words in the notices region ------------------------------------------------------------------ */
  function say(text, tone) {
    const notice = document.createElement("div");
    notice.className = `notice notice--${tone}`;
    const words = document.createElement("p");
    words.textContent = text;
    notice.append(words);
    const region = document.getElementById("notices");
    region.replaceChildren(notice);
    notice.scrollIntoView({ block: "nearest" });
  }

  function wordsOf(html) {
    const page = new DOMParser().parseFromString(html || "", "text/html");
    return page.querySelector("[data-refusal]")?.textContent.trim();
  }

  /* -- htmx: refusals in words, log-in as a whole page, our own question --------------------------------- */
  on("htmx:response:error", (event) => {
    const { status } = event.detail.ctx.response;
    if (status === 422) return;
    say(wordsOf(event.detail.ctx.text) || REFUSALS[status] || BROKEN, "error");
  });
  on("htmx:error", (event) => {
    if (!event.detail.ctx) return;
    if (!closest(event, "[data-preview]")) say(OFFLINE, "error");
  });
  on("htmx:after:request", (event) => {
    const { raw } = event.detail.ctx.response;
    const login = document.body.dataset.login;
    if (!raw.redirected || !login || new URL(raw.url).pathname !== login) return;
    event.preventDefault();
    /* What was sent by hand stays on the page; what the page asked by itself leads to the log-in, unless somebody writes or
       has just sent what they wrote. */
    const written = document.querySelector("form[data-dirty], form[data-typed], form[data-sent]");
    if (event.detail.ctx.request.method === "GET" && !written) location.reload();
    say(REFUSALS[401], "error");
  });
  /* Logging in again in another tab changes the token; the cookie always has the present one. Whoever takes it says for
     whom the page was drawn: when somebody else has logged in there, the portal refuses what this page sends. */
  const { person } = document.body.dataset;
  const token = () => document.cookie.match(/(?:^|; )(?:__Host-csrf|csrftoken)=([^;]+)/)?.[1];
  on("htmx:config:request", (event) => {
    if (token()) event.detail.ctx.request.headers["X-CSRFToken"] = token();
    if (person) event.detail.ctx.request.headers["X-Page-Of"] = person;
  });
  on("htmx:confirm", (event) => {
    const question = event.detail.ctx.confirm;
    if (!question) return;
    event.preventDefault();
    ask(question, event.target.dataset.confirmLabel).then((yes) => yes ? event.detail.issueRequest() : event.detail.dropRequest());
  });

  /* -- Ask before a step that cannot be taken back ---------------------------------------------------------- */
  function ask(question, label) {
    const dialog = document.getElementById("confirm-dialog");
    dialog.querySelector("#confirm-text").textContent = question;
    dialog.querySelector("[data-confirm-yes]").textContent = label || "Продолжить";
    dialog.returnValue = "no";
    dialog.showModal();
    return new Promise((answer) => dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true }));
  }

  /* -- One press, one request; a refused button does nothing -------------------------------------------------- */
  on("click", (event) => {
    if (closest(event, "[aria-disabled='true']")) event.preventDefault();
  });
  on("input", (event) => {
    const { form } = event.target;
    if (form?.method === "post") form.dataset.typed = "yes";
  });
  on("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.confirm && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(form.dataset.confirm, form.dataset.confirmLabel).then((yes) => yes && confirmed(form, event.submitter));
      return;
    }
    if (form.method !== "post" || event.defaultPrevented) return; /* htmx sends it by itself */
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    delete form.dataset.dirty;
    const field = form.elements.csrfmiddlewaretoken;
    if (field && token()) field.value = token();
    if (field && person) sayWhose(form);
    event.submitter?.setAttribute("aria-busy", "true");
  });
  function sayWhose(form) {
    const said = form.elements.page_of || form.appendChild(document.createElement("input"));
    Object.assign(said, { type: "hidden", name: "page_of", value: person });
  }
  function confirmed(form, submitter) {
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
  }
  window.addEventListener("pageshow", () => {
    /* The page came back from the browser's memory: its buttons work again. */
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      delete form.dataset.confirmed;
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-dirty]")) event.preventDefault();
  });
  on("htmx:after:swap", () => dress(document));

  /* -- Rows of a formset ---------------------------------------------------------------------------------------- */
  on("click", (event) => {
    const button = closest(event, "[data-add-row]");
    if (button) addRow(button.closest("[data-formset]"));
  });
  function addRow(formset) {
    const total = formset.querySelector(`[name="${formset.dataset.formset}-TOTAL_FORMS"]`);
    const blank = formset.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    const rows = formset.querySelector("[data-rows]");
    rows.insertAdjacentHTML("beforeend", blank);
    total.value = Number(total.value) + 1;
    const row = rows.lastElementChild;
    window.htmx?.process(row);
    document.dispatchEvent(new CustomEvent("row-added"));
    row.querySelector(".ql-editor, input:not([type=hidden], [type=checkbox]), select, textarea:not([hidden])")?.focus();
  }
  on("change", (event) => {
    const box = closest(event, ".rows__remove input");
    if (box) box.closest(".rows__row").classList.toggle("rows__row--removed", box.checked);
  });

  /* -- Terms, debtors and what counts as done are asked of decisions only; what to amend, of an assignment --- */
  function fit(kind) {
    const row = kind.closest("li");
    const isDecision = kind.value === "decision";
    const ofAssignment = isDecision && row.querySelector("[data-asks]").value === "assignment";
    for (const part of row.querySelectorAll("[data-of-decision]")) part.hidden = !isDecision;
    for (const part of row.querySelectorAll("[data-of-assignment]")) part.hidden = !ofAssignment;
  }
  on("change", (event) => {
    const chosen = closest(event, "[data-kind-of-decision], [data-asks]");
    if (chosen) fit(chosen.closest("li").querySelector("[data-kind-of-decision]"));
  });
  on("refilled", () => document.querySelectorAll("[data-rows] [data-kind-of-decision]").forEach(fit));

  /* -- Small acts: copy, print, fill the demo's log-in ------------------------------------------- */
  on("click", (event) => {
    const copy = closest(event, "[data-copy]");
    if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => say("Скопировано.", "success"));
    if (closest(event, "[data-print]")) window.print();
    const account = closest(event, "[data-fill-login]");
    if (account) fillLogin(account.dataset);
  });
  function fillLogin(account) {
    document.querySelector("[name=login]").value = account.fillLogin;
    document.querySelector("[name=password]").value = account.fillPassword;
    document.querySelector("main form button[type=submit]").focus();
  }

  /* -- Menus close by Escape and by a click beside them --------------------------------------------------------------- */
  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector(":is(.menu, .drop)[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  on("click", (event) => {
    for (const menu of document.querySelectorAll(":is(.menu, .drop)[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  /* The key of «/» and «?» writes «.» and «,» in the Russian layout: it does the same in both. */
  const isSlash = (event, key, shift) => event.key === key || (event.code === "Slash" && event.shiftKey === shift);
  on("keydown", (event) => {
    if (!isSlash(event, "/", false) || event.ctrlKey || event.metaKey || closest(event, "input, textarea, select, [contenteditable]")) return;
    const search = document.querySelector("main input[type=search]:not([data-search-line] input)");
    if (!search) return;
    event.preventDefault();
    search.focus();
  });

  /* -- «?» tells the keys -------------------------------------------------------------------------------------------- */
  on("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || closest(event, "input, textarea, select, dialog, [contenteditable]");
    if (!isSlash(event, "?", true) || busy || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    document.getElementById("keys-dialog").showModal();
  });

  /* -- All rows of a page are ticked by the tick in the heading --------------------------------------------------------- */
  on("change", (event) => {
    const all = closest(event, "[data-tick-all]");
    if (all) for (const box of all.closest("table").querySelectorAll("tbody .tick-cell input")) box.checked = all.checked;
  });

  /* -- Rows of a list by keys: j and k or the arrows go through them, Enter opens the one that is lit ------------------- */
  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, о: 1, л: -1 };
  on("keydown", (event) => {
    const rows = [...document.querySelectorAll("[data-rows-by-keys] > tbody > tr:not(.data-table__group)")];
    const step = STEPS[event.key];
    if (!step || !rows.length || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (closest(event, "input, textarea, select, summary, dialog, [contenteditable]")) return;
    const now = rows.findIndex((row) => row.classList.contains("is-under-keys"));
    /* Arrows scroll the page until somebody has begun to walk. */
    if (now < 0 && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const row = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
    rows[now]?.classList.remove("is-under-keys");
    row.classList.add("is-under-keys");
    (row.querySelector("th a, a") || row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  });

  /* -- One key for an act of the page: data-key="g п" in both layouts; what is typed in a field stays text ------------------ */
  on("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (closest(event, "input, textarea, select, summary, dialog, [contenteditable]")) return;
    const keys = [...document.querySelectorAll("[data-key]")];
    const act = keys.find((one) => one.dataset.key.split(" ").includes(event.key.toLowerCase()));
    if (!act) return;
    event.preventDefault();
    act.click();
  });

  /* -- A table that CSS turns into blocks loses its meaning for screen readers; roles give it back ---------------------- */
  const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
  function dress(root) {
    for (const table of root.querySelectorAll(".data-table--stack")) {
      for (const part of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, td")]) part.setAttribute("role", ROLES[part.tagName]);
      for (const head of table.querySelectorAll("th")) head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
    }
    for (const button of root.querySelectorAll("[data-add-row]")) button.hidden = false;
  }
  /* -- A page that refuses what was typed begins at what is to be mended -------------------------------------------------- */
  function showWrong() {
    if (location.hash) return;
    const wrong = document.querySelector("main .ql-editor[aria-invalid=true], main :is(input, select, textarea)[aria-invalid=true]:not([hidden])");
    if (!wrong) return;
    wrong.focus({ preventScroll: true });
    (wrong.closest(".field") || wrong).scrollIntoView({ block: "center" });
  }
  on("DOMContentLoaded", showWrong);

  /* -- The picture of a page that did not come: words and the whole file in its place ------------------------------------ */
  function showLost(picture) {
    picture.hidden = true;
    picture.parentElement.querySelector(".letter-pages__lost").hidden = false;
  }
  document.addEventListener("error", (event) => {
    if (event.target.matches?.("img[data-page]")) showLost(event.target);
  }, true);
  for (const picture of document.querySelectorAll("img[data-page]")) {
    if (picture.complete && picture.currentSrc && !picture.naturalWidth) showLost(picture);
  }

  dress(document);
  window.portal = { say, token, ask, wordsOf, REFUSALS };
})();

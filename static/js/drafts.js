/* Drafts that save themselves: form[data-draft="name of the draft"]. What is not saved yet lies in this browser too, so that
   a lost connection, an ended session or a closed tab loses nothing. One save at a time: the server's answer replaces
   [data-saved] and brings the version that the next save must name. Without this file the form's button saves. */
(function () {
  "use strict";

  const QUIET_MS = 350, RETRY_MS = 5000, NEWS_MS = 10000, SLOW_MS = 3000, PATIENCE_MS = 20000;
  const NEVER_KEPT = new Set(["csrfmiddlewaretoken"]);
  const WORDS = {
    dirty: "Есть несохранённое",
    saving: "Сохраняем…",
    offline: "Не сохранено: нет связи. Текст остаётся на этой странице, портал повторит сам.",
    login: "Не сохранено: нужно войти заново. Войдите в новой вкладке, портал сохранит текст сам.",
    stranger: "Не сохранено: в портал вошёл другой человек. Текст остаётся здесь: войдите снова под своим именем, портал сохранит его сам.",
    broken: "Не сохранено: на портале ошибка. Текст остаётся на этой странице, портал повторит сам.",
  };

  const FOR_THE_PERSON = new Set(["conflict", "login", "stranger"]);

  class Draft {
    constructor(form) {
      this.form = form;
      this.key = `draft:${form.dataset.draft}`;
      this.typed = 0; /* counts inputs: what was typed during a save is saved next */
      form.addEventListener("input", (event) => { if (!isSearched(event.target)) this.changed(); });
      form.addEventListener("submit", (event) => this.submit(event));
      this.offer();
      if (form.dataset.draftNews) setInterval(() => this.askNews(), NEWS_MS);
    }

    get saved() { return this.form.querySelector("[data-saved]"); }
    get version() { return Number(this.form.elements.version.value); }
    get dirty() { return Boolean(this.form.dataset.dirty); }
    told() { return this.bar.hasChildNodes() ? this.bar : this.saved; }

    tell(state) {
      const place = this.saved.querySelector("[data-autosave]");
      place.textContent = WORDS[state];
      place.dataset.state = state === "dirty" || state === "saving" ? state : "failed";
      if (state === "login") place.append(" ", link("Войти", document.body.dataset.login, true));
      if (state === "stranger") place.append(" ", link("Войти под своим именем", document.body.dataset.relogin, true));
    }
    /* What a person must do or choose stands in a bar above the text, where they are writing; the rest, beside the buttons. */
    raise(state) {
      const { bar } = this;
      const place = this.saved.querySelector("[data-autosave]");
      if (!FOR_THE_PERSON.has(state)) return bar.replaceChildren();
      const words = document.createElement("p");
      words.append(...place.childNodes);
      place.textContent = "Не сохранено";
      if (bar.textContent === words.textContent) return;
      bar.replaceChildren(words);
      /* It pushes the text down: the field that is written in stays in sight, above the buttons. */
      if (this.form.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
    }
    get bar() { return this.form.querySelector("[data-draft-bar]"); }

    changed() {
      this.typed += 1;
      this.form.dataset.dirty = "yes";
      if (!this.sending && !this.form.dataset.conflict) this.tell("dirty");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => { this.remember(); this.save(); }, QUIET_MS);
    }

    /* -- Saving --------------------------------------------------------------------------------------------- */
    save() {
      clearTimeout(this.timer);
      this.sending ||= this.send().finally(() => { this.sending = null; });
      return this.sending;
    }
    async send() {
      const typed = this.typed;
      /* A save whose answer was lost may have arrived: the very same is sent first, so that the server can tell. */
      const body = this.lost || written(this.form);
      const again = body === this.lost;
      body.set("version", this.version);
      if (!this.form.dataset.conflict) this.tell("saving");
      const answer = await post(this.form.action, body);
      this.lost = answer.state === "offline" ? body : null;
      if (answer.html) this.saved.outerHTML = answer.html;
      else this.tell(answer.state);
      this.raise(answer.state);
      if (answer.state === "conflict") {
        this.form.dataset.conflict = "yes";
        if (typed === this.typed && answer.html) this.clean(); /* kept by the server, beside the saved text */
      }
      if (answer.state === "saved") {
        if (typed === this.typed && !again) this.clean();
        for (const field of document.querySelectorAll("[data-draft-version]")) field.value = this.version;
        document.body.dispatchEvent(new CustomEvent("saved"));
      }
      if (typed !== this.typed || again) this.timer = setTimeout(() => this.save(), QUIET_MS);
      else if (["offline", "login", "stranger", "broken"].includes(answer.state)) this.timer = setTimeout(() => this.save(), RETRY_MS);
      return answer.state;
    }
    clean() {
      delete this.form.dataset.dirty;
      this.forget();
    }

    /* The button saves first: where that fails, the page with the text stays. */
    async submit(event) {
      if (this.form.dataset.flushed) return;
      event.preventDefault();
      event.stopPropagation();
      const { submitter } = event;
      if (this.leaving) return;
      this.leaving = true;
      submitter?.setAttribute("aria-busy", "true");
      if (this.sending) await this.sending;
      const state = this.dirty ? await this.save() : this.form.dataset.conflict ? "conflict" : "saved";
      this.leaving = false;
      submitter?.removeAttribute("aria-busy");
      const compare = this.form.querySelector("a[data-compare]");
      if (state === "conflict" && compare) return this.leave(compare.href);
      if (state !== "saved" && state !== "invalid") return this.told().scrollIntoView({ block: "nearest" });
      this.form.dataset.flushed = "yes";
      /* Not within the submit event itself: a form ignores being submitted then. */
      setTimeout(() => this.form.requestSubmit(submitter));
    }
    leave(url) {
      this.clean();
      location.href = url;
    }

    /* -- This browser keeps what is not saved ---------------------------------------------------------------- */
    remember() {
      const fields = [...written(this.form)].filter(([name, value]) => !NEVER_KEPT.has(name) && typeof value === "string");
      const names = window.choosers?.named(this.form);
      try { localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), fields, names })); } catch { /* full or forbidden: the page still has it */ }
    }
    forget() { try { localStorage.removeItem(this.key); } catch { /* as above */ } }
    recall() { try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; } }

    offer() {
      const kept = this.recall();
      if (!kept) return;
      const now = JSON.stringify([...written(this.form)].filter(([name]) => !NEVER_KEPT.has(name)));
      if (now === JSON.stringify(kept.fields)) return this.dirty ? null : this.forget();
      const at = new Date(kept.at).toLocaleString("ru-RU", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
      const notice = this.notice(`В этом браузере остался текст, который не успел сохраниться (${at}).`);
      notice.append(
        act("Вернуть несохранённый текст", () => { notice.remove(); this.restore(kept.fields, kept.names); }),
        act("Удалить его", () => { notice.remove(); this.forget(); }),
      );
    }
    restore(fields, names) {
      for (const total of this.form.querySelectorAll("[name$='-TOTAL_FORMS']")) {
        const wanted = Number(new Map(fields).get(total.name) || 0);
        const add = total.closest("[data-formset]")?.querySelector("[data-add-row]");
        for (let rows = Number(total.value); add && rows < wanted; rows += 1) add.click();
      }
      const values = Map.groupBy ? Map.groupBy(fields, ([name]) => name) : grouped(fields);
      window.choosers?.bringBack(this.form, fields, names);
      for (const [name, value] of fields) if (ORDER.test(name)) inPlace(value);
      for (const field of this.form.elements) if (field.name && !NEVER_KEPT.has(field.name) && !ORDER.test(field.name)) put(field, values.get(field.name) || []);
      document.dispatchEvent(new CustomEvent("refilled"));
      this.changed();
    }
    notice(text) {
      const notice = document.createElement("div");
      notice.className = "notice notice--warning notice--acts";
      const words = document.createElement("p");
      words.textContent = text;
      notice.append(words);
      document.getElementById("notices").append(notice);
      return notice;
    }

    /* -- Somebody else saved --------------------------------------------------------------------------------- */
    async askNews() {
      if (document.hidden || this.sending || this.form.dataset.conflict) return;
      const version = this.version;
      const news = await fetch(this.form.dataset.draftNews, { headers: { Accept: "application/json" } })
        .then((answer) => answer.ok && !answer.redirected ? answer.json() : null).catch(() => null);
      if (!news || this.sending || version !== this.version || news.version <= version || this.newest === news.version) return;
      this.newest = news.version;
      this.news?.remove();
      this.news = this.notice(news.words);
      this.news.append(this.dirty ? "" : link("Показать новый текст", location.href));
    }
  }

  /* -- The wire: what became of a save, and the server's words ------------------------------------------------------ */
  async function post(url, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    /* Logging in again in another tab changes the token; the cookie has the present one. */
    if (window.portal.token()) body.set("csrfmiddlewaretoken", window.portal.token());
    const headers = { "HX-Request": "true", "X-Page-Of": document.body.dataset.person || "" };
    try {
      const answer = await fetch(url, { method: "POST", body, headers, signal: stop.signal });
      if (answer.redirected) return { state: "login" };
      /* Somebody else has logged in beside this page: it stays theirs for whom it was drawn. */
      if (answer.headers.has("X-Page-Of")) return { state: "stranger" };
      const html = await answer.text();
      const state = { 200: "saved", 409: "conflict", 422: "invalid" }[answer.status] || (answer.status === 403 ? "login" : "broken");
      return { state, html: html.includes("data-saved") ? html : "" };
    } catch {
      return { state: "offline" };
    } finally {
      clearTimeout(timer);
    }
  }

  /* What a person typed to find somebody is no part of the text. */
  const isSearched = (field) => field.matches("[data-search-line] input[type=search]");
  function written(form) {
    const body = new FormData(form);
    for (const line of form.querySelectorAll("[data-search-line] input[type=search]")) body.delete(line.name);
    return body;
  }
  const ORDER = /^\w+-order$/; /* the rows themselves are put in their order; each field goes on saying which row it is */
  function inPlace(row) {
    const moved = document.getElementById(row);
    moved?.parentElement.append(moved);
  }
  const grouped = (fields) => fields.reduce((map, pair) => map.set(pair[0], [...(map.get(pair[0]) || []), pair]), new Map());
  function put(field, pairs) {
    const values = pairs.map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (values.length) [field.value] = values;
  }
  function link(text, url, apart) {
    const made = document.createElement("a");
    made.href = url;
    made.textContent = text;
    if (apart) { made.target = "_blank"; made.rel = "noopener"; }
    return made;
  }
  function act(text, handler) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-link";
    made.textContent = text;
    made.addEventListener("click", handler);
    return made;
  }

  /* -- The pages beside the draft: [data-preview] with a [data-preview-state] ---------------------------------------- */
  let slow = null;
  const preview = (event) => event.target instanceof Element && event.target.matches("[data-preview]") ? document.querySelector("[data-preview-state]") : null;
  document.addEventListener("htmx:before:request", (event) => {
    const state = preview(event);
    if (!state) return;
    state.textContent = "обновляется…";
    clearTimeout(slow);
    slow = setTimeout(() => { state.textContent = "рисуется дольше обычного; показаны прежние страницы"; }, SLOW_MS);
  });
  const drawn = (event) => {
    const state = preview(event);
    clearTimeout(slow);
    if (state) state.textContent = event.type === "htmx:error" ? "не обновилось: нет связи; показаны прежние страницы" : "обновляется само";
  };
  for (const name of ["htmx:after:swap", "htmx:error"]) document.addEventListener(name, drawn);

  /* -- Acts beside the draft that write into it wait until what is typed is saved ------------------------------------- */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const [draft] = drafts;
    if (!("afterDraft" in form.dataset) || form.dataset.flushed || !draft) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const rest = draft.sending || Promise.resolve();
    rest.then(() => draft.dirty ? draft.save() : "saved").then((state) => {
      if (state !== "saved") return draft.told().scrollIntoView({ block: "nearest" });
      form.dataset.flushed = "yes";
      setTimeout(() => form.requestSubmit()); /* as above */
    });
  }, true);

  const drafts = [...document.querySelectorAll("form[data-draft]")].map((form) => new Draft(form));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyS" || !drafts.length) return;
    event.preventDefault();
    for (const draft of drafts) draft.save();
  });
  window.addEventListener("beforeunload", () => { for (const draft of drafts) if (draft.dirty) draft.remember(); });
})();

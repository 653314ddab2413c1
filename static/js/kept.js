/* What was typed into an ordinary form outlives a refusal, «Back» and a session that ended. Drafts keep themselves (drafts.js).
   Before a form is sent, the portal is asked who is logged in: where nobody is, or somebody else, the form stays as it is and
   the way to log in stands beside it. What was sent last lies in this tab until the next form is sent: a page to which one
   returns from a refusal, from the log-in or by «Back» shows it again, and its hidden key lets the form act once. */
(function () {
  "use strict";

  const KEY = "kept", NEVER_KEPT = /csrfmiddlewaretoken|password/i, PATIENCE_MS = 5000, LASTS_MS = 12 * 3600 * 1000;
  const FIELDS = "input:not([type=hidden]), textarea, select";
  const WORDS = {
    nobody: "Сеанс закончился, поэтому форма не отправлена. Всё введённое осталось здесь: войдите в новой вкладке, вернитесь и нажмите кнопку ещё раз.",
    other: "В портал вошёл другой человек, поэтому форма не отправлена. Всё введённое осталось здесь: войдите снова под своим именем и нажмите кнопку ещё раз.",
    gone: "Формы, которую вы отправляли, на этой странице больше нет. Вот что вы ввели:",
    back: "В форму возвращено то, что вы ввели раньше. Проверьте и отправьте.",
  };
  const { person, session, login, relogin } = document.body.dataset;

  /* -- Asked before it is sent ------------------------------------------------------------------------------ */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!person || !isOurs(form) || event.defaultPrevented || (form.dataset.confirm && !form.dataset.confirmed)) return;
    if (form.dataset.asked) {
      delete form.dataset.asked;
      return keep(form);
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.dataset.asking) return;
    form.dataset.asking = "yes";
    whoIsThere().then((there) => {
      delete form.dataset.asking;
      if (there !== null && there !== person) return refuse(form, there ? "other" : "nobody");
      form.querySelector("[data-beside]")?.remove();
      form.dataset.asked = "yes";
      form.requestSubmit(event.submitter);
    });
  });
  const isOurs = (form) => form.method === "post" && !form.dataset.draft && form.querySelector(FIELDS);

  /* Nothing where the portal does not say: the form is sent, and the portal answers it in words. */
  async function whoIsThere() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(session, { signal: stop.signal });
      return (await answer.json()).person;
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }
  function refuse(form, why) {
    delete form.dataset.confirmed;
    form.querySelector("[data-beside]")?.remove();
    const way = document.createElement("a");
    /* Who is logged in already would be led past the log-in. */
    Object.assign(way, { href: why === "other" ? relogin : login, target: "_blank", rel: "noopener", textContent: "Войти в новой вкладке" });
    const notice = told(WORDS[why], way);
    notice.dataset.beside = "";
    notice.setAttribute("role", "alert");
    form.append(notice);
    notice.scrollIntoView({ block: "nearest" });
  }
  function told(text, act) {
    const notice = document.createElement("div");
    notice.className = "notice notice--warning notice--acts";
    const words = document.createElement("p");
    words.textContent = text;
    notice.append(words, act);
    return notice;
  }

  /* -- Kept in this tab, given back to the same person ----------------------------------------------------------- */
  const place = () => location.pathname + location.search;
  const action = (form) => form.getAttribute("action") || "";
  const alike = (form) => [...document.forms].filter((other) => action(other) === action(form));
  function keep(form) {
    const fields = [...new FormData(form)].filter(([name, value]) => !NEVER_KEPT.test(name) && typeof value === "string");
    write({ person, place: place(), action: action(form), number: alike(form).indexOf(form), fields, at: Date.now(), state: "sent" });
  }
  const write = (kept) => { try { sessionStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* full or forbidden: the page still has it */ } };
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } };
  const forget = () => { try { sessionStorage.removeItem(KEY); } catch { /* as above */ } };

  function giveBack() {
    const kept = read();
    if (!kept || Date.now() - kept.at > LASTS_MS) return forget();
    /* The page that answered what was sent says whether it was taken. */
    const taken = person && !document.querySelector("[data-refusal-page]");
    if (kept.state === "sent") write({ ...kept, state: taken ? "taken" : "refused" });
    if (!taken || kept.person !== person || kept.place !== place()) return;
    const [navigation] = performance.getEntriesByType("navigation");
    if (kept.state !== "refused" && navigation?.type !== "back_forward") return;
    const form = [...document.forms].filter((other) => action(other) === kept.action)[kept.number];
    if (form && form.method === "post") fill(form, kept);
    else show(kept);
  }
  function fill(form, kept) {
    const values = new Map();
    for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) || []), value]);
    addRows(form, values);
    for (const field of form.elements) if (field.name && !NEVER_KEPT.test(field.name)) put(field, values.get(field.name) || []);
    for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    document.dispatchEvent(new CustomEvent("refilled"));
    if (kept.state !== "refused") return;
    const clear = document.createElement("button");
    Object.assign(clear, { type: "button", className: "btn btn-link", textContent: "Начать заново" });
    clear.addEventListener("click", () => { forget(); location.reload(); });
    document.getElementById("notices").append(told(WORDS.back, clear));
  }
  /* The form is gone from the page, since the state moved on: what was typed is there to be read and copied. */
  function show(kept) {
    const typed = kept.fields.map(([, value]) => value).filter((value) => /[а-яё]{2}/i.test(value));
    if (!typed.length) return;
    const list = document.createElement("div");
    for (const value of typed) {
      const words = document.createElement("p");
      words.className = "prose";
      words.textContent = value;
      list.append(words);
    }
    document.getElementById("notices").append(told(WORDS.gone, list));
  }
  function addRows(form, values) {
    for (const total of form.querySelectorAll("[name$='-TOTAL_FORMS']")) {
      const add = total.closest("[data-formset]")?.querySelector("[data-add-row]");
      for (let rows = Number(total.value); add && rows < Number(values.get(total.name)?.[0] || 0); rows += 1) add.click();
    }
  }
  function put(field, values) {
    if (field.type === "file") return;
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else if (values.length) [field.value] = values;
  }

  document.querySelector("[data-send-again]")?.addEventListener("submit", forget);
  /* Once portal.js and the editor are there: they add rows and follow what is put into their fields. */
  document.addEventListener("DOMContentLoaded", giveBack);
})();

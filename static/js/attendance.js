/* Ticks of participants: each is saved at once. What has not reached the portal yet is shown, kept in this browser, and sent
   in the order of its presses as soon as there is a way; what others mark meanwhile comes by itself. Without this file each
   tick is a form. */
(function () {
  "use strict";

  const page = document.querySelector("[data-attendance]");
  const box = document.querySelector("[data-narrow]");
  const ASK_MS = 10000, PATIENCE_MS = 15000, FIRST_MS = 1000, LAST_MS = 30000;
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const ticks = all("[data-tick]");
  const isChecked = (tick) => tick.getAttribute("aria-checked") === "true";

  /* -- Narrowing as one types: the words of each line were folded by the portal, these are alike ----------------- */
  const ALIKE = { ё: "е", a: "а", e: "е", o: "о", p: "р", c: "с", y: "у", x: "х", k: "к", m: "м", t: "т", b: "в", h: "н" };
  const fold = (text) => text.normalize("NFC").toLowerCase().replace(/./gu, (letter) => ALIKE[letter] || letter);
  const lines = all("[data-line]");
  const seen = (line) => !line.hidden;
  function narrow() {
    const words = fold(box.value).match(/\d+|\p{L}+/gu) || [];
    for (const line of lines) line.hidden = !words.every((word) => line.dataset.line.includes(word));
    for (const group of all("[data-group]")) group.hidden = !all("[data-line]", group).some(seen);
    const found = find("[data-found]");
    found.hidden = !words.length;
    found.textContent = words.length ? `Найдено центров: ${lines.filter(seen).length}.` : "";
    if (page) draw();
  }
  if (box) {
    box.hidden = false;
    box.addEventListener("input", narrow);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const left = lines.filter(seen);
      if (left.length === 1) find("[data-tick]", left[0])?.click();
    });
  }

  /* -- A representative is named where the coordinator stands ------------------------------------------------------ */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-represent]");
    const form = find("#represent form") || find("[data-line] > .form");
    if (!link || !form) return;
    event.preventDefault();
    form.elements.center.value = link.dataset.represent;
    link.closest("[data-line]").append(form);
    form.elements.surname.focus();
  });

  if (!page) return;

  /* -- The queue ------------------------------------------------------------------------------------------------------ */
  const { queue, marks: marksUrl } = page.dataset;
  const { person } = document.body.dataset;
  const read = () => { try { return JSON.parse(localStorage.getItem(queue)) || []; } catch { return []; } };
  const waiting = new Map(read().filter(([center]) => ticks.some((tick) => tick.dataset.tick === center)));
  let sending = false, pause = FIRST_MS, timer = 0, undo = [], offline = false;
  function keep() {
    try {
      if (waiting.size) localStorage.setItem(queue, JSON.stringify([...waiting]));
      else localStorage.removeItem(queue);
    } catch { /* full or forbidden: the page still has it */ }
  }
  for (const tick of ticks) tick.dataset.saved = String(isChecked(tick));
  const byCenter = new Map(ticks.map((tick) => [tick.dataset.tick, tick]));

  function press(wanted) {
    for (const [center, present] of wanted) {
      const before = waiting.get(center);
      waiting.delete(center); /* set anew at the end: the order is that of the presses */
      waiting.set(center, { present, seen: before ? before.seen : byCenter.get(center).dataset.seen });
    }
    keep();
    draw();
    pause = FIRST_MS;
    send();
  }

  async function send() {
    clearTimeout(timer);
    if (sending || !waiting.size) return;
    sending = true;
    const batch = new Map(waiting);
    const again = await attempt(batch);
    sending = false;
    keep();
    draw();
    if (again) timer = setTimeout(send, pause = Math.min(2 * pause, LAST_MS));
    else if (waiting.size) send();
  }
  /* Whether the same is to be sent once more. */
  async function attempt(batch) {
    const body = new URLSearchParams();
    for (const [center, one] of batch) body.append("tick", `${center}:${Number(one.present)}:${one.seen}`);
    let answer;
    try {
      answer = await ask(page.dataset.attendance, { method: "POST", body });
    } catch {
      offline = true;
      return true;
    }
    offline = false;
    if (answer.redirected || [401, 403].includes(answer.status)) return refuse(answer, true);
    if (answer.status === 429 || answer.status >= 500) return true;
    if (!answer.ok) {
      for (const [center, one] of batch) if (waiting.get(center) === one) waiting.delete(center);
      await refuse(answer, false);
      look();
      return false;
    }
    const state = await answer.json();
    for (const [center, one] of batch) {
      const now = waiting.get(center);
      if (now === one) waiting.delete(center);
      else if (now && state.marks[center]) now.seen = state.marks[center].seen;
    }
    undo = state.done.map(([center, present]) => [String(center), !present]);
    find("[data-undo]").hidden = !undo.length;
    find("[data-words]").textContent = state.words;
    apply(state);
    return false;
  }
  async function refuse(answer, again) {
    const status = answer.redirected ? 401 : answer.status;
    const words = answer.redirected ? "" : window.portal.wordsOf(await answer.text());
    window.portal.say(words || window.portal.REFUSALS[status] || window.portal.REFUSALS[409], "error");
    return again;
  }
  function ask(url, options = {}) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE_MS);
    const headers = { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": window.portal.token() || "", "X-Page-Of": person };
    return fetch(url, { ...options, headers, signal: stop.signal });
  }

  /* -- What others have marked ---------------------------------------------------------------------------------------- */
  async function look() {
    if (document.hidden || sending) return;
    try {
      const answer = await ask(marksUrl);
      if (answer.ok && !answer.redirected && !sending) apply(await answer.json());
    } catch { /* asked again in a while */ }
  }
  setInterval(look, ASK_MS);
  function apply(state) {
    for (const [center, mark] of Object.entries(state.marks)) {
      const tick = byCenter.get(center);
      if (!tick) continue;
      Object.assign(tick.dataset, { saved: String(mark.present), seen: mark.seen });
      const standIn = find("[data-stand-in]", tick.closest("[data-line]"));
      standIn.hidden = !mark.standIn;
      standIn.lastElementChild.textContent = mark.standIn;
    }
    find("[data-count]").textContent = state.count;
    draw();
  }

  /* -- What the page shows: what is saved, and over it what waits ------------------------------------------------------ */
  function draw() {
    for (const [center, tick] of byCenter) {
      const one = waiting.get(center);
      const present = one ? one.present : tick.dataset.saved === "true";
      tick.setAttribute("aria-checked", String(present));
      tick.closest("[data-line]").classList.toggle("marks__line--present", present);
      if (one) tick.dataset.waits = "";
      else delete tick.dataset.waits;
    }
    for (const group of all("[data-group]")) {
      const own = all("[data-tick]", group);
      find("[data-marked]", group).textContent = own.filter(isChecked).length;
      const form = find("[data-ticks]", find(".marks__head", group));
      if (form) form.hidden = !own.some((tick) => !isChecked(tick));
    }
    const everybody = find("[data-everybody]");
    const left = targets(everybody.form);
    everybody.form.hidden = !left.length;
    everybody.textContent = lines.every(seen) ? "Отметить всех" : `Отметить найденных: ${left.length}`;
    const lost = offline ? " Нет связи: отметки отправятся сами, когда она появится." : "";
    find("[data-waits]:not(.tick)").textContent = waiting.size && (offline || !sending) ? `Ещё не сохранено: ${waiting.size}.${lost}` : "";
  }

  /* -- Presses -------------------------------------------------------------------------------------------------------- */
  function targets(form) {
    const own = find("[data-tick]", form);
    if (own) return [[own.dataset.tick, !isChecked(own)]];
    const scope = form.closest("[data-group]") || page;
    return all("[data-tick]", scope).filter((tick) => !isChecked(tick) && seen(tick.closest("[data-line]"))).map((tick) => [tick.dataset.tick, true]);
  }
  page.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-ticks]");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    press(targets(form));
  });
  find("[data-undo]").addEventListener("click", () => press(undo));
  find("[data-done]").addEventListener("click", (event) => {
    if (!waiting.size) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    const leave = () => waiting.size && !offline ? setTimeout(leave, 100) : !waiting.size && location.assign(href);
    send();
    leave();
  });
  window.addEventListener("beforeunload", (event) => { if (waiting.size) event.preventDefault(); });
  window.addEventListener("online", () => { pause = FIRST_MS; send(); });
  document.addEventListener("visibilitychange", () => document.hidden || (waiting.size ? send() : look()));
  draw();
  send();
})();

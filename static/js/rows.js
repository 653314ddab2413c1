/* Rows of an editor: moved by buttons or by Alt+Shift and an arrow, taken back after «Удалить», terms by one press. The order
   in which rows stand is the order in which their fields are sent. Without this file rows are added at the end. */
(function () {
  "use strict";

  const on = (name, handler) => document.addEventListener(name, handler);
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const rowsOf = (formset) => [...formset.querySelector("[data-rows]").children];
  const changed = (inside) => inside.dispatchEvent(new Event("input", { bubbles: true }));

  /* -- Up and down ------------------------------------------------------------------------------------------------ */
  function move(row, up) {
    const formset = row.closest("[data-formset]");
    const rows = rowsOf(formset).filter((one) => !one.classList.contains("rows__row--removed"));
    const place = rows.indexOf(row);
    const beside = rows[place + (up ? -1 : 1)];
    if (place < 0 || !beside) return;
    const held = document.activeElement;
    if (up) beside.before(row);
    else beside.after(row);
    if (row.contains(held)) held.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    refresh(formset);
    tell(formset, `Теперь ${place + (up ? 0 : 2)}-я из ${rows.length}`);
    changed(row.querySelector("[name$='-order']"));
  }
  const tell = (formset, words) => { formset.querySelector("[data-rows-said]").textContent = words; };
  function refresh(formset) {
    const rows = rowsOf(formset).filter((one) => !one.classList.contains("rows__row--removed"));
    for (const row of rowsOf(formset)) {
      for (const button of row.querySelectorAll("[data-move]")) {
        const place = rows.indexOf(row);
        button.hidden = rows.length < 2 || place < 0;
        button.setAttribute("aria-disabled", String(button.dataset.move === "up" ? place === 0 : place === rows.length - 1));
        button.setAttribute("aria-label", `${button.textContent}: строка ${place + 1}`);
      }
    }
  }
  on("click", (event) => {
    const button = closest(event, "[data-move]");
    if (button && button.getAttribute("aria-disabled") !== "true") move(button.closest(".rows__row"), button.dataset.move === "up");
  });
  on("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const row = closest(event, "[data-rows] > .rows__row");
    if (!row) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp");
  });

  /* -- Removed, and taken back ---------------------------------------------------------------------------------------- */
  on("change", (event) => {
    const box = closest(event, ".rows__remove input");
    if (!box) return;
    const row = box.closest(".rows__row");
    row.querySelector("[data-was]").textContent = box.checked ? `Удалено: ${inWords(row)}` : "";
    box.parentElement.querySelector("span").textContent = box.checked ? "Вернуть" : "Удалить";
    refresh(row.closest("[data-formset]"));
  });
  function inWords(row) {
    const who = row.querySelector(".search-line__chosen :checked + span")?.firstChild?.textContent.trim();
    const said = [...row.querySelectorAll("textarea")].map((field) => field.value.trim()).find(Boolean) || "";
    const words = [who, said].filter(Boolean).join(": ") || "пустая строка";
    return words.length > 70 ? `${words.slice(0, 69)}…` : words;
  }

  /* -- A topic is asked of reports; a term is chosen by one press ------------------------------------------------------- */
  function fit(act) {
    for (const part of act.closest("li").querySelectorAll("[data-of-act]")) {
      part.hidden = part.dataset.ofAct !== act.value && !part.querySelector("input").value;
    }
  }
  on("change", (event) => {
    const act = closest(event, "[data-act-of-talk]");
    if (act) fit(act);
  });
  on("click", (event) => {
    const quick = closest(event, "[data-day]");
    if (!quick) return;
    const field = termOf(quick);
    field.value = quick.dataset.day;
    changed(field);
    press(field);
  });
  on("input", (event) => { if (closest(event, "[data-rows] input[name$='-due_on']")) press(event.target); });
  const termOf = (quick) => quick.closest("li").querySelector("input[name$='-due_on']");
  function press(field) {
    for (const quick of field.closest("li").querySelectorAll("[data-day]")) {
      quick.setAttribute("aria-pressed", String(quick.dataset.day === field.value));
    }
  }

  function dress() {
    document.querySelectorAll("[data-formset]").forEach(refresh);
    document.querySelectorAll("[data-rows] [data-act-of-talk]").forEach(fit);
    for (const quick of document.querySelectorAll("[data-rows] [data-quick]")) {
      quick.hidden = false;
      press(termOf(quick));
    }
  }
  for (const name of ["row-added", "refilled"]) on(name, dress);
  dress();
})();

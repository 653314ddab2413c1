/* Rows of an editor: moved by buttons or by Alt+Shift and an arrow (row_grips.js drags them), moved back, taken back after
   «Удалить», terms by one press. The order in which rows stand is the order in which their fields are sent. Without this
   file rows are added at the end. */
(function () {
  "use strict";

  const on = (name, handler) => document.addEventListener(name, handler);
  const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;
  const rowsOf = (formset) => [...formset.querySelector("[data-rows]").children];
  const changed = (inside) => inside.dispatchEvent(new Event("input", { bubbles: true }));

  /* -- To another place --------------------------------------------------------------------------------------------- */
  const standing = (formset) => rowsOf(formset).filter((one) => !one.classList.contains("rows__row--removed"));
  /* To this place, from 0, among those that are not removed. Its button takes it back, until another row moves. */
  function put(row, place) {
    const formset = row.closest("[data-formset]");
    const rows = standing(formset);
    const was = rows.indexOf(row);
    if (was < 0 || place === was || !rows[place]) return;
    const held = document.activeElement;
    if (place < was) rows[place].before(row);
    else rows[place].after(row);
    if (row.contains(held)) held.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    stayPut(formset);
    const back = row.querySelector("[data-move-back]");
    back.dataset.moveBack = String(was);
    back.hidden = false;
    refresh(formset);
    tell(formset, `Теперь ${place + 1}-я из ${rows.length}`);
    changed(row.querySelector("[name$='-order']"));
  }
  function stayPut(formset) {
    for (const back of formset.querySelectorAll("[data-rows] [data-move-back]")) back.hidden = true;
  }
  const tell = (formset, words) => { formset.querySelector("[data-rows-said]").textContent = words; };
  const move = (row, up) => put(row, standing(row.closest("[data-formset]")).indexOf(row) + (up ? -1 : 1));
  function refresh(formset) {
    const rows = standing(formset);
    for (const row of rowsOf(formset)) {
      const place = rows.indexOf(row);
      for (const button of row.querySelectorAll("[data-move], [data-grip]")) {
        button.hidden = rows.length < 2 || place < 0;
        if ("grip" in button.dataset) button.setAttribute("aria-label", `Перетащить мышью, пальцем или стрелками: строка ${place + 1}`);
        else {
          button.setAttribute("aria-disabled", String(button.dataset.move === "up" ? place === 0 : place === rows.length - 1));
          button.setAttribute("aria-label", `${button.textContent}: строка ${place + 1}`);
        }
      }
    }
  }
  on("click", (event) => {
    const back = closest(event, "[data-move-back]");
    if (!back) return;
    const row = back.closest(".rows__row");
    put(row, Number(back.dataset.moveBack));
    back.hidden = true;
    row.querySelector("[data-grip]").focus({ preventScroll: true });
  });
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
    const formset = row.closest("[data-formset]");
    stayPut(formset);
    refresh(formset);
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
  on("refilled", () => document.querySelectorAll("[data-formset]").forEach(stayPut));
  for (const name of ["row-added", "refilled"]) on(name, dress);
  dress();
  window.rows = { put, standing };
})();

/* Rows of an editor taken by their grip: dragged by mouse, pen or finger, moved by the arrows, Home and End. Escape leaves a
   dragged row where it was. Nothing moves in the page before the row is let go, so that no text loses its place. */
(function () {
  "use strict";

  const EDGE = 80, STEP = 16; /* so near the window's edge it scrolls, by so many pixels a frame */
  const AIM = ["rows__row--aim-before", "rows__row--aim-after"];
  const { put, standing } = window.rows;
  const rowOf = (grip) => grip.closest(".rows__row");
  const fellows = (row) => standing(row.closest("[data-formset]"));
  const gripOf = (event) => event.target instanceof Element ? event.target.closest("[data-grip]") : null;
  const on = (name, handler, how) => document.addEventListener(name, handler, how);
  let drag = null;

  /* -- By mouse or finger ----------------------------------------------------------------------------------------- */
  on("pointerdown", (event) => {
    const grip = gripOf(event);
    if (!grip || drag || !event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    grip.focus({ preventScroll: true });
    grip.setPointerCapture(event.pointerId);
    const row = rowOf(grip);
    drag = { row, pointer: event.pointerId, y: event.clientY, from: event.clientY, place: null };
    requestAnimationFrame(follow);
  });
  const isDragged = (event) => drag && drag.pointer === event.pointerId;
  on("pointermove", (event) => { if (isDragged(event)) drag.y = event.clientY; });
  on("pointerup", (event) => {
    if (!isDragged(event)) return;
    aim();
    const { row, place } = drag;
    leave();
    if (place !== null) put(row, place);
  });
  for (const name of ["pointercancel", "lostpointercapture"]) on(name, (event) => { if (isDragged(event)) leave(); });

  function follow() {
    if (!drag) return;
    if (drag.place !== null && drag.y < EDGE) window.scrollBy(0, -STEP);
    if (drag.place !== null && drag.y > window.innerHeight - EDGE) window.scrollBy(0, STEP);
    aim();
    requestAnimationFrame(follow);
  }
  /* The row goes below all whose middle is above the pointer. A press without a move moves nothing. */
  function aim() {
    const { row, y, from } = drag;
    if (drag.place === null && Math.abs(y - from) < 4) return;
    const others = fellows(row).filter((one) => one !== row);
    drag.place = others.filter((one) => middle(one) < y).length;
    unmark(row);
    row.classList.add("rows__row--held");
    if (drag.place === fellows(row).indexOf(row)) return;
    if (others[drag.place]) others[drag.place].classList.add(AIM[0]);
    else others.at(-1)?.classList.add(AIM[1]);
  }
  function middle(row) {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2;
  }
  function leave() {
    unmark(drag.row);
    drag.row.classList.remove("rows__row--held");
    drag = null;
  }
  function unmark(row) { for (const one of row.parentElement.children) one.classList.remove(...AIM); }

  /* -- By keys ---------------------------------------------------------------------------------------------------- */
  on("keydown", (event) => {
    if (drag && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return leave();
    }
    const grip = gripOf(event);
    if (!grip || drag || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const rows = fellows(rowOf(grip)), now = rows.indexOf(rowOf(grip));
    const place = { ArrowUp: now - 1, ArrowDown: now + 1, Home: 0, End: rows.length - 1 }[event.key];
    if (place === undefined) return;
    event.preventDefault();
    put(rowOf(grip), place);
  }, true);
})();

/* What is pasted keeps its structure, as rcro_portal/pasted.py says it for what arrives: rows of Excel and Word become lines
   with « | » or, where no table is printed, are asked about; marks of Word's lists become «–» or are taken off where the
   portal numbers itself. A field says by data-paste what it takes: «items», «tables», «line». Without this file the portal
   does the same when it gets the form, but cannot ask. */
(function () {
  "use strict";

  const LINE_ENDS = /\r\n?|[\v\f\x1c\x1d\x85\u2028\u2029]/g;
  const BULLET = String.raw`(?:[·•∙▪▫◦‣●○■□◆◇❖➢➔►✓✔\uf02d\uf06c-\uf06f\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc][ \t\xa0]*|[o§](?:\t|[ \xa0]{2})[ \t\xa0]*|[–—-]\t[ \t\xa0]*)`;
  const NUMBER = String.raw`(?:(?:\d{1,3}(?:\.\d{1,3}){0,3}[.)]|[А-ЯЁа-яёA-Za-z]\))[ \t\xa0]+)`;
  const ITEM = new RegExp(String.raw`^[ \t\xa0]*(?:(${BULLET})|(${NUMBER}))(?=\S)`);
  const MARKS = new RegExp(String.raw`^[ \t\xa0]*(?:(?:${BULLET}|[–—-][ \xa0]|${NUMBER})(?=\S))+`);
  const CELL = /(?:^|[ \xa0])\|(?:[ \xa0]|$)/;

  /* -- What lies in the clipboard ---------------------------------------------------------------------------- */
  function copied(data) {
    const html = data.getData("text/html");
    const plain = data.getData("text/plain");
    /* Plain text is enough but for tables with several lines in a cell and lists whose marks it leaves out. */
    return /<(table|li)\b/i.test(html) ? lined(html) || plain : plain;
  }
  function lined(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const lines = [""];
    for (const node of page.body.childNodes) walk(node, lines);
    return lines.map((line) => line.replace(/^ +| +$/g, "")).filter(Boolean).join("\n");
  }
  const BLOCKS = new Set(["P", "DIV", "BR", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "SECTION", "ARTICLE"]);
  function walk(node, lines) {
    if (node.nodeType === Node.TEXT_NODE) lines[lines.length - 1] += node.data.replace(/[ \n\r\t]+/g, " ");
    if (node.nodeType !== Node.ELEMENT_NODE || ["STYLE", "SCRIPT", "HEAD", "TITLE", "META"].includes(node.tagName)) return;
    if (node.tagName === "TABLE") return lines.push(...rowsOf(node), "");
    const block = BLOCKS.has(node.tagName);
    if (block && lines.at(-1).trim()) lines.push("");
    if (node.tagName === "LI") lines[lines.length - 1] = markOf(node);
    for (const child of node.childNodes) walk(child, lines);
    if (block && lines.at(-1).trim()) lines.push("");
  }
  function markOf(item) {
    if (item.parentNode.tagName !== "OL") return "–\t";
    return `${[...item.parentNode.children].filter((one) => one.tagName === "LI").indexOf(item) + (item.parentNode.start || 1)}.\t`;
  }
  /* A cell over several rows or columns stands in its first place; the others are empty. */
  function rowsOf(table) {
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, top) => {
      for (const cell of row.cells) {
        let left = 0;
        while (grid[top][left] !== undefined) left += 1;
        for (let down = 0; down < cell.rowSpan && grid[top + down]; down += 1)
          for (let right = 0; right < cell.colSpan; right += 1) grid[top + down][left + right] = "";
        grid[top][left] = cell.textContent.replace(/\s+/g, " ").trim();
      }
    });
    return grid.map((cells) => Array.from(cells, (cell) => cell || "").join("\t"));
  }

  /* -- As lines that the portal knows ---------------------------------------------------------------------------- */
  function item(line) {
    const found = ITEM.exec(line);
    const rest = found && line.slice(found[0].length);
    if (!found || rest.trim().includes("\t") || CELL.test(line)) return line;
    return `${found[1] ? "–" : found[2].trim().toLowerCase()} ${rest}`;
  }
  function rowsAmong(lines) {
    const tabs = lines.map((line) => line.split("\t").length - 1);
    const sure = lines.map((line) => line.trim().includes("\t"));
    return lines.map((_, place) => sure[place] || (tabs[place] > 0 && [place - 1, place + 1].some((one) => sure[one] && tabs[one] === tabs[place])));
  }
  const cells = (line) => line.split("\t").map((cell) => cell.trim());

  /* The text to be put into the field, or nothing where its reader did not want it: then the clipboard still has it. */
  async function forField(field, data) {
    const takes = (field.dataset.paste ?? "items tables").split(" ");
    const text = copied(data).replace(LINE_ENDS, "\n").replaceAll("\x1e", "-").replace(/\n+$/, "");
    if (takes.includes("line")) return text.replace(/\s*[\n\t]\s*/g, " ");
    const lines = text.split("\n").map((line) => takes.includes("items") ? item(line) : line.replace(MARKS, ""));
    const rows = rowsAmong(lines);
    const count = rows.filter(Boolean).length;
    if (!count || takes.includes("tables")) return lines.map((line, place) => rows[place] ? cells(line).join(" | ") : line).join("\n");
    const question = `В буфере таблица, строк: ${count}. В этом поле таблицы не печатаются. Вставить каждую строку словами, ячейки через запятую?`;
    if (!await window.portal.ask(question, "Вставить словами")) return null;
    return lines.map((line, place) => rows[place] ? cells(line).filter(Boolean).join(", ") : line).join("\n");
  }

  /* -- Fields without an editor of their own ------------------------------------------------------------------------ */
  /* Rows and items are told by their lines: words before and after the caret stay on lines of their own. */
  function onLinesOfItsOwn(text, before, after) {
    const lines = text.split("\n");
    const apart = (line) => CELL.test(line) || line.startsWith("– ");
    const head = apart(lines[0]) && /[^\n]$/.test(before) ? "\n" : "";
    return head + text + (apart(lines.at(-1)) && /^[^\n]/.test(after) ? "\n" : "");
  }
  document.addEventListener("paste", async (event) => {
    const field = event.target;
    if (event.defaultPrevented || !(field instanceof HTMLElement) || !field.matches("textarea[data-paste], input[data-paste]")) return;
    event.preventDefault();
    const found = await forField(field, event.clipboardData);
    if (found === null) return;
    field.focus();
    const text = onLinesOfItsOwn(found, field.value.slice(0, field.selectionStart), field.value.slice(field.selectionEnd));
    /* Keeps the browser's own undo; where there is no such command, the text is put in all the same. */
    if (document.execCommand("insertText", false, text)) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  window.portal.pasted = forField;
  window.portal.onLinesOfItsOwn = onLinesOfItsOwn;
})();

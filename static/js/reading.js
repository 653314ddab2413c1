/* Open pages are one copy for everybody, so the browser itself puts on the look that was chosen («Версия для слабовидящих»). */
(function () {
  "use strict";
  const kept = document.cookie.match(/(?:^|; )reading=([\w.]+)/);
  const words = kept ? kept[1].split(".").filter(Boolean) : [];
  if (words.length) document.documentElement.classList.add("read", ...words.map((word) => `read-${word}`));
})();

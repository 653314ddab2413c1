/* Forms that a passkey answers: [data-key] is create (a new key), get (one of those that the page names), or ask (the portal
   says at the press what it wants). Without this file, or where the browser has no passkeys, every other way in works. */
(function () {
  "use strict";

  const WORDS = {
    NotAllowedError: "Ключ не подтверждён: окно закрыто, время вышло или ключа от портала здесь нет. Попробуйте ещё раз или войдите иначе.",
    InvalidStateError: "На этом устройстве ключ от портала уже есть: второй на нём не нужен.",
    NotSupportedError: "Этот ключ не подходит: нужен такой, который спрашивает отпечаток, лицо или PIN.",
    ConstraintError: "Этот ключ не подходит: нужен такой, который спрашивает отпечаток, лицо или PIN.",
    SecurityError: "Портал открыт не по своему имени, и ключ ему не верит. Откройте портал по адресу из приглашения.",
    TooMany: "Слишком много попыток. Подождите минуту и попробуйте ещё раз.",
    Silent: "Портал не ответил. Проверьте связь и попробуйте ещё раз.",
  };
  const BY_NUMBER = "Ключи доступа работают, когда портал открыт по имени, а не по номеру.";
  const HERE = `http://localhost:${location.port}`;
  const OTHERWISE = "Ключ доступа не сработал. Попробуйте ещё раз или войдите иначе.";

  function whyNot() {
    if (!window.isSecureContext) return "Ключи доступа работают только по защищённому адресу (https).";
    if (/^[\d.]+$|^\[/.test(location.hostname)) return BY_NUMBER + (/^127\./.test(location.hostname) ? ` Здесь это ${HERE}.` : "");
    if (!window.webauthnJSON || !webauthnJSON.supported()) return "Этот браузер не умеет ключей доступа. Обновите его или откройте портал в другом.";
    return "";
  }

  const named = (name) => Object.assign(new Error(name), { name });
  async function wanted(form) {
    if (form.dataset.key !== "ask") return JSON.parse(document.getElementById("key-options").textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } }).catch(() => { throw named("Silent"); });
    if (!answer.ok) throw named(answer.status === 429 ? "TooMany" : "Silent");
    return answer.json();
  }

  async function answered(form) {
    const options = await wanted(form);
    if (form.dataset.key !== "create") return webauthnJSON.get(options.request_options);
    const chosen = options.creation_options.publicKey.authenticatorSelection;
    Object.assign(chosen, { residentKey: "required", requireResidentKey: true });
    return webauthnJSON.create(options.creation_options);
  }

  async function press(form, event) {
    event.preventDefault();
    event.stopPropagation(); /* what follows submitted forms waits until the key has answered */
    const trouble = form.querySelector("[data-key-trouble]");
    const button = form.querySelector("[data-key-here] button");
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await answered(form));
      form.submit();
    } catch (error) {
      button.removeAttribute("aria-busy");
      trouble.textContent = WORDS[error.name] || OTHERWISE;
      trouble.hidden = false;
    }
  }

  const why = whyNot();
  for (const form of document.querySelectorAll("form[data-key]")) {
    const not = form.querySelector("[data-key-not]");
    if (why) {
      if (not) not.querySelector("span").textContent = why;
      continue;
    }
    if (not) not.hidden = true;
    form.querySelector("[data-key-here]").hidden = false;
    form.addEventListener("submit", (event) => press(form, event));
  }
})();

// Asks the browser for a passkey and sends its answer with the form of the button. Without script the parts that need one stay
// hidden; passwords and codes work all the same. Words come from the page.
"use strict";
(() => {
  // Browsers have it on https and on localhost alone (Web Authentication, "Secure Contexts").
  const works = Boolean(window.isSecureContext && navigator.credentials && window.PublicKeyCredential?.parseRequestOptionsFromJSON);
  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = !works;
  for (const part of document.querySelectorAll("[data-passkey-missing]")) part.hidden = works;

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-passkey]");
    if (!button) return;
    const form = button.form;
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    button.disabled = true;
    try {
      const credential = button.dataset.passkey === "create" ? await create(button.dataset.options) : await ask(button.dataset.options, form);
      form.querySelector("[data-passkey-answer]").value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Cancelled, too late, none there, or one that is there already: browsers do not tell pages apart which.
      failed.hidden = false;
      button.disabled = false;
    }
  });

  function create(options) {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) });
  }

  async function ask(url, form) {
    const token = form.querySelector("[name=__RequestVerificationToken]").value;
    const answer = await fetch(url, { method: "POST", headers: { RequestVerificationToken: token }, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await answer.json()) });
  }
})();

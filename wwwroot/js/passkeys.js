// Asks the browser for a passkey and sends its answer with the form of the button. Where the login is typed, the browser
// offers passkeys with what else it fills in, without a button being pressed. Without script the parts that need one stay
// hidden; passwords and codes work all the same. Words come from the page.
"use strict";
(() => {
  // Browsers have it on https and on localhost alone (Web Authentication, "Secure Contexts").
  const works = Boolean(window.isSecureContext && navigator.credentials && window.PublicKeyCredential?.parseRequestOptionsFromJSON);
  for (const part of document.querySelectorAll("[data-passkey-part]")) part.hidden = !works;
  for (const part of document.querySelectorAll("[data-passkey-missing]")) part.hidden = works;
  if (!works) return;

  const offered = document.querySelector("input[autocomplete~=webauthn]") && document.querySelector("[data-passkey=get]");
  // The browser keeps one question at a time, and so does the panel's cookie, whichever of its tabs has asked.
  const tabs = new BroadcastChannel("passkeys");
  let waiting = new AbortController();
  let renewal = 0;
  let isStale = false;

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-passkey]");
    if (!button) return;
    show(button.form, null);
    button.disabled = true;
    stopOffering();
    try {
      send(button.form, button.dataset.passkey === "create" ? await create(button.dataset.options) : await pick(await ask(button)));
    } catch {
      // Cancelled, too late, none there, or one that is there already: browsers do not tell pages apart which.
      show(button.form, "[data-passkey-failed]");
      button.disabled = false;
      if (offered) offer();
    }
  });

  if (offered) startOffering();

  async function startOffering() {
    if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    tabs.addEventListener("message", () => { isStale = true; });
    for (const [target, name] of [[window, "focus"], [document, "visibilitychange"]]) target.addEventListener(name, () => { if (isStale && !document.hidden) offer(); });
    await offer();
  }

  // Waits behind the list of the login (WebAuthn, "conditional mediation"). A page that is looked at asks again before the
  // question ends; one that nobody sees does when it is seen again.
  async function offer() {
    stopOffering();
    const { signal } = waiting;
    try {
      const question = await ask(offered, signal);
      const ends = Date.now() + question.timeout;
      renewal = setTimeout(() => { if (document.hidden) isStale = true; else offer(); }, question.timeout * 0.8);
      const credential = await pick(question, { mediation: "conditional", signal });
      // A computer that slept has slept through the renewal, too.
      if (Date.now() < ends) return send(offered.form, credential);
      show(offered.form, "[data-passkey-late]");
      await offer();
    } catch {
      // Ended for another question, or the browser will not: there are the button and the password.
    }
  }

  function stopOffering() {
    waiting.abort();
    waiting = new AbortController();
    clearTimeout(renewal);
    isStale = false;
  }

  function create(options) {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(options)) });
  }

  function pick(question, how) {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question), ...how });
  }

  async function ask(button, signal) {
    const token = button.form.querySelector("[name=__RequestVerificationToken]").value;
    const answer = await fetch(button.dataset.options, { method: "POST", headers: { RequestVerificationToken: token }, redirect: "error", signal });
    if (!answer.ok) throw new Error(answer.status);
    tabs.postMessage("asked");
    return answer.json();
  }

  function send(form, credential) {
    form.querySelector("[data-passkey-answer]").value = JSON.stringify(credential);
    form.submit();
  }

  // One sentence, or none.
  function show(form, sentence) {
    for (const said of form.querySelectorAll("[data-passkey-failed], [data-passkey-late]")) said.hidden = !(sentence && said.matches(sentence));
  }
})();

/* Passkeys in the browser: asks the server for options, the device for an answer, and sends it back.

   The server's options and our answers are JSON with base64url (Web Authentication Level 3, section 5.1.8 and 5.1.9); converted
   here by hand, since not every browser has the functions for it. Nothing here decides who may do what. */
(function () {
  "use strict";

  var SENDING = { "Content-Type": "application/json", Accept: "application/json" };

  function toBytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) {
      return letter.charCodeAt(0);
    });
  }

  function toText(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  async function call(address, value) {
    var answer = await window.tasdiq.send(address, JSON.stringify(value), SENDING);
    var told = await answer.json();
    if (!answer.ok) throw new Error(told.detail || told.title);
    return told;
  }

  function withBytes(listed) {
    return (listed || []).map(function (item) {
      return Object.assign({}, item, { id: toBytes(item.id) });
    });
  }

  async function made(options) {
    var wanted = Object.assign({}, options, {
      challenge: toBytes(options.challenge),
      user: Object.assign({}, options.user, { id: toBytes(options.user.id) }),
      excludeCredentials: withBytes(options.excludeCredentials),
    });
    var found = await navigator.credentials.create({ publicKey: wanted });
    return answered(found, {
      clientDataJSON: toText(found.response.clientDataJSON),
      attestationObject: toText(found.response.attestationObject),
    });
  }

  async function shown(options) {
    var wanted = Object.assign({}, options, {
      challenge: toBytes(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    });
    var found = await navigator.credentials.get({ publicKey: wanted });
    return answered(found, {
      clientDataJSON: toText(found.response.clientDataJSON),
      authenticatorData: toText(found.response.authenticatorData),
      signature: toText(found.response.signature),
      userHandle: found.response.userHandle ? toText(found.response.userHandle) : null,
    });
  }

  function answered(found, response) {
    return { id: found.id, rawId: toText(found.rawId), type: found.type, response: response };
  }

  async function add(button) {
    var asked = await call(button.dataset.at + "/options", {});
    var label = document.getElementById("label");
    var answer = { id: asked.id, credential: await made(asked.options), label: label ? label.value : "" };
    return call(button.dataset.at, answer);
  }

  async function signIn(button) {
    var asked = await call("/sign-in/passkey/options", {});
    var answer = { id: asked.id, credential: await shown(asked.options), next: button.dataset.next };
    return call("/sign-in/passkey", answer);
  }

  function tell(error) {
    var place = document.getElementById("passkey-told");
    var stopped = error.name === "NotAllowedError" || error.name === "AbortError";
    place.textContent = stopped ? "Your device did not answer, or you stopped it. Try again." : error.message;
    place.hidden = false;
    place.focus();
  }

  async function pressed(event) {
    var button = event.currentTarget;
    button.disabled = true;
    try {
      var done = await (button.dataset.passkey === "add" ? add(button) : signIn(button));
      window.location.assign(done.next);
    } catch (error) {
      button.disabled = false;
      tell(error);
    }
  }

  if (!window.PublicKeyCredential) {
    document.querySelectorAll("[data-passkey]").forEach(function (button) {
      var told = document.createElement("p");
      told.className = "hint";
      told.textContent = "This browser has no passkeys here. Use a password and codes.";
      button.replaceWith(told);
    });
    return;
  }
  document.querySelectorAll("[data-passkey]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", pressed);
  });
})();

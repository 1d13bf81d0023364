// A form with data-passkey is filled in with what the browser's passkey answers, and
// then sent like any other. It is shown only where the browser can do so.

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const withIds = (list) => (list || []).map((key) => ({ ...key, id: decode(key.id) }));

function questionOf(kind, options) {
  const question = { ...options, challenge: decode(options.challenge) };
  if (kind === "create") {
    question.user = { ...options.user, id: decode(options.user.id) };
    question.excludeCredentials = withIds(options.excludeCredentials);
  } else {
    question.allowCredentials = withIds(options.allowCredentials);
  }
  return { publicKey: question };
}

function answerOf(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

export function passkey(form) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  const kind = form.dataset.passkey;
  const status = form.querySelector("[data-passkey-status]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    status.textContent = "Your browser asks you now.";
    try {
      const asked = await fetch(form.dataset.ask, { method: "POST" });
      if (asked.redirected) {
        location.assign(asked.url); // signed out meanwhile, or to be confirmed first
        return;
      }
      if (asked.status === 429) {
        status.textContent = "Too many tries. Wait a minute and try again.";
        return;
      }
      if (!asked.ok) throw new Error(`asking gave ${asked.status}`);
      const { id, options } = await asked.json();
      const credential = await navigator.credentials[kind](questionOf(kind, options));
      form.elements.namedItem("id").value = id;
      form.elements.namedItem("proof").value = answerOf(credential);
      form.submit(); // goes past this listener
    } catch {
      status.textContent = "No passkey was used. Try again, or take another way.";
    }
  });
}

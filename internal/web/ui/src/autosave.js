// Keeps a form as it is filled in. The form's own submit button stays: this only
// sends the same fields earlier, marked with the header X-Autosave: 1, for the
// server to keep as a draft.
//
// The server answers 2xx when it has kept the form; {"message": "…"} in JSON
// replaces the word "Kept". 4xx with {"message": "…"} says what to put right and
// is not retried. Anything else (no network, 5xx) is said plainly, in the words of
// {"message": "…"} where there are any, and retried: a draft that is sent twice is one. Sends never overlap, the newest state is always
// sent last, and what is not kept yet is sent when the page is left.

const pause = 800; // ms of quiet in a text before it is sent
const waits = [2000, 5000, 10000, 30000]; // ms before each further try

export function autosave(form) {
  const status = form.querySelector("[data-autosave-status]") || addStatus(form);
  const words = (name, otherwise) => status.dataset[name] || otherwise;
  let timer = 0;
  let failures = 0;
  let sending = false;
  let dirty = false; // something on the page is not kept yet
  let refused = false;
  let leaving = false;

  const say = (state, text) => {
    status.dataset.state = state;
    status.textContent = text;
  };
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  };
  const changed = (ms) => {
    dirty = true;
    refused = false;
    if (status.dataset.state === "kept") say("waiting", ""); // what it said is no longer so
    later(ms);
  };
  const failed = (said) => {
    const wait = waits[Math.min(failures, waits.length - 1)];
    failures += 1;
    say("failed", said || words("failed", "Not kept yet: there is no connection. We keep trying. What you typed stays on this page."));
    later(wait);
  };

  async function send() {
    if (sending || leaving || !dirty) return;
    sending = true;
    dirty = false;
    let answer;
    try {
      answer = await fetch(form.action, request(form));
    } catch {
      answer = null;
    }
    sending = false;
    await settle(answer);
  }

  async function settle(answer) {
    if (!answer || answer.status >= 500) {
      dirty = true;
      return failed(answer && (await message(answer)));
    }
    failures = 0;
    if (answer.redirected || answer.status === 401) {
      dirty = true;
      refused = true;
      return say("failed", words("signedOut", "Not kept: you have been signed out. Sign in again in another tab, then come back: what you typed stays here."));
    }
    const said = await message(answer);
    if (!answer.ok) {
      dirty = true;
      refused = true;
      return say("failed", said || words("refused", "Not kept. Use the button below to see what needs to be put right."));
    }
    if (dirty) return send(); // changed while it was being sent
    say("kept", said || words("kept", "Kept"));
  }

  form.addEventListener("change", () => changed(0));
  form.addEventListener("input", (event) => {
    const choice = ["radio", "checkbox"].includes(event.target.type);
    if (!choice) changed(pause);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("pagehide", () => {
    if (leaving || (!dirty && !sending)) return;
    clearTimeout(timer);
    fetch(form.action, request(form, true)).catch(() => {}); // outlives the page
    dirty = false;
  });
  window.addEventListener("online", () => dirty && !refused && later(0));
  window.addEventListener("focus", () => dirty && refused && later(0));
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving && status.dataset.state === "failed") event.preventDefault(); // it cannot be sent
  });
}

function request(form, keepalive = false) {
  return {
    method: "POST",
    body: body(form),
    headers: { "X-Autosave": "1", Accept: "application/json" },
    credentials: "same-origin",
    keepalive,
  };
}

function body(form) {
  const data = new FormData(form);
  return form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
}

async function message(answer) {
  if (!(answer.headers.get("Content-Type") || "").includes("json")) return "";
  try {
    return (await answer.json()).message || "";
  } catch {
    return "";
  }
}

function addStatus(form) {
  const status = document.createElement("p");
  status.className = "govuk-body sf-kept";
  status.setAttribute("role", "status");
  form.append(status);
  return status;
}

// Sends a form with files and says how far that has come: how much is sent, and
// then that they are read, which the server does before it answers. The page to
// which the answer leads is opened, as without this file. Where the files do not
// arrive, they stay chosen.

const words = {
  sending: (n) => `Sending ${files(n)}.`,
  reading: (n) => `Reading ${files(n)}. This takes a few seconds for each hundred thousand rows.`,
  large: "The files are too large to send at once. They are still chosen: send fewer at a time.",
  failed: "The files could not be sent. They are still chosen: try again.",
};
const files = (n) => (n === 1 ? "1 file" : `${n} files`);

export function upload(form) {
  const input = form.querySelector('input[type="file"]');
  const part = form.querySelector("[data-upload-progress]");
  if (!input || !part) return;
  const bar = part.querySelector("progress");
  const status = part.querySelector('[role="status"]');
  let sending = false;

  const say = (text, value) => {
    part.hidden = false;
    if (status.textContent !== text) status.textContent = text;
    bar.hidden = value === "none";
    if (value === undefined) bar.removeAttribute("value"); // it goes on, nobody knows how long
    else if (value !== "none") bar.value = value;
  };
  const failed = (text) => {
    sending = false;
    say(text, "none");
  };

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !input.files.length) return; // the server says that none was chosen
    event.preventDefault();
    if (sending) return;
    sending = true;
    const n = input.files.length;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (e) => say(words.sending(n), e.lengthComputable ? e.loaded / e.total : undefined));
    request.upload.addEventListener("load", () => say(words.reading(n)));
    request.addEventListener("load", () => {
      if (request.responseURL !== form.action) return location.assign(request.responseURL);
      failed(request.status === 413 ? words.large : words.failed);
    });
    request.addEventListener("error", () => failed(words.failed));
    say(words.sending(n), 0);
    request.send(new FormData(form));
  });
  // Coming back with the back button must find a form that works.
  window.addEventListener("pageshow", () => {
    if (!sending) part.hidden = true;
  });
  window.addEventListener("pagehide", () => {
    sending = false;
  });
}

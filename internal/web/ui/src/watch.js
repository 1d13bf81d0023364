// Asks whether anything waits that cannot wait, and shows it on a page that is open
// already. The question is no use of the session: a page that is left open alone is
// signed out as if it were not there, and then asks no more.

const again = 4000; // ms

export function watch(bar) {
  const ask = async () => {
    let answer;
    try {
      answer = await fetch(bar.dataset.watch, { headers: { "X-Autosave": "1" }, redirect: "error" });
    } catch {
      return true; // no connection just now
    }
    if (answer.status === 401 || answer.status === 403) return false;
    if (answer.ok) bar.hidden = (await answer.json()).waiting === 0;
    return true;
  };
  const next = () =>
    setTimeout(async () => {
      if (await ask().catch(() => true)) next();
    }, again);
  next();
}

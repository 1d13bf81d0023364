// Finds rows by typing. data-filter names the id of a table or list; its rows
// are hidden unless they hold every word typed. How many are shown is announced
// once typing pauses. Without this file the form asks the server instead.
//
// What was typed comes back with the page when somebody comes back to it: it is
// kept in the entry of the tab's history, which is no address and ends with the
// tab. The field itself keeps nothing for next time, so that no name stays behind.

const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().replace(/\s+/g, " ");

export function filter(input) {
  const target = document.getElementById(input.dataset.filter);
  if (!target) return;
  const rows = [...target.querySelectorAll(target.matches("table") ? "tbody > tr" : ":scope > li")];
  const texts = rows.map((row) => plain(row.textContent));
  const form = input.closest("form");
  const status = form && form.querySelector("[data-filter-status]");
  const key = `filter-${input.id}`;
  let timer = 0;

  const apply = () => {
    const words = plain(input.value).split(" ").filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      const match = words.every((word) => texts[i].includes(word));
      row.classList.toggle("sf-filtered-out", !match);
      if (match) shown += 1;
    });
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (status) status.textContent = words.length ? say(status, shown, rows.length) : "";
    }, 300);
  };
  input.addEventListener("input", () => {
    history.replaceState({ ...history.state, [key]: input.value }, "");
    apply();
  });
  window.addEventListener("pageshow", () => {
    const kept = history.state && history.state[key];
    if (!input.value && kept) input.value = kept;
    if (input.value) apply();
  });
}

function say(status, shown, all) {
  const pattern = status.dataset.words || "{shown} of {all} on this page";
  return pattern.replace("{shown}", shown).replace("{all}", all);
}

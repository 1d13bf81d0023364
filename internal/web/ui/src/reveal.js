// What belongs to an answer appears when the answer is chosen, and "none of
// these" unticks the rest. GOV.UK's own script for this sets aria-expanded on
// radios, which their role does not allow; what appears here simply follows its
// answer in reading order. Without this file everything is there all the time.

const choices = 'input[type="radio"], input[type="checkbox"]';

export function reveal(group) {
  const inputs = [...group.querySelectorAll(choices)];
  // A group within what another group reveals starts by itself.
  const own = inputs.filter((input) => input.closest("[data-module]") === group);

  const show = () => {
    for (const input of own) {
      const part = document.getElementById(input.dataset.ariaControls || "");
      if (!part) continue;
      const hidden = [...part.classList].find((name) => name.endsWith("__conditional--hidden"));
      const name = hidden || `govuk-${input.type === "radio" ? "radios" : "checkboxes"}__conditional--hidden`;
      part.classList.toggle(name, !input.checked);
    }
  };

  group.addEventListener("change", (event) => {
    const input = event.target;
    if (own.includes(input) && input.type === "checkbox" && input.checked) untick(own, input);
    show();
  });
  // A browser that comes back to the page restores answers after it was read.
  window.addEventListener("pageshow", show);
  show();
}

function untick(own, chosen) {
  const exclusive = chosen.dataset.behaviour === "exclusive";
  for (const other of own) {
    if (other === chosen || other.name !== chosen.name) continue;
    if (exclusive || other.dataset.behaviour === "exclusive") other.checked = false;
  }
}

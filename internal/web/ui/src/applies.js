// A part of a form that makes sense with certain answers alone is shown with
// those answers, and wherever something is filled in there: nothing that somebody
// entered is ever hidden. Without this file the whole form is there all the time.
//
// data-applies names the field, data-applies-values its answers, parted by blanks.

export function appliesTo(form) {
  const parts = [...form.querySelectorAll("[data-applies]")];

  const show = () => {
    // Outer parts first: what is shown within a part that is hidden stays hidden with it.
    for (const part of parts) {
      const wanted = part.dataset.appliesValues.split(" ");
      const fits = answers(form, part.dataset.applies).some((answer) => wanted.includes(answer));
      part.hidden = !fits && !filled(part);
      const link = part.id && form.querySelector(`a[href="#${part.id}"]`);
      if (link) link.parentElement.hidden = part.hidden;
    }
  };
  form.addEventListener("change", show);
  form.addEventListener("input", (event) => {
    // Emptying a field may hide it: not while somebody is in it.
    if (!event.target.closest("[data-applies]")) show();
  });
  window.addEventListener("pageshow", show);
  show();
}

function answers(form, name) {
  return [...form.elements]
    .filter((e) => e.name === name && (!["radio", "checkbox"].includes(e.type) || e.checked))
    .map((e) => e.value);
}

// filled tells whether a part holds anything that was entered, or that has to be mended.
function filled(part) {
  if (part.querySelector(".govuk-form-group--error")) return true;
  return [...part.querySelectorAll("input, select, textarea")].some((e) =>
    ["radio", "checkbox"].includes(e.type) ? e.checked : e.value !== "",
  );
}

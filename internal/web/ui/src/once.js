// A second press of a button within two seconds sends nothing. Forms of method
// GET change nothing and are left alone.

const quiet = 2000; // ms

export function submitOnce(form) {
  if ((form.getAttribute("method") || "get").toLowerCase() !== "post") return;
  let last = -Infinity;
  form.addEventListener("submit", (event) => {
    const now = performance.now();
    if (now - last < quiet) {
      event.preventDefault();
      return;
    }
    last = now;
  });
  // Coming back with the back button must find a form that works.
  window.addEventListener("pageshow", () => {
    last = -Infinity;
  });
}

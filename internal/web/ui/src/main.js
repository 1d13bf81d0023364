// Everything on the pages works without this file. It adds: keeping answers as
// they are given, finding in a table by typing, one submission per press, and
// the behaviour of the GOV.UK components that we use.
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { appliesTo } from "./applies.js";
import { autosave } from "./autosave.js";
import { filter } from "./filter.js";
import { submitOnce } from "./once.js";
import { passkey } from "./passkey.js";
import { reveal } from "./reveal.js";
import { upload } from "./upload.js";
import { watch } from "./watch.js";

const each = (selector, start) => {
  for (const element of document.querySelectorAll(selector)) {
    try {
      start(element);
    } catch (error) {
      // One part that fails must not take the others with it: the page works without it.
      console.error(selector, error);
    }
  }
};

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const Part of [ErrorSummary, NotificationBanner, PasswordInput, SkipLink]) {
  each(`[data-module="${Part.moduleName}"]`, (element) => new Part(element));
}
const chooseFiles = { chooseFilesButton: "Choose files", dropInstruction: "or drop them here", noFileChosen: "No files chosen" };
each('[data-module="govuk-file-upload"]', (element) => {
  new FileUpload(element, { i18n: chooseFiles });
  // A comma that is read out and not shown would part the button's name from its words.
  element.querySelector('[id$="-comma"]').textContent = " ";
  element.querySelector(".govuk-file-upload-button__status").after(" ");
});
each('[data-module="govuk-radios"], [data-module="govuk-checkboxes"]', reveal);
each("form[data-autosave]", autosave);
each("form[data-applies-form]", appliesTo);
each("[data-filter]", filter);
each("form[data-upload]", upload);
each("form[data-passkey]", passkey);
each("[data-watch]", watch);
each("form:not([data-upload])", submitOnce);
each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

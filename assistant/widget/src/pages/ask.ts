/** The question page: Enter sends, waiting is said aloud, an answer can be copied with what it rests on. */
import { sendOnEnter } from "./ime";

function form(): void {
  const question = document.querySelector<HTMLFormElement>("form.question")!;
  const field = question.querySelector("textarea")!;
  const button = question.querySelector("button")!;
  sendOnEnter(field, () => field.value.trim() && question.requestSubmit());
  question.addEventListener("submit", () => {
    document.querySelector(".busy")!.textContent = question.dataset.busy ?? "";
    button.disabled = true;
  });
  addEventListener("pageshow", () => {
    document.querySelector(".busy")!.textContent = "";
    button.disabled = false;
  });
}

function quotable(answer: HTMLElement): string {
  const said = [...answer.querySelectorAll(".claims p")].map((p) => p.textContent!.replace(/\s+/g, " ").trim());
  const sources = [...answer.querySelectorAll(".sources li")].map((li, at) => {
    const place = li.querySelector(".place")!.textContent!.replace(/\s+/g, " ").trim();
    const link = li.querySelector<HTMLAnchorElement>("a.open")!.href;
    return `[${at + 1}] ${place}: “${li.querySelector("blockquote")!.textContent!.trim()}” ${link}`;
  });
  return [...said, "", ...sources].join("\n");
}

function copying(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-copy]");
  const answer = document.querySelector<HTMLElement>(".answer");
  if (!button || !answer || !navigator.clipboard) return;
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(quotable(answer));
    button.textContent = button.dataset.done ?? label;
    setTimeout(() => (button.textContent = label), 2000);
  });
}

form();
copying();
const heading = document.querySelector<HTMLElement>("#answer");
if (heading) heading.focus();
else document.querySelector<HTMLTextAreaElement>("#q")!.focus();

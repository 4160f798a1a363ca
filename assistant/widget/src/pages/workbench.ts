/** The workbench: drop a file, filter the rows, light the words of a row in the text beside it. */
import { Editor } from "./editing";
import { lightUp, putOut } from "./spans";

function dropping(form: HTMLFormElement): void {
  const area = form.querySelector<HTMLElement>(".drop")!;
  const input = form.querySelector<HTMLInputElement>("input[type=file]")!;
  const chosen = area.querySelector<HTMLElement>(".chosen")!;
  area.classList.add("live");
  input.addEventListener("change", () => (chosen.textContent = input.files?.[0]?.name ?? ""));
  for (const name of ["dragover", "dragleave", "drop"]) {
    area.addEventListener(name, (event) => {
      event.preventDefault();
      area.classList.toggle("over", name === "dragover");
    });
  }
  area.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    input.files = files;
    input.dispatchEvent(new Event("change"));
  });
  form.addEventListener("submit", () => {
    const name = input.files?.[0]?.name ?? "";
    document.querySelector(".busy")!.textContent = (form.dataset.busy ?? "").replace("{name}", name);
    form.querySelector("button")!.disabled = true;
  });
  addEventListener("pageshow", () => {
    document.querySelector(".busy")!.textContent = "";
    form.querySelector("button")!.disabled = false;
  });
}

/** Letters without case and diacritics, so that words are found however they are typed. */
function bare(text: string): string {
  return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function filtering(rows: HTMLTableRowElement[]): void {
  const box = document.querySelector<HTMLElement>(".filters")!;
  const words = document.querySelector<HTMLInputElement>("#f-words")!;
  const status = document.querySelector<HTMLSelectElement>("#f-status")!;
  const review = document.querySelector<HTMLInputElement>("#f-review")!;
  const shown = box.querySelector<HTMLElement>(".shown")!;
  const apply = () => {
    const wanted = bare(words.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = bare(row.textContent!);
      const fits = wanted.every((w) => text.includes(w)) && (!status.value || row.dataset.status === status.value) && (!review.checked || "review" in row.dataset);
      row.hidden = !fits;
      // What a filter hides is not exported: people take away what they see.
      row.querySelector<HTMLInputElement>("[name=keep]")!.disabled = !fits;
      count += +fits;
    }
    shown.textContent = shown.dataset.shown!.replace("{shown}", String(count)).replace("{all}", String(rows.length));
  };
  for (const field of [words, status, review]) field.addEventListener("input", apply);
  // Enter in a filter would otherwise export.
  words.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  box.hidden = false;
  apply();
}

let lit: HTMLElement[] = [];

/** Lights the words of a row's target, or those that a field was taken from, through all lines that they run over. */
function light(rows: HTMLTableRowElement[], row: HTMLTableRowElement, place: HTMLElement): void {
  for (const other of rows) other.classList.toggle("on", other === row);
  putOut(lit);
  lit = lightUp(document.querySelector(".pane.text")!, Number(place.dataset.from), Number(place.dataset.to), "lit");
  lit[0]?.scrollIntoView({ block: "center" });
}

function lighting(rows: HTMLTableRowElement[], row: HTMLTableRowElement): void {
  row.addEventListener("click", (event) => {
    const on = event.target as HTMLElement;
    if (on.closest("input, button, .elsewhere")) return;
    event.preventDefault();
    light(rows, row, on.closest<HTMLElement>(".from") ?? row);
  });
  row.addEventListener("focusin", (event) => light(rows, row, (event.target as HTMLElement).closest<HTMLElement>(".from") ?? row));
}

const form = document.querySelector<HTMLFormElement>("form.upload");
if (form) dropping(form);
const body = document.querySelector<HTMLTableSectionElement>(".pane.rows tbody");
if (body) {
  const rows = [...body.rows];
  filtering(rows);
  for (const row of rows) lighting(rows, row);
  // Enter beside a name would otherwise press the first button, which exports.
  document.querySelector("#who")!.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key !== "Enter") return;
    event.preventDefault();
    document.querySelector<HTMLButtonElement>("[formaction]")!.click();
  });
  // A check is of all rows: what a filter hides is not rejected.
  document.querySelector("[formaction]")!.addEventListener("click", () => {
    for (const row of rows) row.querySelector<HTMLInputElement>("[name=keep]")!.disabled = false;
  });
  new Editor(body, (row) => {
    rows.push(row);
    lighting(rows, row);
  });
}

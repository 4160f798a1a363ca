/** Correcting rows: a form for the fields of a target, and new targets from words selected in the text. */
import { day, figure } from "../chat/place";
import { VI } from "../chat/strings";
import type { Citation, Target } from "../chat/types";
import { lightUp } from "./spans";

type Row = Target & Record<string, unknown> & { scope: string | null; status: string; target_class: string; citation: Citation };

const FIELDS = ["indicator", "comparator", "value", "value_max", "unit", "qualitative", "deadline", "status", "scope"] as const;

/** "1.700,5" as 1700.5; null when empty, undefined when it is no number. */
export function parseNumber(text: string): number | null | undefined {
  const plain = text.trim();
  if (!plain) return null;
  if (!/^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(plain)) return undefined;
  return Number(plain.replace(/\./g, "").replace(",", "."));
}

/** "27/8/2010", "8/2010" or "2010" as an ISO date; null when empty, undefined when it is none. */
export function parseDay(text: string): string | null | undefined {
  const parts = text.trim().split("/").reverse();
  if (!parts[0]) return null;
  const [year, month, date] = parts;
  const right = /^\d{4}$/.test(year!) && parts.length < 4 && (!month || (+month >= 1 && +month <= 12)) && (!date || (+date >= 1 && +date <= 31));
  return right ? [year, ...parts.slice(1).map((p) => p.padStart(2, "0"))].join("-") : undefined;
}

function written(row: Row, field: (typeof FIELDS)[number]): string {
  if (field === "deadline") return day(row.deadline);
  const value = row[field];
  return typeof value === "number" ? String(value).replace(".", ",") : String(value ?? "");
}

export class Editor {
  private readonly targets: Row[];
  private readonly payload: HTMLTextAreaElement;
  private readonly text: string;
  private readonly dialog = document.querySelector<HTMLDialogElement>("dialog.editor")!;
  private readonly form = this.dialog.querySelector("form")!;
  private readonly pane = document.querySelector<HTMLElement>(".pane.text")!;
  private number = 0;
  private fresh: Row | null = null;

  constructor(private readonly body: HTMLTableSectionElement, private readonly added: (row: HTMLTableRowElement) => void) {
    this.payload = document.querySelector<HTMLTextAreaElement>("textarea[name=targets]")!;
    this.targets = JSON.parse(this.payload.value) as Row[];
    this.text = JSON.parse(document.querySelector<HTMLTextAreaElement>("textarea[name=text]")!.value) as string;
    for (const row of body.rows) this.ready(row);
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.selecting();
  }

  private ready(row: HTMLTableRowElement): void {
    const button = row.querySelector<HTMLButtonElement>(".edit")!;
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.open(Number(row.dataset.n), null);
    });
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private open(number: number, fresh: Row | null): void {
    this.number = number;
    this.fresh = fresh;
    const row = fresh ?? this.targets[number - 1]!;
    for (const name of FIELDS) this.field(name).value = written(row, name);
    this.dialog.querySelector("blockquote")!.textContent = row.citation.quote;
    this.complain("");
    this.dialog.showModal();
  }

  private complain(words: string): void {
    const box = this.dialog.querySelector<HTMLElement>("[role=alert]")!;
    box.textContent = words;
    box.hidden = !words;
  }

  private submit(event: SubmitEvent): void {
    if ((event.submitter as HTMLButtonElement | null)?.value !== "save") return;
    const value = parseNumber(this.field("value").value);
    const most = parseNumber(this.field("value_max").value);
    const deadline = parseDay(this.field("deadline").value);
    if (value === undefined || most === undefined || deadline === undefined) {
      event.preventDefault();
      this.complain(this.dialog.dataset.wrong ?? "");
      return;
    }
    const plain = (name: string) => this.field(name).value.trim() || null;
    const before = this.fresh ?? this.targets[this.number - 1]!;
    const kind = value !== null ? "numeric" : before.target_class === "numeric" ? (plain("qualitative") ? "quantifier" : "milestone") : before.target_class;
    const row: Row = {
      ...before,
      indicator: this.field("indicator").value.trim(),
      comparator: this.field("comparator").value,
      value,
      value_max: most,
      unit: plain("unit"),
      qualitative: plain("qualitative"),
      deadline,
      scope: plain("scope"),
      status: this.field("status").value,
      target_class: kind,
      review: [],
    };
    this.put(row);
  }

  private put(target: Row): void {
    if (this.fresh) this.addRow(target);
    else this.targets[this.number - 1] = target;
    this.payload.value = JSON.stringify(this.targets);
    const row = this.body.querySelector<HTMLTableRowElement>(`[data-n="${this.number}"]`)!;
    const link = row.querySelector<HTMLAnchorElement>("a.what")!;
    link.textContent = target.indicator;
    for (const note of row.cells[1]!.querySelectorAll("span.tag, span.warn")) note.remove();
    const note = document.createElement("span");
    note.className = "tag";
    note.textContent = this.dialog.dataset.edited ?? "";
    link.after(" ", note);
    row.cells[2]!.textContent = figure(target, "vi", VI);
    row.cells[3]!.textContent = day(target.deadline);
    row.cells[4]!.firstChild?.nodeType === Node.TEXT_NODE && row.cells[4]!.firstChild.remove();
    row.cells[4]!.prepend(target.scope ?? "");
    row.dataset.status = target.status;
    delete row.dataset.review;
    link.focus();
  }

  private addRow(target: Row): void {
    this.targets.push(target);
    this.number = this.targets.length;
    const row = document.querySelector<HTMLTemplateElement>("#fresh")!.content.querySelector("tr")!.cloneNode(true) as HTMLTableRowElement;
    row.dataset.n = String(this.number);
    row.dataset.from = String(target.citation.start);
    row.dataset.to = String(target.citation.end);
    const keep = row.querySelector<HTMLInputElement>("[name=keep]")!;
    keep.value = row.dataset.n;
    keep.checked = true;
    for (const element of [keep, row.querySelector(".edit")!])
      element.setAttribute("aria-label", element.getAttribute("aria-label")!.replace(/\d+/, row.dataset.n));
    row.querySelector<HTMLAnchorElement>("a.what")!.href = `#t-${this.number}`;
    this.body.append(row);
    const marks = lightUp(this.pane, target.citation.start, target.citation.end, "target");
    const anchor = document.createElement("a");
    anchor.className = "at";
    anchor.id = `t-${this.number}`;
    marks[0]?.before(anchor);
    this.ready(row);
    this.added(row);
  }

  /** Offers what is selected in the text as a new target. */
  private selecting(): void {
    const button = document.querySelector<HTMLButtonElement>("button.add")!;
    button.hidden = false;
    document.addEventListener("selectionchange", () => (button.disabled = !this.selected()));
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      const span = this.selected();
      if (!span) return;
      const [start, end] = span;
      const quote = [...this.text].slice(start, end).join("");
      const citation = { ...(JSON.parse(this.payload.form!.dataset.citation!) as Citation), path: "", link: "", start, end, quote };
      const empty = { comparator: "=", value: null, value_max: null, unit: null, qualitative: null, deadline: null, period: null, scope: null, section: null, status: "target", target_class: "milestone", confidence: 1, inherited: {}, review: [] };
      this.open(0, { ...empty, indicator: quote, citation } as Row);
    });
  }

  /** The characters that are selected in the text, null when none are. */
  private selected(): [number, number] | null {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const start = offsetOf(this.pane, range.startContainer, range.startOffset);
    const end = offsetOf(this.pane, range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end ? [start, end] : null;
  }
}

/** The character of the document at a place in the page, null outside its lines. */
function offsetOf(pane: HTMLElement, node: Node, offset: number): number | null {
  const element = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>("[data-s]");
  if (!element || !pane.contains(element)) return null;
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return Number(element.dataset.s) + [...range.toString()].length;
}

/** One answer in the log: claims as they come, then sources, targets and what can be done with it. */
import { h, icon, ICONS } from "./dom";
import { day, figure, placeName, quotable, viewerUrl } from "./place";
import { fill, type Strings } from "./strings";
import type { Answer, Citation, Claim, Target } from "./types";

export interface Actions {
  base: string;
  lang: string;
  t: Strings;
  ask(question: string): void;
  tip(reference: HTMLElement, citation: Citation | null): void;
  feedback(answer: Answer, verdict: "up" | "down", comment: string): Promise<void>;
  say(words: string): void;
}

export class Reply {
  readonly element: HTMLElement;
  private citations: Citation[] = [];
  private claims = 0;

  constructor(private readonly actions: Actions) {
    this.element = h("article", { class: "reply" }, h("h3", { class: "sr" }, actions.t.assistant));
  }

  setCitations(citations: Citation[]): void {
    this.citations = citations;
  }

  addClaim(claim: Claim): void {
    this.claims++;
    const { t } = this.actions;
    const references = claim.citations.flatMap((at) => {
      const citation = this.citations[at];
      return citation ? [" ", this.reference(citation, at + 1)] : [];
    });
    this.element.append(
      h("p", {}, claim.text, ...references, !claim.verified && h("span", { class: "flag" }, ` (${t.unverified})`)),
    );
  }

  /** Takes back the claims so far. */
  restart(): void {
    this.claims = 0;
    while (this.element.children.length > 1) this.element.lastChild!.remove();
  }

  /** Adds what only the whole answer tells. */
  finish(answer: Answer): void {
    const { t } = this.actions;
    this.citations = answer.citations;
    if (answer.abstained) this.refuse(answer);
    else if (!this.claims) this.paragraphs(answer.answer);
    if (answer.standalone !== answer.question)
      this.element.children[0]!.after(h("p", { class: "small" }, fill(t.understood, { question: answer.standalone })));
    if (answer.citations.length) this.sources(answer.citations);
    if (answer.targets.length > 1) this.element.append(...this.targets(answer.targets));
    if (answer.suggestions.length) this.element.append(...suggestions(answer.abstained ? t.instead : t.suggested, answer.suggestions, this.actions.ask));
    this.tools(answer);
  }

  private refuse(answer: Answer): void {
    const { t } = this.actions;
    this.element.classList.add("refusal");
    this.element.append(h("p", { class: "why" }, t.refusals[answer.reason ?? ""] ?? t.refusals.no_evidence));
    this.paragraphs(answer.answer);
  }

  private paragraphs(text: string): void {
    for (const line of text.split("\n")) if (line.trim()) this.element.append(h("p", {}, line));
  }

  private reference(citation: Citation, n: number): HTMLElement {
    const { base, t, tip } = this.actions;
    const link: HTMLElement = h("a", {
      class: "ref",
      href: viewerUrl(base, citation),
      target: "_blank",
      rel: "noopener",
      "aria-label": fill(t.source, { n, place: placeName(citation, t) }),
      mouseenter: () => tip(link, citation),
      mouseleave: () => tip(link, null),
      focus: () => tip(link, citation),
      blur: () => tip(link, null),
    }, String(n));
    return link;
  }

  private sources(citations: Citation[]): void {
    const { base, t } = this.actions;
    const items = citations.map((c) =>
      h("li", {},
        h("a", { href: viewerUrl(base, c), target: "_blank", rel: "noopener" }, placeName(c, t)),
        c.title && h("span", { class: "work" }, ` – ${c.title}`),
        h("span", { class: "quote" }, `“${c.quote}”`)));
    this.element.append(h("h3", {}, t.sources), h("ol", { class: "sources" }, ...items));
  }

  private targets(targets: Target[]): HTMLElement[] {
    const { t } = this.actions;
    const works = [...new Set(targets.map((x) => x.citation.number ?? x.citation.document))];
    const compared = works.length > 1 && works.length <= 4;
    const table = compared ? this.compared(targets, works) : this.listed(targets);
    const label = compared ? t.compare : t.targets;
    return [h("h3", {}, label), h("div", { class: "table", role: "region", tabindex: "0", "aria-label": label }, table)];
  }

  private listed(targets: Target[]): HTMLElement {
    const { lang, t } = this.actions;
    const rows = targets.map((x) => [x.indicator, figure(x, lang, t), day(x.deadline)]);
    return grid([t.indicator, t.value, t.deadline], rows);
  }

  /** The same indicator of several documents on one row, a column a document; one figure of each is a comparison. */
  private compared(targets: Target[], works: string[]): HTMLElement {
    const { lang, t } = this.actions;
    const rows = new Map<string, string[]>();
    for (const target of targets) {
      const key = works.length === targets.length ? "" : target.indicator.toLowerCase();
      const row = rows.get(key) ?? [target.indicator, ...works.map(() => "")];
      const column = works.indexOf(target.citation.number ?? target.citation.document) + 1;
      const said = [figure(target, lang, t), day(target.deadline)].filter(Boolean).join(", ");
      row[column] = [row[column], said].filter(Boolean).join("; ");
      rows.set(key, row);
    }
    return grid([t.indicator, ...works], [...rows.values()]);
  }

  private tools(answer: Answer): void {
    const { base, t, say } = this.actions;
    const tools = h("div", { class: "tools" });
    if (!answer.abstained && navigator.clipboard) {
      tools.append(h("button", {
        type: "button",
        click: async () => {
          await navigator.clipboard.writeText(quotable(answer, base, t));
          say(t.copied);
        },
      }, t.copy));
    }
    tools.append(this.thumb(answer, "up", tools), this.thumb(answer, "down", tools));
    this.element.append(tools);
  }

  private thumb(answer: Answer, verdict: "up" | "down", tools: HTMLElement): HTMLElement {
    const { t } = this.actions;
    const button = h("button", {
      type: "button",
      "aria-label": t[verdict],
      title: t[verdict],
      "aria-pressed": "false",
      click: () => {
        for (const other of tools.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", "false");
        button.setAttribute("aria-pressed", "true");
        this.comment(answer, verdict, tools);
      },
    }, icon(ICONS[verdict]));
    return button;
  }

  /** A place for a comment; nothing is sent before it is confirmed. */
  private comment(answer: Answer, verdict: "up" | "down", tools: HTMLElement): void {
    const { t, say, feedback } = this.actions;
    this.element.querySelector(".comment")?.remove();
    const field = h("textarea", { maxlength: "2000", rows: "2" });
    const form = h("form", {
      class: "comment",
      submit: async (event) => {
        event.preventDefault();
        await feedback(answer, verdict, field.value);
        form.remove();
        for (const button of tools.querySelectorAll<HTMLButtonElement>("[aria-pressed]")) button.disabled = true;
        say(t.thanks);
      },
    }, h("label", {}, t.comment, field), h("button", { class: "strong" }, t.sendComment));
    tools.after(form);
    form.scrollIntoView({ block: "nearest" });
    field.focus({ preventScroll: true });
  }
}

function grid(head: string[], rows: string[][]): HTMLElement {
  const line = (cells: string[], tag: "td" | "th") =>
    h("tr", {}, ...cells.map((c) => h(tag, tag === "th" ? { scope: "col" } : {}, c)));
  return h("table", {}, h("thead", {}, line(head, "th")), h("tbody", {}, ...rows.map((r) => line(r, "td"))));
}

/** Questions to press. */
export function suggestions(label: string, questions: string[], ask: (question: string) => void): HTMLElement[] {
  const items = questions.map((q) => h("li", {}, h("button", { type: "button", click: () => ask(q) }, q)));
  return [h("h3", {}, label), h("ul", { class: "asks" }, ...items)];
}

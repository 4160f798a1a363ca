/**
 * `<chitieu-chat>`: the assistant on any page, in one element and one script.
 *
 * Attributes: api (address of the service; where the script came from), lang (vi, en), title, accent (a CSS colour),
 * theme (light, dark; as the system), position (right, left, inline), scope (ids of documents, by blanks), token, open.
 */
import { sendOnEnter } from "../pages/ime";
import { type Actions, Reply, suggestions } from "./answer";
import { Api, Failure } from "./api";
import { h, icon, ICONS } from "./dom";
import { placeName } from "./place";
import { EN, type Strings, VI } from "./strings";
import { CSS } from "./styles";
import type { Answer, Citation, Turn } from "./types";

const HOME = new URL((document.currentScript as HTMLScriptElement | null)?.src || location.href).origin;
const REMEMBERED = 12;

let sheet: CSSStyleSheet | undefined;

class ChitieuChat extends HTMLElement {
  static observedAttributes = ["api", "lang", "title", "accent", "token", "open", "position"];

  private readonly root = this.attachShadow({ mode: "open" });
  private t: Strings = VI;
  private api!: Api;
  private base = HOME;
  private history: Turn[] = [];
  private running: AbortController | null = null;
  private hiding = 0;

  private launcher!: HTMLButtonElement;
  private panel!: HTMLElement;
  private log!: HTMLElement;
  private status!: HTMLElement;
  private field!: HTMLTextAreaElement;
  private go!: HTMLButtonElement;
  private tipBox!: HTMLElement;

  connectedCallback(): void {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
    }
    this.root.adoptedStyleSheets = [sheet];
    this.build();
  }

  disconnectedCallback(): void {
    this.running?.abort();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.log || before === after) return;
    if (name === "open" || name === "position") this.show(this.open);
    else this.build();
  }

  get open(): boolean {
    return this.hasAttribute("open") || this.inline;
  }

  set open(value: boolean) {
    this.toggleAttribute("open", value);
  }

  private get inline(): boolean {
    return this.getAttribute("position") === "inline";
  }

  private build(): void {
    this.running?.abort();
    const english = (this.getAttribute("lang") ?? "vi").toLowerCase().startsWith("en");
    this.t = english ? EN : VI;
    this.base = (this.getAttribute("api") || HOME).replace(/\/+$/, "");
    this.api = new Api(this.base, this.getAttribute("token"));
    this.history = [];
    this.root.replaceChildren(this.makeLauncher(), this.makePanel(english ? "en" : "vi"));
    this.colour();
    this.greet();
    this.show(this.open, false);
  }

  private makeLauncher(): HTMLElement {
    this.launcher = h("button", {
      class: "launcher",
      type: "button",
      "aria-label": this.t.open,
      "aria-expanded": "false",
      click: () => (this.open = !this.open),
    }, icon(ICONS.ask));
    return this.launcher;
  }

  private makePanel(lang: string): HTMLElement {
    const title = this.getAttribute("title") || this.t.title;
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": this.t.log, tabindex: "0" });
    this.status = h("p", { class: "status", role: "status" });
    this.tipBox = h("div", { class: "tip", role: "tooltip", id: "tip", hidden: true, mouseenter: () => clearTimeout(this.hiding), mouseleave: () => this.tip(this.tipBox, null) });
    this.panel = h("section", {
      class: "panel",
      role: this.inline ? "region" : "dialog",
      "aria-label": title,
      lang,
      keydown: (event) => this.onKey(event as KeyboardEvent),
    }, this.makeHeader(title), this.log, this.status, this.makeForm());
    return this.panel;
  }

  private makeHeader(title: string): HTMLElement {
    const button = (label: string, path: string, click: () => void) =>
      h("button", { type: "button", "aria-label": label, title: label, click }, icon(path));
    return h("header", {},
      h("h2", {}, title),
      button(this.t.clear, ICONS.clear, () => (this.build(), this.field.focus())),
      !this.inline && button(this.t.close, ICONS.close, () => (this.open = false)));
  }

  private makeForm(): HTMLElement {
    this.field = h("textarea", { rows: "1", maxlength: "2000", id: "q", placeholder: this.t.placeholder });
    this.go = h("button", { class: "go" });
    const send = () => (this.running ? this.stop() : this.ask(this.field.value));
    sendOnEnter(this.field, () => !this.running && this.ask(this.field.value));
    this.drawGo();
    return h("form", { class: "ask", submit: (event) => (event.preventDefault(), send()) },
      h("label", { class: "sr", for: "q" }, this.t.label), this.field, this.go);
  }

  private drawGo(): void {
    const name = this.running ? "stop" : "send";
    this.go.setAttribute("aria-label", this.t[name]);
    this.go.title = this.t[name];
    this.go.replaceChildren(icon(ICONS[name]));
  }

  /** Uses the agency's colour where the browser knows it, with the ink that can be read on it. */
  private colour(): void {
    const accent = this.getAttribute("accent");
    if (!accent || !window.CSS.supports("color", accent)) return;
    this.launcher.style.color = accent;
    const channels = getComputedStyle(this.launcher).color.match(/[\d.]+/g)?.slice(0, 3).map(Number);
    this.launcher.style.color = "";
    if (channels?.length !== 3) return;
    const [r, g, b] = channels.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    const light = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    this.style.setProperty("--accent", accent);
    this.style.setProperty("--on-accent", light > 0.179 ? "#000" : "#fff");
  }

  private greet(): void {
    this.log.replaceChildren(h("p", { class: "welcome" }, this.t.welcome), this.tipBox);
    const { log } = this;
    this.api.suggestions().then(
      (questions) => {
        if (questions.length && log === this.log && !this.history.length && !this.running)
          this.put(h("div", { class: "first" }, ...suggestions(this.t.suggested, questions, (q) => this.ask(q))));
      },
      () => undefined,
    );
  }

  private show(open: boolean, move = true): void {
    this.panel.hidden = !open;
    this.launcher.setAttribute("aria-expanded", String(open));
    this.launcher.setAttribute("aria-label", open ? this.t.close : this.t.open);
    this.launcher.replaceChildren(icon(open ? ICONS.close : ICONS.ask));
    if (move && !this.inline) (open ? this.field : this.launcher).focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    if (!this.tipBox.hidden) this.tipBox.hidden = true;
    else if (!this.inline) this.open = false;
    event.stopPropagation();
  }

  private stop(): void {
    this.running?.abort();
  }

  private put(element: HTMLElement): void {
    this.log.insertBefore(element, this.tipBox);
    this.follow();
  }

  /** Keeps the last question at the top, so that its answer is read from its beginning. */
  private follow(): void {
    const asked = this.log.querySelectorAll<HTMLElement>(".you");
    if (asked.length) this.log.scrollTop = asked[asked.length - 1]!.offsetTop - 8;
  }

  private async ask(text: string): Promise<void> {
    const question = text.trim();
    if (!question || this.running) return;
    const running = (this.running = new AbortController());
    this.field.value = "";
    this.drawGo();
    this.log.querySelector(".first")?.remove();
    this.put(h("p", { class: "you" }, h("span", { class: "sr" }, `${this.t.you}: `), question));
    this.status.textContent = this.t.searching;
    const reply = new Reply(this.actions());
    try {
      await this.answered(question, reply, running);
      this.status.textContent = "";
    } catch (error) {
      this.troubled(question, error, running, reply);
    }
    if (this.running === running) this.running = null;
    this.drawGo();
  }

  private async answered(question: string, reply: Reply, running: AbortController): Promise<void> {
    const scope = (this.getAttribute("scope") ?? "").split(/[\s,]+/).filter(Boolean);
    const history = this.history.slice(-REMEMBERED);
    const show = () => reply.element.isConnected || this.put(reply.element);
    const answer = await this.api.ask({ question, history, ...(scope.length && { scope }) }, {
      citations: (citations) => reply.setCitations(citations),
      restart: () => reply.restart(),
      claim: (claim) => (reply.addClaim(claim), show(), this.follow()),
    }, running.signal);
    reply.finish(answer);
    show();
    this.follow();
    this.history.push({ role: "user", content: question }, { role: "assistant", content: answer.answer });
    this.dispatchEvent(new CustomEvent<Answer>("chitieu-answer", { detail: answer, bubbles: true, composed: true }));
  }

  private troubled(question: string, error: unknown, running: AbortController, reply: Reply): void {
    const { t } = this;
    this.status.textContent = "";
    if (running !== this.running) return;
    const stopped = running.signal.aborted;
    const kind = error instanceof Failure ? error.kind : "server";
    const words = stopped ? t.stopped : kind === "told" ? (error as Failure).message : t[kind];
    const again = h("button", {
      type: "button",
      click: () => {
        box.remove();
        if (!stopped || !reply.element.isConnected) this.ask(question);
        else (reply.element.remove(), this.ask(question));
      },
    }, t.retry);
    const box = h("div", { class: "reply" }, h("p", { class: stopped ? "small" : "trouble" }, words), h("div", { class: "tools" }, again));
    this.put(box);
  }

  private actions(): Actions {
    return {
      base: this.base,
      lang: this.t === EN ? "en" : "vi",
      t: this.t,
      ask: (question) => void this.ask(question),
      tip: (reference, citation) => this.tip(reference, citation),
      feedback: (answer, verdict, comment) => this.api.feedback(answer, verdict, comment).catch((error: unknown) => {
        const kind = error instanceof Failure && error.kind !== "told" ? error.kind : "server";
        this.status.textContent = this.t[kind];
        throw error;
      }),
      say: (words) => (this.status.textContent = words),
    };
  }

  /** Shows the quote beside `reference`, or takes it away after a moment in which the pointer may reach it. */
  private tip(reference: HTMLElement, citation: Citation | null): void {
    clearTimeout(this.hiding);
    if (!citation) {
      this.hiding = window.setTimeout(() => (this.tipBox.hidden = true), 200);
      return;
    }
    this.tipBox.replaceChildren(h("b", {}, placeName(citation, this.t)), `“${citation.quote}”`);
    this.tipBox.hidden = false;
    reference.setAttribute("aria-describedby", "tip");
    const log = this.log.getBoundingClientRect();
    const at = reference.getBoundingClientRect();
    const below = at.bottom - log.top + this.log.scrollTop + 4;
    const above = at.top - log.top + this.log.scrollTop - this.tipBox.offsetHeight - 4;
    const fits = at.bottom + this.tipBox.offsetHeight + 8 < log.bottom;
    this.tipBox.style.top = `${fits || above < this.log.scrollTop ? below : above}px`;
  }
}

if (!customElements.get("chitieu-chat")) customElements.define("chitieu-chat", ChitieuChat);

/** Talks to the service: an answer as server-sent events, resumed after a break; suggestions; feedback. */
import type { Answer, Citation, Claim, Turn } from "./types";

/** What went wrong: `kind` names the sentence of the catalogue that says it. */
export class Failure extends Error {
  constructor(readonly kind: "offline" | "network" | "server" | "busy" | "tooLong" | "denied" | "told", message = "") {
    super(message);
  }
}

export interface Listener {
  citations(citations: Citation[]): void;
  claim(claim: Claim): void;
  /** Takes back the claims so far: what was phrased did not pass the check. */
  restart(): void;
}

export interface Question {
  question: string;
  history: Turn[];
  scope?: string[];
}

const PAUSES = [400, 1200, 3000];

export class Api {
  constructor(private readonly base: string, private readonly token: string | null) {}

  url(path: string): string {
    return this.base + path;
  }

  /** The answer; `listener` hears its parts as they come. Breaks are mended where they can be. */
  async ask(question: Question, listener: Listener, signal: AbortSignal): Promise<Answer> {
    const state = { last: "", answer: null as Answer | null };
    for (let attempt = 0; ; attempt++) {
      try {
        await this.stream(question, listener, signal, state);
        if (state.answer) return state.answer;
      } catch (error) {
        if (signal.aborted || (error instanceof Failure && error.kind !== "network")) throw error;
      }
      const pause = PAUSES[attempt];
      if (pause === undefined || !navigator.onLine) throw new Failure(navigator.onLine ? "network" : "offline");
      await wait(pause, signal);
    }
  }

  async suggestions(): Promise<string[]> {
    const reply = await fetch(this.url("/api/suggestions"), { headers: this.headers(), credentials: "omit" });
    return reply.ok ? ((await reply.json()) as { suggestions: string[] }).suggestions : [];
  }

  async feedback(answer: Answer, verdict: "up" | "down", comment: string): Promise<void> {
    const { question, citations } = answer;
    const body = { question, answer: answer.answer, verdict, comment, citations: citations.map((c) => c.link) };
    const reply = await this.post("/api/feedback", body);
    if (!reply.ok) throw await failed(reply);
  }

  private headers(): Record<string, string> {
    return this.token ? { Authorization: `Bearer ${this.token}` } : {};
  }

  private async post(path: string, body: unknown, signal?: AbortSignal, last = ""): Promise<Response> {
    const headers: Record<string, string> = { ...this.headers(), "Content-Type": "application/json" };
    if (last) headers["Last-Event-ID"] = last;
    try {
      return await fetch(this.url(path), {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        credentials: "omit",
        ...(signal && { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Failure(navigator.onLine ? "network" : "offline");
    }
  }

  private async stream(
    question: Question,
    listener: Listener,
    signal: AbortSignal,
    state: { last: string; answer: Answer | null },
  ): Promise<void> {
    const reply = await this.post("/api/ask/stream", question, signal, state.last);
    if (!reply.ok || !reply.body) throw await failed(reply);
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += value;
      const blocks = rest.split("\n\n");
      rest = blocks.pop()!;
      for (const block of blocks) {
        const event = parse(block);
        if (event.id) state.last = event.id;
        if (event.name === "citations") listener.citations(JSON.parse(event.data));
        else if (event.name === "claim") listener.claim(JSON.parse(event.data));
        else if (event.name === "restart") listener.restart();
        else if (event.name === "done") state.answer = JSON.parse(event.data);
        else if (event.name === "error") throw told(JSON.parse(event.data));
      }
    }
  }
}

function parse(block: string): { id: string; name: string; data: string } {
  const event = { id: "", name: "", data: "" };
  for (const line of block.split("\n")) {
    const at = line.indexOf(": ");
    const value = line.slice(at + 2);
    if (line.startsWith("id: ")) event.id = value;
    else if (line.startsWith("event: ")) event.name = value;
    else if (line.startsWith("data: ")) event.data += value;
  }
  return event;
}

interface ErrorBody {
  error?: { code?: string; message?: string };
}

function told(body: ErrorBody): Failure {
  return body.error?.code === "internal_error" || !body.error?.message
    ? new Failure("server")
    : new Failure("told", body.error.message);
}

async function failed(reply: Response): Promise<Failure> {
  const kinds: Record<number, Failure["kind"]> = { 401: "denied", 403: "denied", 413: "tooLong", 429: "busy", 502: "network", 503: "busy", 504: "network" };
  const kind = kinds[reply.status];
  return kind ? new Failure(kind) : told(await reply.json().catch(() => ({})));
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
  });
}

/** What the service sends; `assistant/answers/answer.py` defines each field. */

export interface Citation {
  document: string;
  number: string | null;
  title: string | null;
  path: string;
  start: number;
  end: number;
  quote: string;
  link: string;
}

export interface Target {
  indicator: string;
  comparator: string;
  value: number | null;
  value_max: number | null;
  unit: string | null;
  qualitative: string | null;
  deadline: string | null;
  citation: Citation;
}

export interface Claim {
  text: string;
  citations: number[];
  verified: boolean;
}

export interface Answer {
  question: string;
  standalone: string;
  answer: string;
  abstained: boolean;
  reason: string | null;
  citations: Citation[];
  targets: Target[];
  claims: Claim[];
  suggestions: string[];
}

export interface Turn {
  role: "user" | "assistant";
  content: string;
}

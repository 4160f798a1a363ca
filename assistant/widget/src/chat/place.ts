/** How a citation is named, linked and copied. */
import { fill, type Strings } from "./strings";
import type { Answer, Citation, Target } from "./types";

/** The viewer at the exact words. */
export function viewerUrl(base: string, c: Citation): string {
  const at = `c=${c.start}-${c.end}`;
  return `${base}/documents/${encodeURIComponent(c.document)}?${at}#${at}`;
}

/** Whether the document only speaks of the work whose number it bears: an article, a digest. */
function aside(c: Citation): boolean {
  return c.link.startsWith("vn/tai-lieu/") && !/phụ lục/i.test(c.path);
}

/** "điểm a khoản 1 Điều 1, 123/QĐ-TTg". */
export function placeName(c: Citation, t: Strings): string {
  const name = c.number && aside(c) ? fill(t.about, { number: c.number }) : (c.number ?? c.document);
  return [c.path, name].filter(Boolean).join(", ");
}

/** The place in the form that documents use to refer to each other; the day stands in the permalink. */
function official(c: Citation, t: Strings): string {
  const day = /@(\d{4})-(\d{2})-(\d{2})/.exec(c.link);
  if (aside(c)) return placeName(c, t) + (c.title ? ` (${c.title})` : "");
  const work = c.number && day ? fill(t.cite, { number: c.number, day: `${+day[3]!}/${+day[2]!}/${day[1]}` }) : (c.number ?? c.document);
  return [c.path, work].filter(Boolean).join(" ") + (c.title ? ` (${c.title})` : "");
}

/** The answer as text with what it rests on. */
export function quotable(answer: Answer, base: string, t: Strings): string {
  const sources = answer.citations.map((c, n) => `[${n + 1}] ${official(c, t)}: “${c.quote}” ${viewerUrl(base, c)}`);
  return [answer.answer, ...sources].join("\n");
}

function amount(value: number, lang: string): string {
  return value.toLocaleString(lang === "en" ? "en" : "vi-VN", { maximumFractionDigits: 10 });
}

/** What must be reached: "tối thiểu 35%", "10 - 13%/năm", "hầu hết". */
export function figure(target: Target, lang: string, t: Strings): string {
  if (target.value === null) return target.qualitative ?? "";
  const unit = target.unit ?? "";
  const range = target.value_max === null ? "" : ` - ${amount(target.value_max, lang)}`;
  const gap = unit && !unit.startsWith("%") ? " " : "";
  return `${t.comparators[target.comparator] ?? ""} ${amount(target.value, lang)}${range}${gap}${unit}`.trim();
}

/** An ISO date as people write it: 27/8/2010, 8/2010, 2010. */
export function day(iso: string | null): string {
  return (iso ?? "").split("-").map((part) => String(+part || "")).reverse().join("/");
}

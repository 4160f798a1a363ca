/** The viewer: `#c=start-end` lights the exact words; steps through what was found; follows along in the outline. */
import { lightUp, putOut } from "./spans";

let lit: HTMLElement[] = [];

function text(): HTMLElement {
  return document.querySelector<HTMLElement>(".text")!;
}

function showCited(): void {
  const match = /^#c=(\d+)-(\d+)$/.exec(location.hash);
  if (!match) return;
  putOut(lit);
  for (const old of text().querySelectorAll("mark.cited")) old.classList.remove("cited");
  lit = lightUp(text(), Number(match[1]), Number(match[2]), "lit");
  const first = lit[0];
  if (!first) return;
  first.tabIndex = -1;
  first.scrollIntoView({ block: "center", behavior: "auto" });
  first.focus({ preventScroll: true });
}

function followOutline(): void {
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".outline a")) {
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.parentElement;
    if (place) links.set(place, link);
  }
  const observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.find((e) => e.isIntersecting);
      if (!seen) return;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(seen.target)?.setAttribute("aria-current", "true");
    },
    { rootMargin: "0px 0px -70% 0px" },
  );
  for (const place of links.keys()) observer.observe(place);
}

function foldOutline(): void {
  if (matchMedia("(max-width: 62rem)").matches) document.querySelector(".outline details")?.removeAttribute("open");
}

foldOutline();
followOutline();
showCited();
// The browser goes to the fragment by itself once the page is there, and takes the focus away.
addEventListener("load", () => requestAnimationFrame(showCited));
addEventListener("hashchange", showCited);

/** Elements without markup strings: nothing that a document or a server says is ever parsed as HTML. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | boolean | ((event: Event) => void) | null | undefined>;

/** An element; attributes that are functions are listeners, false and null ones are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value) element.setAttribute(name, value);
  }
  element.append(...children.filter((c): c is Node | string => !!c));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A 24-unit line drawing that says nothing by itself. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  ask: "M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5",
  close: "M6 6l12 12M18 6L6 18",
  clear: "M5 12a7 7 0 1 0 2-5M7 3v4h4",
  send: "M4 12h15M13 6l6 6-6 6",
  stop: "M7 7h10v10H7z",
  up: "M7 11v9H4v-9zM7 11l4-8c2 0 2.500 1.500 2 4l-.5 2H19l-1.500 11H7",
  down: "M7 13V4H4v9zM7 13l4 8c2 0 2.500-1.500 2-4l-.5-2H19L17.500 4H7",
};

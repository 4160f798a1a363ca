/** Characters of a document on the page. Offsets count code points, as Python does, not UTF-16 units. */

/** The UTF-16 index of code point `count` of `text`, or its length when it has fewer. */
export function unitIndex(text: string, count: number): number {
  let at = 0;
  while (count-- > 0 && at < text.length) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

interface Stretch {
  node: Text;
  from: number;
  to: number;
}

/** The text nodes under `root` that show the characters `start` to `end`; elements say in `data-s` where they begin. */
function stretches(root: ParentNode, start: number, end: number): Stretch[] {
  const found: Stretch[] = [];
  for (const element of root.querySelectorAll<HTMLElement>("[data-s]")) {
    let at = Number(element.dataset.s);
    if (at >= end) break;
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node && at < end; node = walker.nextNode() as Text | null) {
      const length = codePoints(node.data);
      if (at + length > start) {
        const from = unitIndex(node.data, Math.max(0, start - at));
        found.push({ node, from, to: unitIndex(node.data, Math.min(length, end - at)) });
      }
      at += length;
    }
  }
  return found;
}

/** Puts a `mark` of class `style` around the characters; returns the marks in order. */
export function lightUp(root: ParentNode, start: number, end: number, style: string): HTMLElement[] {
  return stretches(root, start, end)
    .filter((s) => s.from < s.to)
    .map(({ node, from, to }) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const mark = document.createElement("mark");
      mark.className = style;
      range.surroundContents(mark);
      return mark;
    });
}

/** Takes the marks away and leaves their text. */
export function putOut(marks: Iterable<HTMLElement>): void {
  for (const mark of marks) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent?.normalize();
  }
}

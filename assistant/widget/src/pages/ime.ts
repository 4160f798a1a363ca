/** Enter that never sends half a word: Vietnamese input methods compose with the same key. */

/** Calls `send` on Enter without Shift, unless an input method is still composing a word. */
export function sendOnEnter(field: HTMLTextAreaElement, send: () => void): void {
  let ended = 0;
  field.addEventListener("compositionend", (event) => (ended = event.timeStamp));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    // Safari ends the composition just before the Enter that ended it.
    if (event.timeStamp - ended < 50) return;
    event.preventDefault();
    send();
  });
}

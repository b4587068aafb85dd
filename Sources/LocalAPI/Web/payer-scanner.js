// A scanner that types: its text, ended by Enter or Tab, pays the payment that waits. A part of a
// code must not pass for a whole one, so a pause inside spoils it.

/** A scan is longer than what people type while a form is open. */
const strayMin = 16;

/** `give` takes a code; a form may be open, and its field hold what it asks for. */
export function listenForScans(give, isForm, isTyped) {
  let text = '', at = -Infinity, isWhole = true;
  document.addEventListener('keydown', event => {
    const now = performance.now();
    if (now - at > 2000) [text, isWhole] = ['', true];
    if (now - at > 300 && text !== '') isWhole = false;
    at = now;
    const field = event.target.matches?.('input') ? event.target : null;
    if (event.key === 'Enter' || event.key === 'Tab') {
      end(event, field);
      [text, isWhole] = ['', true];
    } else if (event.key.length === 1 && !event.ctrlKey && !event.altKey && text.length < 512) {
      // No code begins with a space, which presses the button that has the focus.
      if (event.key === ' ' && text === '') return;
      text += event.key;
      if (event.key === ' ' && !field) event.preventDefault();
    }
  }, true);

  // Without a text before them, Enter and Tab are those of somebody at the keyboard.
  function end(event, field) {
    if (text === '' || (isForm() && text.length < strayMin) || (field && isTyped())) return;
    event.preventDefault();
    if (field) field.value = '';
    if (isWhole) give(text);
  }
}

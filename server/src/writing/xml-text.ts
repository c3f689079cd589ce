/** Text as XML has it, without what XML has not: control characters and halves of a character. */
export function xmlText(text: string): string {
  return text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

/** A name that nobody else has. `crypto.randomUUID` is missing where the page comes over plain HTTP. */
export function newName(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Fingerprint of what rows say whatever their order, days and lines: of each row two numbers of 32 bits, added up. Two
 * reports with one fingerprint say the same of the same pairs, at whatever day.
 */
export class SaidSum {
  #first = 0
  #second = 0
  #rows = 0

  /** Adds a row: {@link textHash} of its institution and drug; its status, and reason and lead time in one; its quantity, not a number where it has none. */
  add(institution: number, drug: number, status: number, reasonAndLead: number, quantity: number): void {
    const amount = Number.isNaN(quantity) ? -1 : Math.round(quantity * 1000) | 0
    this.#first = (this.#first + mixed(mixed(mixed(mixed(institution) ^ drug) ^ status ^ Math.imul(reasonAndLead, 0x9e3779b1)) ^ amount)) | 0
    this.#second = (this.#second + mixed(mixed(mixed(mixed(drug) ^ institution) + status + Math.imul(reasonAndLead, 0x85ebca6b)) + amount)) | 0
    this.#rows++
  }

  /** The fingerprint: twenty hexadecimal digits or more. */
  text(): string {
    const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0')
    return `${hex(this.#first)}${hex(this.#second)}${this.#rows.toString(16).padStart(4, '0')}`
  }
}

/** FNV-1a of a text's UTF-16 units. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** Spreads a number's bits over all 32 (the last step of MurmurHash3). */
function mixed(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

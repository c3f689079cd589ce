/** A division's name without the word for what it is, where the map needs the room. Names of two letters stay as they are. */
export function shortLabel(name: string): string {
  return name.length > 2 ? name.replace(/(?:特别行政区|自治州|地区|市|盟|州)$/, '') : name
}

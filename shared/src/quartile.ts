/** Four times the first, second (the median) or third quartile of numbers in rising order, as `percentile_cont` has it: whole where they are, since it lies some fourths of the way from one to the next. */
export function fourTimesTheQuartile(sorted: readonly number[], quartile: 1 | 2 | 3): number {
  const fourths = quartile * (sorted.length - 1)
  const at = fourths >> 2
  const part = fourths & 3
  return sorted[at]! * (4 - part) + (sorted[at + 1] ?? 0) * part
}

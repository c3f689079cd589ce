/**
 * The day (and time, if it has one) that a serial number of a workbook stands for: `2026-02-05` or
 * `2026-02-05T10:30:00`, or null if it stands for none. Excel's 1900 calendar has a 29 February that never was
 * (serial 60); in it and before it no day is meant. No time zone is involved.
 */
export function serialDate(serial: number, epoch1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < (epoch1904 ? 0 : 61) || serial >= 2_958_466) return null
  const seconds = Math.round(serial * 86_400)
  const start = epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const text = new Date(start + seconds * 1000).toISOString().slice(0, 19)
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text
}

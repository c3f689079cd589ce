/** Coordinate systems a master may use. Maps draw WGS84. */
export const datums = ['WGS84', 'CGCS2000', 'GCJ02'] as const
export type Datum = (typeof datums)[number]

const axis = 6_378_245
const eccentricity = 0.006_693_421_622_965_943

/**
 * A position in WGS84. CGCS2000 is the same within a decimetre. GCJ-02 (the shifted coordinates of Chinese web maps) is
 * taken back by iterating its published forward formula; the rest is below a metre.
 */
export function toWgs84(datum: Datum, latitude: number, longitude: number): { latitude: number; longitude: number } {
  if (datum !== 'GCJ02') return { latitude, longitude }
  let guess = { latitude, longitude }
  for (let step = 0; step < 5; step++) {
    const shifted = shift(guess.latitude, guess.longitude)
    guess = { latitude: guess.latitude + latitude - shifted.latitude, longitude: guess.longitude + longitude - shifted.longitude }
  }
  return guess
}

function shift(latitude: number, longitude: number): { latitude: number; longitude: number } {
  const x = longitude - 105
  const y = latitude - 35
  const wave = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3)
  const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + wave
    + (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3) + (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3)
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + wave
    + (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3) + (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3)
  const radians = (latitude / 180) * Math.PI
  const magic = 1 - eccentricity * Math.sin(radians) ** 2
  return {
    latitude: latitude + (north * 180) / (((axis * (1 - eccentricity)) / (magic * Math.sqrt(magic))) * Math.PI),
    longitude: longitude + (east * 180) / ((axis / Math.sqrt(magic)) * Math.cos(radians) * Math.PI),
  }
}

import { z } from 'zod'

/** Where a map looks, as a URL holds it: latitude and longitude of its middle in degrees, and how many doublings of the scale from the whole map: `31.2304,121.4737,3.5`. */
export const MapAt = z.string().regex(/^-?\d{1,2}(\.\d{1,4})?,-?\d{1,3}(\.\d{1,4})?,\d(\.\d)?$/, 'a view of a map is latitude,longitude,doublings')

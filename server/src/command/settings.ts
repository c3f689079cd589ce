import { describeSettings } from '../settings.js'
import { endQuietly } from './end-quietly.js'

endQuietly()
for (const { name, default: fallback, meaning } of describeSettings()) process.stdout.write(`${name}${fallback === '' ? '' : `  (${fallback})`}\n    ${meaning}\n`)

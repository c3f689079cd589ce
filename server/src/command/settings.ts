import { describeSettings } from '../settings.js'

for (const { name, default: fallback, meaning } of describeSettings()) process.stdout.write(`${name}${fallback === '' ? '' : `  (${fallback})`}\n    ${meaning}\n`)

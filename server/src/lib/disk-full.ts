import { Refusal } from './refusal.js'

/** What is told to whoever asked for what a full disk does not allow. It may have filled up after a report was stored and before that could be noted, so nothing is said of that. */
export function diskFull(): Refusal {
  return new Refusal(507, 'server.disk_full', 'The disk of this server is full. Whoever runs it must make room; then try again: a report that was stored all the same is answered as one that was sent before.', {}, 'DISK_FULL')
}

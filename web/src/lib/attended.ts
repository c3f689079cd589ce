/** So long after the last touch somebody is still taken to be there. Longer than it is between two looks at who is here. */
const stillThereMs = 120_000

let lastAt = Date.now()
for (const touch of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const) {
  addEventListener(touch, () => (lastAt = Date.now()), { capture: true, passive: true })
}

/** Whether somebody is before this page, as far as it can tell by his hands. */
export function isAttended(): boolean {
  return Date.now() - lastAt < stillThereMs
}

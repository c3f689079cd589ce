/** Small line icons, 16 × 16, decoration only: the word or `aria-label` stands beside them. */
const paths = {
  sun: 'M8 4.6a3.4 3.4 0 1 0 .01 0M8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z',
  download: 'M8 2v8M4.6 7 8 10.4 11.4 7M2.5 13.5h11',
  left: 'M10 3 5 8l5 5', right: 'M6 3l5 5-5 5', up: 'M3 10l5-5 5 5', down: 'M3 6l5 5 5-5',
  info: 'M8 1.8a6.2 6.2 0 1 0 .01 0M8 7.2v4M8 4.6v.2',
  warning: 'M8 2 14.5 13.6h-13zM8 6.4v3.4M8 11.6v.2',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  person: 'M8 2.2a2.9 2.9 0 1 0 .01 0M2.6 14c.5-3 2.6-4.6 5.4-4.6s4.9 1.6 5.4 4.6',
  bell: 'M3.4 11.6h9.2c-1-1.2-1.3-2.4-1.3-4.6a3.3 3.3 0 0 0-6.6 0c0 2.2-.3 3.4-1.3 4.6M6.6 13.6a1.6 1.6 0 0 0 2.8 0',
  clock: 'M8 1.8a6.2 6.2 0 1 0 .01 0M8 4.6V8l2.6 1.6',
} as const

/** Name of an {@link Icon}. */
export type IconName = keyof typeof paths

/** One of the icons in the colour of the text around it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth={1.6} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}

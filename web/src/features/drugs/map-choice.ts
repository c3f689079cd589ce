/** The switch between points and areas, shown in the frame of either map. */
export interface MapChoice {
  label: string
  value: 'points' | 'regions'
  options: readonly { value: 'points' | 'regions'; label: string }[]
  onChange: (value: 'points' | 'regions') => void
}

import { createTheme } from '@mantine/core'

const family = "'Noto Sans SC Variable', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif"

/** Mantine's part of the looks: type and corners. Colours are in `ui/tokens.css`. */
export const theme = createTheme({
  fontFamily: family,
  headings: { fontFamily: family },
  defaultRadius: 'sm',
  focusRing: 'auto',
  respectReducedMotion: true,
})

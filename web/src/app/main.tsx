import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/ScrollArea.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Drawer.css'
import '../ui/tokens.css'
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { newQueryClient } from '../lib/query-client'
import { startLanguage } from '../lib/i18n'
import { PainterProvider } from '../ui/download-menu'
import { createAppRouter } from './router'
import { theme } from './theme'

const client = newQueryClient()
const router = createAppRouter(client)
const root = document.getElementById('root')

/** The painter is loaded when the first picture is saved. */
const paint = async (svg: SVGSVGElement, title: string, foot: string) => (await import('../map/to-png')).svgToPng(svg, title, foot)

void import('@fontsource-variable/noto-sans-sc/index.css')
void startLanguage().then(() => {
  if (!root) throw new Error('no #root')
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={localStorageColorSchemeManager({ key: 'lastmile-scheme' })} withGlobalClasses={false}>
        <QueryClientProvider client={client}>
          <PainterProvider value={paint}>
            <RouterProvider router={router} />
          </PainterProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
})

declare module '@tanstack/react-router' {
  interface Register { router: ReturnType<typeof createAppRouter> }
}

declare module '@tanstack/react-router' {
  /** `rowsOpened`: this entry opened the rows panel of the one before. `takenUpAs`: the address of the account whose invitation was just taken up. */
  interface HistoryState { rowsOpened?: boolean; takenUpAs?: string }
}

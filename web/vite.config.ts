import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Old offices run Chromium 109: JavaScript and CSS are lowered to it, and `scripts/check-css.mjs` looks at the result. */
export default defineConfig({
  plugins: [react()],
  build: {
    target: 'chrome109',
    cssTarget: 'chrome109',
    manifest: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { port: 5173, proxy: { '/api': `http://127.0.0.1:${process.env['PORT'] ?? 8787}` } },
})

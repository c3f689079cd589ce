import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { Readable } from 'node:stream'
import type { Handler } from 'hono'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json',
}

/**
 * The built front end. Files under `assets/` carry their content in their name and never change; every other path is a
 * page of the application. Text goes out packed when the build left a packed twin beside it.
 */
export function webFiles(folder: string): Handler {
  return async (c) => {
    const path = pathOf(c.req.path)
    if (path === null || path.includes('..') || path.includes('\0')) return c.notFound()
    // What belongs to programs is no page: a mistyped path of the API is answered as one that is not there.
    if (/^\/(?:api|metrics)(?:\/|$)/i.test(path)) return c.notFound()
    const file = join(folder, path)
    const found = extname(path) === '' ? null : await stat(file).catch(() => null)
    if (!found?.isFile()) {
      if (extname(path) !== '') return c.notFound()
      const page = await readFile(join(folder, 'index.html')).catch(() => null)
      if (!page) return c.text('The front end is not built. Run: npm start', 503)
      return c.body(new Uint8Array(page), 200, { 'Content-Type': types['.html']!, 'Cache-Control': 'no-cache' })
    }
    const headers: Record<string, string> = {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
    }
    const packed = /\bbr\b/.test(c.req.header('accept-encoding') ?? '') ? await stat(`${file}.br`).catch(() => null) : null
    if (packed) headers['Content-Encoding'] = 'br'
    const stream = createReadStream(packed ? `${file}.br` : file)
    return c.body(Readable.toWeb(stream) as ReadableStream, 200, { ...headers, 'Content-Length': String((packed ?? found).size) })
  }
}

/** A path as a folder names it; null for one that is not written in UTF-8. */
function pathOf(path: string): string | null {
  try {
    return normalize(decodeURIComponent(path)).replaceAll('\\', '/')
  } catch {
    return null
  }
}

import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { inflate } from './inflate.js'
import { FileRefused, refuse } from './refusal.js'
import type { ZipEntry } from './zip.js'

/** An opening tag: namespace, local name, and attributes by local name (`r:id` is `id`; no part needs more). */
export interface Opening {
  readonly space: string
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface XmlHandler {
  open?(tag: Opening, depth: number): void
  close?(name: string, depth: number): void
  text?(text: string): void
}

const deepest = 64

/** Namespaces in force by prefix, and the depth of the element that declared the last of them. */
interface Scopes {
  readonly spaces: Map<string, string>
  readonly depth: number
  readonly outer: Scopes | null
}

/**
 * Reads one part of a workbook piece by piece. Names reach the handler by namespace, so prefixes do not matter
 * (resolved here: saxes' own resolution takes half of the time of a large sheet).
 * A DOCTYPE, which alone can define entities, and nesting beyond 64 are XML_UNSAFE (a worksheet needs 8);
 * text that is not well-formed UTF-8 or UTF-16 XML, or ends early, is ARCHIVE_CORRUPT.
 */
export async function readXml(entry: ZipEntry, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false, fileName: '' })
  let scopes: Scopes = { spaces: new Map([['', ''], ['xml', 'http://www.w3.org/XML/1998/namespace']]), depth: 0, outer: null }
  let depth = 0
  parser.on('error', () => refuse('ARCHIVE_CORRUPT', 'a part of the workbook is not well-formed XML'))
  parser.on('doctype', () => refuse('XML_UNSAFE', 'a part of the workbook declares a document type'))
  parser.on('opentag', (tag) => {
    depth++
    if (depth > deepest) refuse('XML_UNSAFE', 'a part of the workbook is nested too deeply')
    const attributes = tag.attributes as Record<string, string>
    for (const key in attributes) {
      const colon = key.indexOf(':')
      if (key === 'xmlns' || key.startsWith('xmlns:')) {
        if (scopes.depth !== depth) scopes = { spaces: new Map(scopes.spaces), depth, outer: scopes }
        scopes.spaces.set(colon < 0 ? '' : key.slice(6), attributes[key] as string)
      } else if (colon > 0) attributes[key.slice(colon + 1)] ??= attributes[key] as string
    }
    const space = scopes.spaces.get(prefixOf(tag.name))
    if (space === undefined) refuse('ARCHIVE_CORRUPT', 'a part of the workbook uses an undeclared namespace')
    handler.open?.({ space, name: localOf(tag.name), attributes }, depth)
  })
  parser.on('closetag', (tag) => {
    handler.close?.(localOf(tag.name), depth)
    if (scopes.depth === depth && scopes.outer) scopes = scopes.outer
    depth--
  })
  if (handler.text) {
    parser.on('text', (text) => handler.text?.(text))
    parser.on('cdata', (text) => handler.text?.(text))
  }
  let decoder: TextDecoder | null = null
  try {
    for await (const piece of inflate(entry)) {
      decoder ??= decoderFor(piece)
      parser.write(decoder.decode(piece, { stream: true }))
    }
    parser.write((decoder ?? new TextDecoder()).decode())
    parser.close()
  } catch (error) {
    if (error instanceof FileRefused) throw error
    refuse('ARCHIVE_CORRUPT', 'a part of the workbook is not well-formed XML')
  }
}

function decoderFor(piece: Uint8Array): TextDecoder {
  const [a, b] = piece
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding, { fatal: true })
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? '' : name.slice(0, colon)
}

function localOf(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

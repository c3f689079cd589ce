import { readFile, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import type { FeedFailure } from '@lastmile/shared/feed'

/** What this machine lets feeds fetch, as its settings say. Whoever keeps feeds chooses within that. */
export interface FeedBounds {
  /** Folders beneath which feeds may read. */
  folders: readonly string[]
  /** Hosts, with their port where it is not the usual one, from which feeds may fetch. */
  hosts: readonly string[]
  /** A file of lines `NAME HOST TOKEN`; null: feeds send no token. */
  tokensFile: string | null
  /** For how many days runs are kept. */
  runDays: number
}

/** Feeds fetch nothing. */
export const noFeeds: FeedBounds = { folders: [], hosts: [], tokensFile: null, runDays: 90 }

/** Why a feed's files cannot be fetched, in a word and a sentence. */
export class CannotFetch extends Error {
  override readonly name = 'CannotFetch'
  constructor(readonly reason: FeedFailure, message: string) {
    super(message)
  }
}

/** Where a feed's folder truly is. @throws CannotFetch if it is not there, or lies, links followed, beneath none of the folders that are allowed */
export async function allowedFolder({ folders }: FeedBounds, folder: string): Promise<string> {
  const notAllowed = new CannotFetch('FOLDER_NOT_ALLOWED', folders.length === 0 ? 'No folder is open to feeds on this machine: FEED_FOLDERS names them.' : 'The folder lies beneath none of those that FEED_FOLDERS names.')
  // As it is written first: whether there is anything elsewhere on the machine, nobody is told.
  if (!isAbsolute(folder) || !folders.some((one) => isWithin(one, resolve(folder)))) throw notAllowed
  const real = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    throw new CannotFetch('FOLDER_MISSING', `The folder cannot be opened (${error.code ?? 'unknown'}).`)
  })
  if (!(await isAllowed(folders, real))) throw notAllowed
  return real
}

/** Whether a path without links in it lies beneath one of the folders. */
export async function isAllowed(folders: readonly string[], real: string): Promise<boolean> {
  for (const folder of folders) {
    const root = await realpath(folder).catch(() => null)
    if (root !== null && isWithin(root, real)) return true
  }
  return false
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way))
}

/**
 * An address from which feeds may fetch: https (http on this machine alone), of a host that is allowed, and without a
 * password in it. Names are allowed and not what they resolve to: whoever runs the machine says which hosts he trusts.
 * @throws CannotFetch
 */
export function allowedAddress({ hosts }: FeedBounds, address: string, from?: URL): URL {
  const refuse = (message: string) => new CannotFetch('ADDRESS_NOT_ALLOWED', message)
  if (!URL.canParse(address, from?.href)) throw refuse('The address is none.')
  const url = new URL(address, from?.href)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) throw refuse('Feeds fetch by https, or by http from this machine itself.')
  if (url.username !== '' || url.password !== '') throw refuse('An address holds no user and no password: name a token.')
  if (!hosts.some((one) => one.toLowerCase() === url.host)) throw refuse(hosts.length === 0 ? 'No host is open to feeds on this machine: FEED_HOSTS names them.' : `The host ${url.host} is none of those that FEED_HOSTS names.`)
  return url
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/** A token by its name, for one host. Read anew each time: a token can be changed while the server runs. @throws CannotFetch if there is none of that name for that host */
export async function tokenFor({ tokensFile }: FeedBounds, name: string, host: string): Promise<string> {
  const lines = tokensFile === null ? '' : await readFile(tokensFile, 'utf8').catch(() => '')
  for (const line of lines.split('\n')) {
    const [own, of, token] = line.trim().split(/\s+/)
    if (own === name && of?.toLowerCase() === host && token !== undefined) return token
  }
  throw new CannotFetch('TOKEN_MISSING', `FEED_TOKENS_FILE has no token "${name}" for ${host}.`)
}

import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A mail as a mail server took it. */
export interface MailTaken {
  from: string
  to: string
  /** By name, in small letters. */
  headers: Record<string, string>
  /** What it says, decoded, by type: `text/plain`, `text/html`. */
  parts: Record<string, string>
}

/** How a mail server answers: with a line instead of taking what it is told; null where it takes it. */
export type Mood = (command: 'MAIL' | 'RCPT' | 'DATA' | 'taken', argument: string) => string | null

/** A mail server that speaks SMTP on a port of this machine, and keeps what it is sent. `mood.now`: how it answers. */
export async function mailServer() {
  const taken: MailTaken[] = []
  const mood: { now: Mood } = { now: () => null }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    talk(socket, mood, taken)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    taken, mood, port, url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => {
      for (const one of sockets) one.destroy()
      server.close(() => resolve())
    }),
  }
}

function talk(socket: Socket, mood: { now: Mood }, taken: MailTaken[]): void {
  let [waiting, from, to, isData]: [string, string, string, boolean] = ['', '', '', false]
  const say = (line: string) => void socket.write(`${line}\r\n`)
  const hear = (line: string) => {
    const [verb = ''] = line.toUpperCase().split(/[ :]/)
    const argument = /<([^>]*)>/.exec(line)?.[1] ?? ''
    const refusal = verb === 'MAIL' || verb === 'RCPT' || verb === 'DATA' ? mood.now(verb, argument) : null
    if (refusal !== null) return say(refusal)
    if (verb === 'EHLO') return say('250-here\r\n250-SMTPUTF8\r\n250 8BITMIME')
    if (verb === 'QUIT') return void socket.end('221 bye\r\n')
    if (!['MAIL', 'RCPT', 'DATA', 'RSET', 'NOOP'].includes(verb)) return say('502 it does not speak that')
    if (verb === 'MAIL') from = argument
    if (verb === 'RCPT') to = argument
    if (verb === 'DATA') isData = true
    say(verb === 'DATA' ? '354 go on' : '250 ok')
  }
  socket.setEncoding('utf8').on('data', (text: string) => {
    waiting += text
    for (;;) {
      const end = waiting.indexOf(isData ? '\r\n.\r\n' : '\r\n')
      if (end === -1) return
      const said = waiting.slice(0, end)
      waiting = waiting.slice(end + (isData ? 5 : 2))
      if (!isData) hear(said)
      else {
        isData = false
        taken.push({ from, to, ...read(said.replace(/^\.\./gm, '.')) })
        const refusal = mood.now('taken', to)
        if (refusal === 'hang up') socket.destroy()
        else say(refusal ?? '250 taken')
      }
    }
  })
  say('220 here')
}

/** Reads a mail: its headers, and its parts where it has several. */
function read(mail: string): Pick<MailTaken, 'headers' | 'parts'> {
  const { headers, body } = split(mail)
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')?.[1]
  const pieces = boundary === undefined ? [mail] : body.split(`--${boundary}`).slice(1, -1).map((piece) => piece.replace(/^\r\n/, ''))
  const parts = Object.fromEntries(pieces.map((piece) => {
    const one = split(piece)
    return [one.headers['content-type']?.split(';')[0] ?? '', decoded(one.body, one.headers['content-transfer-encoding'])]
  }))
  return { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, words(value)])), parts }
}

function split(text: string): { headers: Record<string, string>; body: string } {
  const end = text.indexOf('\r\n\r\n')
  const lines = text.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return { headers: Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])), body: text.slice(end + 4) }
}

function decoded(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  return encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')) : body
}

/** Words of a header as people read them. */
function words(value: string): string {
  return value.replace(/\?= =\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, form: string, text: string) => (form.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString() : quoted(text.replaceAll('_', ' '))))
}

function quoted(text: string): string {
  return Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))), 'latin1').toString()
}

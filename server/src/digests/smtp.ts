import { createTransport } from 'nodemailer'
import { MailRefused, type Mailer } from './mailer.js'

/** How long a mail server may take to be found, to greet, and to answer. */
const patience = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 }

/** Sends mail through a mail server. `from` and `address` as the settings have them. */
export function newSmtpMailer({ url, from, address, hour }: { url: string; from: string; address: string; hour: number }): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url)
  const [secure, host] = [protocol === 'smtps:', hostname.replace(/^\[|\]$/g, '')]
  const isHere = host === 'localhost' || host === '::1' || host.startsWith('127.')
  const transport = createTransport({
    host, port: port === '' ? (secure ? 465 : 587) : Number(port), secure, ...patience, disableFileAccess: true, disableUrlAccess: true,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) }, requireTLS: !secure && !isHere }),
  })
  const root = address.replace(/\/+$/, '')
  const domain = /@([^>]+)>?$/.exec(from)?.[1] ?? 'lastmile'
  return {
    address: root, hour,
    async send({ to, subject, text, html, code, unsubscribe }) {
      try {
        // Said by a program, to a person: whoever is away must not answer it.
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId: `<${code}@${domain}>`, headers: { 'Auto-Submitted': 'auto-generated' }, list: { unsubscribe } })
      } catch (error) {
        throw refusal(error)
      }
    },
    close: () => transport.close(),
  }
}

/** What went wrong, without what was sent and to whom: mail servers repeat both. */
function refusal(error: unknown): MailRefused {
  const { code, command, responseCode } = error as { code?: string; command?: string; responseCode?: number }
  const isForGood = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 550 && responseCode <= 553
  return new MailRefused([code ?? 'error', command, responseCode].filter((one) => one !== undefined).join(' '), isForGood)
}

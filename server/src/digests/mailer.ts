/** A mail as it goes out. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Names it, for whoever gets it twice. */
  code: string
  /** Where its reader says that he wants no more. */
  unsubscribe: string
}

/** A mail that the mail server does not take. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
  /** @param isForGood whether there is nobody at that address: it is not tried again */
  constructor(message: string, readonly isForGood: boolean) {
    super(message)
  }
}

/** Sends mail. */
export interface Mailer {
  /** Where this server is found, without a slash at its end. */
  address: string
  /** From which hour on the mail of a day is sent. */
  hour: number
  /** Resolves when the mail server has taken it. @throws MailRefused where it does not, or is not there */
  send(mail: Mail): Promise<void>
  close(): void
}

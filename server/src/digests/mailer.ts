/** A mail as it goes out. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Names it for whoever gets it twice. */
  messageId: string
  /** Where its reader says that he wants no more. */
  unsubscribe: string
}

/** Sends mail. */
export interface Mailer {
  /** Where this server is found, without a slash at its end. */
  address: string
  /** Resolves when the mail server has taken it. @throws Error where it does not */
  send(mail: Mail): Promise<void>
  close(): void
}

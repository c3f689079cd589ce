/** The data must not be opened by this program, or not now. The message is a sentence that says what to do; nothing was written. */
export class CannotOpen extends Error {
  override readonly name: string = 'CannotOpen'
}

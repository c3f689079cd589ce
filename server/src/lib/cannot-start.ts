/** A process cannot be started as it is set up. The message is a sentence that says what is wrong, where, and what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

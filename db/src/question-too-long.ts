/** Whether PostgreSQL gave a question up because it took longer than it may. */
export function isQuestionTooLong(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if ((one as { code?: unknown }).code === '57014') return true
  return false
}

/** Lets whoever reads what a command says stop reading (`pnpm settings | head`): the rest is said to nobody, and that is no failure. */
export function endQuietly(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

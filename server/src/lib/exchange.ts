import type { Worker } from 'node:worker_threads'

/** What is told to a thread and heard from it. */
export interface Exchange<Message, Answer> {
  /** Tells the thread what is wanted. */
  tell(): void | Promise<void>
  /** Told of each of its messages; `answer` or `refuse` ends the exchange. */
  hear(message: Message, answer: (value: Answer) => void, refuse: (error: Error) => void): void
  /** What is thrown if the thread fails (with the cause) or ends before it has answered. */
  failed(cause?: Error): Error
}

/** One exchange with a thread, which keeps the process alive while it lasts. Who starts a thread lets it have one at a time. */
export async function exchange<Message, Answer>(worker: Worker, { tell, hear, failed }: Exchange<Message, Answer>): Promise<Answer> {
  let stopListening = () => {}
  worker.ref()
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const onMessage = (message: Message) => hear(message, resolve, reject)
      const onError = (cause: Error) => reject(failed(cause))
      const onExit = () => reject(failed())
      worker.on('message', onMessage).on('messageerror', onError).on('error', onError).on('exit', onExit)
      stopListening = () => worker.off('message', onMessage).off('messageerror', onError).off('error', onError).off('exit', onExit)
      void (async () => tell())().catch(reject)
    })
  } finally {
    stopListening()
    worker.unref()
  }
}

// One asker, a process of its own: keeps connections open and asks the same question on each again and again, as fast as it is answered.
// It counts answers by their bytes: all answers to one request are equally long, so that nothing but the first has to be
// read. A client that parses every answer needs more of a small machine than the server that it measures.
import { connect } from 'node:net'

const { host, port, request, connections, seconds } = JSON.parse(process.argv[2])
const question = Buffer.from(request)

const { status, bytes } = await firstAnswer()
const until = performance.now() + seconds * 1_000
const counts = await Promise.all(Array.from({ length: connections }, keepAsking))
console.log(JSON.stringify({ status, bytes, answers: counts.reduce((sum, one) => sum + one, 0) }))

/** Status and length of the answer, headers included. */
function firstAnswer() {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write(question))
    let heard = Buffer.alloc(0)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk])
      const end = heard.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = heard.subarray(0, end).toString('latin1')
      const bytes = end + 4 + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
      if (heard.length < bytes) return
      socket.destroy()
      resolve({ status: Number(head.slice(9, 12)), bytes })
    })
  })
}

/** Asks on one connection until the time is over. Answers how many answers came whole. */
function keepAsking() {
  return new Promise((resolve, reject) => {
    let answers = 0
    let missing = bytes
    const socket = connect(port, host, () => socket.write(question))
    socket.setNoDelay(true)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      // The first piece of an answer says its status; one that is longer or shorter than the first ends the measurement.
      if (missing === bytes && Number(chunk.latin1Slice(9, 12)) !== status) return reject(new Error(`an answer began ${chunk.latin1Slice(0, 40)}`))
      missing -= chunk.length
      if (missing < 0) return reject(new Error('an answer was longer than the first'))
      if (missing > 0) return
      answers += 1
      missing = bytes
      if (performance.now() < until) return void socket.write(question)
      socket.destroy()
      resolve(answers)
    })
  })
}

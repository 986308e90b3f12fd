import { connect, type Socket } from 'node:net'

/** One request as it goes over the wire. */
export type WireRequest = Buffer
/** Status and body of an answer. */
export type WireAnswer = { status: number; body: Buffer }

/** Writes a request in full; `host` decides the realm. */
export function wireRequest(given: {
  method: string
  path: string
  host: string
  cookie?: string
  body?: unknown
}): WireRequest {
  const body = given.body === undefined ? '' : JSON.stringify(given.body)
  const head = [`${given.method} ${given.path} HTTP/1.1`, `host: ${given.host}`, 'accept: application/json']
  if (given.cookie !== undefined) head.push(`cookie: session=${given.cookie}`)
  if (body !== '') head.push('content-type: application/json', `content-length: ${Buffer.byteLength(body)}`)
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * A keep-alive connection that sends one request at a time and reads the answer by its length: as thin as a
 * caller can be, since it takes its share of the same two cores.
 */
export class Connection {
  readonly #socket: Socket
  #parts: Buffer[] = []
  #need = -1
  #answer: ((answer: WireAnswer) => void) | undefined
  #fail: ((error: Error) => void) | undefined
  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.setNoDelay(true)
    this.#socket.on('data', (part: Buffer) => this.#take(part))
    this.#socket.on('error', (error) => this.#fail?.(error))
    this.#socket.on('close', () => this.#fail?.(new Error('the connection was closed')))
  }

  /** Sends a request and gives its answer. */
  send(request: WireRequest): Promise<WireAnswer> {
    return new Promise((answer, fail) => {
      this.#answer = answer
      this.#fail = fail
      this.#socket.write(request)
    })
  }

  /** Lets go of the connection. */
  close(): void {
    this.#fail = undefined
    this.#socket.destroy()
  }

  #take(part: Buffer): void {
    this.#parts.push(part)
    if (this.#need > 0) {
      this.#need -= part.length
      if (this.#need > 0) return
    }
    const whole = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts)
    const end = whole.indexOf(headEnd)
    if (end < 0) return
    const head = whole.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const missing = end + 4 + length - whole.length
    if (missing > 0) {
      this.#parts = [whole]
      this.#need = missing
      return
    }
    this.#parts = []
    this.#need = -1
    this.#answer?.({ status: Number(head.slice(9, 12)), body: whole.subarray(end + 4) })
  }
}

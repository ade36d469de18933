import { connect } from 'node:net'

/** A raw HTTP response. */
export interface RawResponse {
  readonly status: number
  /** The status line and the headers as they arrived. */
  readonly head: string
  readonly location: string | undefined
}

/**
 * Sends a request byte for byte, with targets and headers that HTTP clients would reject.
 *
 * @param head - Request line and headers, without the empty line. It must include `Host`.
 */
export function sendRaw(origin: string, head: readonly string[]): Promise<RawResponse> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(Buffer.from([...head, 'Connection: close', '', ''].join('\r\n'), 'utf8'))
    })
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (text += chunk))
    socket.on('error', reject)
    socket.on('close', () => {
      const answered = text.split('\r\n\r\n')[0] ?? ''
      resolve({
        status: Number(answered.split(' ')[1]),
        head: answered,
        location: /^location: (.*)$/im.exec(answered)?.[1],
      })
    })
  })
}

/** Sends bytes to a server, and returns all bytes that it sends until it closes the connection. */
export function sendBytes(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(bytes, 'latin1')
    })
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (received += chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(received))
  })
}

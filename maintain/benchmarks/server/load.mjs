import { connect } from 'node:net'

// Uses plain sockets, because an HTTP client would need more CPU than the measured servers on the same cores.

/**
 * Sends requests over a few keep-alive connections. Each connection waits for its response.
 *
 * @param requests - Raw requests, sent in turn.
 * @param count - The total number of requests.
 * @throws when a response is not 200. A server that rejects requests is fast, and its figures are useless.
 */
export async function sendLoad(port, requests, { count, from = 0, connections = 8 }) {
  let next = from
  const end = from + count
  const take = () => (next < end ? requests[next++ % requests.length] : undefined)
  await Promise.all(Array.from({ length: connections }, () => drive(port, take)))
}

/** Returns the bytes of a request as a string. */
export function rawRequest(path, headers) {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

function drive(port, take) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true).setEncoding('latin1')
    let received = ''
    const send = () => {
      const request = take()
      if (request === undefined) {
        socket.destroy()
        resolve()
      } else socket.write(request, 'latin1')
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed the connection.')))
    socket.on('data', (chunk) => {
      received += chunk
      const headersEnd = received.indexOf('\r\n\r\n')
      if (headersEnd === -1) return
      const headers = received.slice(0, headersEnd)
      const length = /\r\ncontent-length: (\d+)/i.exec(headers)
      if (length !== null && received.length < headersEnd + 4 + Number(length[1])) return
      // Next.js streams its pages.
      const isChunked = length === null && /\r\ntransfer-encoding: chunked/i.test(headers)
      if (isChunked && !received.endsWith('\r\n0\r\n\r\n')) return
      if ((length === null && !isChunked) || !received.startsWith('HTTP/1.1 200 ')) {
        socket.destroy()
        reject(new Error(`Expected the page, but received: ${received.slice(0, 500)}`))
        return
      }
      received = ''
      send()
    })
  })
}

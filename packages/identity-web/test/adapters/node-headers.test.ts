import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { NodeHttpContext } from '../../src/adapters/node.ts'
import type { ResponseHead } from '../../src/adapters/node/write-response.ts'

const response: ResponseHead = {
  headersSent: false,
  getHeader: () => undefined,
  setHeader: () => undefined,
}

function headerOf(name: string, request: object): string | undefined {
  return new NodeHttpContext(request as IncomingMessage, response).header(name)
}

test.each([
  ['one value', 'accept', { headers: { accept: 'text/html' } }, 'text/html'],
  ['a list of values', 'forwarded', { headers: { forwarded: ['for=a', 'for=b'] } }, 'for=a, for=b'],
  ['the host of HTTP/2', 'host', { headers: { ':authority': 'app.example' } }, 'app.example'],
  [
    'every Authorization header',
    'authorization',
    {
      headers: { authorization: 'Bearer a' },
      rawHeaders: ['Authorization', 'Bearer a', 'authorization', 'Bearer b'],
    },
    'Bearer a, Bearer b',
  ],
  ['a missing header', 'origin', { headers: {} }, undefined],
])('reads %s', (_what, name, request, expected) => {
  expect(headerOf(name, request)).toBe(expected)
})

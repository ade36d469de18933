import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { readToolCalls } from '../../src/mcp/messages.ts'
import { valueTarget, type FuzzTarget } from './target.ts'

/** A request as an MCP server receives it. */
interface ToolRequest {
  readonly body: unknown
  /** The headers `mcp-method` and `mcp-name`. */
  readonly headers: Readonly<Record<string, string>>
}

const tool = fc.constantFrom(
  'admin',
  'read',
  ' admin',
  'Админ',
  '',
  '__proto__',
  '=?base64?YWRtaW4=?=',
)
const method = fc.constantFrom(
  'tools/call',
  'tools/list',
  'prompts/get',
  'resources/read',
  'Tools/Call',
)
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constant(['admin']),
  fc.constant({ name: 'admin' }),
)

const message = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record(
      {
        jsonrpc: fc.constant('2.0'),
        id: fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), junk),
        method: fc.oneof({ weight: 4, arbitrary: method }, { weight: 1, arbitrary: junk }),
        params: fc.oneof(
          {
            weight: 4,
            arbitrary: fc.record({ name: fc.oneof(tool, junk), uri: tool }, { requiredKeys: [] }),
          },
          { weight: 1, arbitrary: junk },
        ),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { weight: 1, arbitrary: junk },
)

const request: fc.Arbitrary<ToolRequest> = fc.record(
  {
    body: fc.oneof(message, fc.array(message, { maxLength: 4 })),
    headers: fc.record(
      {
        'mcp-method': fc.oneof(
          method,
          method.map((value) => ` ${value} `),
        ),
        'mcp-name': fc.oneof(tool, fc.constantFrom('=?base64?0JDQtNC80LjQvQ==?=', 'other')),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { noNullPrototype: true },
)

/**
 * Returns the names that a server finds which reads the body in the most generous way: each message whose method is
 * `tools/call`, also in a list inside a list, with whatever its name becomes as the key of an object.
 */
function namesForServer(body: unknown): string[] {
  if (Array.isArray(body)) return body.flatMap(namesForServer)
  const { method: called, params } = (body ?? {}) as {
    method?: unknown
    params?: { name?: unknown } | null
  }
  return String(called) === 'tools/call' ? [String(params?.name)] : []
}

/** Returns the name that the header means, for an intermediary that decodes it. */
function decoded(given: string): string {
  const encoded = /^=\?base64\?(.*)\?=$/.exec(given)?.[1]
  return encoded === undefined ? given : Buffer.from(encoded, 'base64').toString()
}

export const toolCallTargets: readonly FuzzTarget[] = [
  valueTarget({
    name: 'mcp/tool-calls',
    arbitrary: request,
    runs: 2000,
    seeds: [
      { body: { method: 'tools/call', params: { name: 'admin' } }, headers: {} },
      {
        body: { method: 'tools/call', params: { name: '=?base64?YWRtaW4=?=' } },
        headers: { 'mcp-name': '=?base64?YWRtaW4=?=' },
      },
      { body: { method: ['tools/call'], params: { name: 'admin' } }, headers: {} },
      { body: [[{ method: 'tools/call', params: { name: 'admin' } }]], headers: {} },
      {
        body: { method: 'tools/call', params: { name: 'admin' } },
        headers: { 'mcp-method': 'tools/call', 'mcp-name': 'read' },
      },
    ],
    long: (length) => [
      {
        body: { method: 'tools/call', params: { name: 'a'.repeat(length) } },
        headers: { 'mcp-name': 'a'.repeat(length) },
      },
      {
        body: Array.from({ length }, () => ({ method: 'tools/call', params: { name: 'a' } })),
        headers: {},
      },
    ],
    check({ body, headers }) {
      const before = JSON.stringify(body)
      const read = readToolCalls(body, (name) => headers[name])
      assert.equal(JSON.stringify(body), before, 'the body was changed')
      if (!Array.isArray(read)) {
        const { status, code, id } = read as Exclude<typeof read, readonly string[]>
        assert.equal(status, 400)
        assert.ok([-32_600, -32_602, -32_020].includes(code), `code ${code}`)
        assert.ok(['undefined', 'string', 'number'].includes(typeof id))
        return
      }
      // The guard checks each tool that the server could call.
      const strict = (Array.isArray(body) ? body : [body]).filter(
        (each: { readonly method?: unknown }) => each.method === 'tools/call',
      )
      assert.deepEqual(
        new Set(read),
        new Set(strict.map((each: { params: { name: string } }) => each.params.name)),
      )
      const isStrict = (each: unknown): boolean =>
        typeof (each as { readonly method?: unknown }).method !== 'object'
      if ((Array.isArray(body) ? body : [body]).every(isStrict)) {
        assert.deepEqual(new Set(namesForServer(body)), new Set(read))
      }
      // An intermediary decides by the headers, so they must mean the same.
      const given = headers['mcp-name']
      if (given === undefined || read.length === 0) return
      assert.deepEqual(read, [decoded(given.trim())])
    },
  }),
]

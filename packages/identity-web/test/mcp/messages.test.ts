import { expect, test } from 'vitest'
import { readToolCalls } from '../../src/mcp/messages.ts'

const NO_HEADERS = (): undefined => undefined

const headers =
  (given: Readonly<Record<string, string>>) =>
  (name: string): string | undefined =>
    given[name]

const call = (name: unknown, id: unknown = 1): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name },
})

test('returns the tool of a call, and nothing for other methods', () => {
  expect(readToolCalls(call('mail'), NO_HEADERS)).toEqual(['mail'])
  expect(readToolCalls({ jsonrpc: '2.0', id: 1, method: 'tools/list' }, NO_HEADERS)).toEqual([])
  expect(readToolCalls({ jsonrpc: '2.0', id: 1, result: {} }, NO_HEADERS)).toEqual([])
})

test('returns every tool of a batch, also calls without an id', () => {
  const { id: _, ...notification } = call('admin') as { id: unknown }
  expect(readToolCalls([call('open'), notification, call('open')], NO_HEADERS)).toEqual([
    'open',
    'admin',
  ])
})

test.each([
  ['a list', ['admin']],
  ['an object', { toString: 'admin' }],
  ['a number', 7],
  ['nothing', undefined],
])('rejects %s as the name of a tool', (_, name) => {
  expect(readToolCalls(call(name, 'x'), NO_HEADERS)).toMatchObject({
    status: 400,
    code: -32_602,
    id: 'x',
  })
})

test.each([
  ['a string', 'tools/call'],
  ['null', null],
  ['a batch in a batch', [[call('admin')]]],
  ['a batch of 101 messages', Array.from({ length: 101 }, () => call('open'))],
])('rejects %s', (_, body) => {
  expect(readToolCalls(body, NO_HEADERS)).toMatchObject({ status: 400, code: -32_600 })
})

test.each([
  ['Mcp-Name of another tool', { 'mcp-name': 'open' }],
  ['Mcp-Name in another encoding', { 'mcp-name': '=?base64?b3Blbg==?=' }],
  ['Mcp-Name in another case', { 'mcp-name': 'Admin' }],
  ['an empty Mcp-Name', { 'mcp-name': '' }],
  ['Mcp-Method of another method', { 'mcp-method': 'tools/list', 'mcp-name': 'admin' }],
])('rejects %s', (_, given) => {
  expect(readToolCalls(call('admin'), headers(given))).toMatchObject({
    status: 400,
    code: -32_020,
    id: 1,
  })
})

test('rejects the headers of single messages with a batch', () => {
  const batch = [call('open')]
  expect(readToolCalls(batch, headers({ 'mcp-name': 'open' }))).toMatchObject({ code: -32_020 })
  expect(readToolCalls(batch, headers({ 'mcp-method': 'tools/call' }))).toMatchObject({
    code: -32_020,
  })
})

test('rejects a name that looks like an encoded name', () => {
  const name = '=?base64?b3Blbg==?='
  expect(readToolCalls(call(name), headers({ 'mcp-name': name }))).toMatchObject({ code: -32_020 })
})

test.each([
  ['a name', call('admin'), { 'mcp-method': 'tools/call', 'mcp-name': 'admin' }, ['admin']],
  ['spaces around it', call('admin'), { 'mcp-name': ' admin\t' }, ['admin']],
  ['an encoded name', call('Büro'), { 'mcp-name': '=?base64?QsO8cm8=?=' }, ['Büro']],
  [
    'the URI of a resource',
    { method: 'resources/read', params: { uri: 'file:///a' } },
    { 'mcp-name': 'file:///a' },
    [],
  ],
  ['a name for a method without one', { method: 'tools/list' }, { 'mcp-name': 'x' }, []],
])('accepts headers that agree with the body: %s', (_, body, given, names) => {
  expect(readToolCalls(body, headers(given))).toEqual(names)
})

import {
  McpServer,
  ResourceTemplate,
  completable,
  inputRequired,
  type CallToolResult,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import { addInputTools, inputStates } from './conformance-inputs.ts'

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC'
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQAAAAA='

/** A server with the tools, resources and prompts that the scenarios of `@modelcontextprotocol/conformance` call by name. */
export function createConformanceServer(): McpServer {
  const server = new McpServer(
    { name: 'conformance', version: '1.0.0' },
    {
      capabilities: { completions: {}, logging: {} },
      requestState: { verify: inputStates.verify },
    },
  )
  addContentTools(server)
  addInputTools(server)
  addResources(server)
  addPrompts(server)
  return server
}

function addContentTools(server: McpServer): void {
  const image = { type: 'image', data: PNG, mimeType: 'image/png' } as const
  const results: Record<string, CallToolResult['content']> = {
    test_simple_text: [{ type: 'text', text: 'This is a simple text response for testing.' }],
    test_image_content: [image],
    test_audio_content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }],
    test_embedded_resource: [
      {
        type: 'resource',
        resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'A resource.' },
      },
    ],
    test_multiple_content_types: [
      { type: 'text', text: 'Multiple content types test:' },
      image,
      {
        type: 'resource',
        resource: {
          uri: 'test://mixed-content-resource',
          mimeType: 'application/json',
          text: '{"test":"data","value":123}',
        },
      },
    ],
  }
  for (const [name, content] of Object.entries(results)) {
    server.registerTool(name, { description: 'Returns content of one kind.' }, () => ({ content }))
  }
  server.registerTool('test_error_handling', { description: 'Fails.' }, () => {
    throw new Error('This tool intentionally returns an error for testing')
  })
  server.registerTool(
    'test_tool_with_progress',
    { description: 'Reports its progress.' },
    async (ctx) => {
      for (const progress of [0, 50, 100]) await report(ctx, progress)
      return { content: [{ type: 'text', text: 'Done.' }] }
    },
  )
  server.registerTool('test_logging_tool', { description: 'Writes a log line.' }, async (ctx) => {
    await ctx.mcpReq.log('info', 'A log line.')
    return { content: [{ type: 'text', text: 'Done.' }] }
  })
  server.registerTool(
    'test_missing_capability',
    { description: 'Asks the model of the client.' },
    () =>
      inputRequired({
        inputRequests: {
          answer: inputRequired.createMessage({
            messages: [{ role: 'user', content: { type: 'text', text: 'Hello' } }],
            maxTokens: 10,
          }),
        },
      }),
  )
}

async function report({ mcpReq }: ServerContext, progress: number): Promise<void> {
  // oxlint-disable-next-line no-underscore-dangle -- The name of the specification.
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return
  await mcpReq.notify({
    method: 'notifications/progress',
    params: { progressToken, progress, total: 100 },
  })
}

function addResources(server: McpServer): void {
  server.registerResource(
    'text',
    'test://static-text',
    { description: 'A text.', mimeType: 'text/plain' },
    ({ href: uri }) => ({ contents: [{ uri, mimeType: 'text/plain', text: 'The text.' }] }),
  )
  server.registerResource(
    'image',
    'test://static-binary',
    { description: 'An image.', mimeType: 'image/png' },
    ({ href: uri }) => ({ contents: [{ uri, mimeType: 'image/png', blob: PNG }] }),
  )
  server.registerResource(
    'data',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'The data of an id.', mimeType: 'application/json' },
    ({ href: uri }, { id }) => ({
      contents: [
        {
          uri,
          mimeType: 'application/json',
          text: JSON.stringify({ id, data: `Data for ${String(id)}` }),
        },
      ],
    }),
  )
}

function addPrompts(server: McpServer): void {
  const text = (value: string) => ({
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text: value } }],
  })
  server.registerPrompt('test_simple_prompt', { description: 'A prompt.' }, () =>
    text('This is a simple prompt for testing.'),
  )
  const argument = completable(z.string(), (value) =>
    ['paris', 'park', 'party'].filter((word) => word.startsWith(value)),
  )
  server.registerPrompt(
    'test_prompt_with_arguments',
    {
      description: 'A prompt with arguments.',
      argsSchema: z.object({ arg1: argument, arg2: z.string() }),
    },
    ({ arg1, arg2 }) => text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`),
  )
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    {
      description: 'A prompt with a resource.',
      argsSchema: z.object({ resourceUri: z.string() }),
    },
    ({ resourceUri: uri }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'resource',
            resource: { uri, mimeType: 'text/plain', text: 'The resource.' },
          },
        },
        { role: 'user', content: { type: 'text', text: 'Process the resource above.' } },
      ],
    }),
  )
  server.registerPrompt(
    'test_prompt_with_image',
    { description: 'A prompt with an image.' },
    () => ({
      messages: [
        { role: 'user', content: { type: 'image', data: PNG, mimeType: 'image/png' } },
        { role: 'user', content: { type: 'text', text: 'Analyze the image above.' } },
      ],
    }),
  )
}

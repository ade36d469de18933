import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  type CallToolResult,
  type InputRequest,
  type InputRequiredResult,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'

// The tools of the scenarios `input-required-result-…`: a tool that needs an answer of the user returns a request for it.

/** Signs the state that a client sends back. */
export const inputStates = createRequestStateCodec<number>({
  key: 'a key of at least 32 bytes, for tests only',
})

type Result = CallToolResult | InputRequiredResult
type Tool = (ctx: ServerContext) => Result | Promise<Result>

const NAME = z.object({ name: z.string() })

const ask = (message: string, requestedSchema: z.ZodObject): InputRequest =>
  inputRequired.elicit({ message, requestedSchema })
const sample = (text: string): InputRequest =>
  inputRequired.createMessage({
    messages: [{ role: 'user', content: { type: 'text', text } }],
    maxTokens: 100,
  })
const said = (text: string): CallToolResult => ({ content: [{ type: 'text', text }] })

const TOOLS: Record<string, Tool> = {
  test_input_required_result_elicitation({ mcpReq }) {
    const answer = acceptedContent(mcpReq.inputResponses, 'user_name', NAME)
    return answer === undefined
      ? inputRequired({ inputRequests: { user_name: ask('What is your name?', NAME) } })
      : said(`Hello, ${answer.name}!`)
  },
  test_input_required_result_sampling({ mcpReq }) {
    const answer = inputResponse(mcpReq.inputResponses, 'capital_question')
    return answer.kind === 'sampling'
      ? said(JSON.stringify(answer.result.content))
      : inputRequired({
          inputRequests: { capital_question: sample('What is the capital of France?') },
        })
  },
  test_input_required_result_list_roots({ mcpReq }) {
    const answer = inputResponse(mcpReq.inputResponses, 'client_roots')
    return answer.kind === 'roots'
      ? said(answer.roots.map(({ uri }) => uri).join(' '))
      : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } })
  },
  async test_input_required_result_request_state({ mcpReq }) {
    const schema = z.object({ ok: z.boolean() })
    return acceptedContent(mcpReq.inputResponses, 'confirm', schema) !== undefined &&
      mcpReq.requestState<number>() === 1
      ? said('state-ok')
      : inputRequired({
          inputRequests: { confirm: ask('Please confirm', schema) },
          requestState: await inputStates.mint(1),
        })
  },
  async test_input_required_result_multiple_inputs({ mcpReq }) {
    const isAnswered = ['user_name', 'greeting', 'client_roots'].every(
      (key) => inputResponse(mcpReq.inputResponses, key).kind !== 'missing',
    )
    return isAnswered
      ? said('All inputs have arrived.')
      : inputRequired({
          inputRequests: {
            user_name: ask('What is your name?', NAME),
            greeting: sample('Generate a greeting'),
            client_roots: inputRequired.listRoots(),
          },
          requestState: await inputStates.mint(1),
        })
  },
  async test_input_required_result_multi_round({ mcpReq }) {
    const round = mcpReq.requestState<number>() ?? 0
    if (round === 0) {
      return inputRequired({
        inputRequests: { step1: ask('Step 1: What is your name?', NAME) },
        requestState: await inputStates.mint(1),
      })
    }
    return round === 1
      ? inputRequired({
          inputRequests: {
            step2: ask('Step 2: What is your color?', z.object({ color: z.string() })),
          },
          requestState: await inputStates.mint(2),
        })
      : said('Both rounds are complete.')
  },
  async test_input_required_result_tampered_state({ mcpReq }) {
    return mcpReq.requestState<number>() === undefined
      ? inputRequired({
          inputRequests: { confirm: ask('Please confirm', z.object({ ok: z.boolean() })) },
          requestState: await inputStates.mint(1),
        })
      : said('state-ok')
  },
  test_input_required_result_capabilities({ mcpReq }) {
    const declared = Object(mcpReq.envelope)[CLIENT_CAPABILITIES_META_KEY] ?? {}
    const inputRequests = {
      ...('sampling' in declared && { capital: sample('What is the capital of France?') }),
      ...('elicitation' in declared && { name: ask('What is your name?', NAME) }),
    }
    return Object.keys(inputRequests).length === 0
      ? said('The client cannot answer.')
      : inputRequired({ inputRequests })
  },
}

/** The scenario `server-stateless` calls this one by another name. */
const STREAMING: Record<string, Tool> = {
  test_streaming_elicitation: TOOLS['test_input_required_result_elicitation'] as Tool,
}

export function addInputTools(server: McpServer): void {
  for (const [name, tool] of Object.entries({ ...TOOLS, ...STREAMING })) {
    server.registerTool(name, { description: 'Asks the user.' }, tool)
  }
  const schema = z.object({ context: z.string() })
  server.registerPrompt(
    'test_input_required_result_prompt',
    { description: 'A prompt that asks the user.' },
    ({ mcpReq }) => {
      const answer = acceptedContent(mcpReq.inputResponses, 'user_context', schema)
      return answer === undefined
        ? inputRequired({
            inputRequests: { user_context: ask('What context should the prompt use?', schema) },
          })
        : { messages: [{ role: 'user', content: { type: 'text', text: answer.context } }] }
    },
  )
}

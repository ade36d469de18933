import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
} from '@azure/core-rest-pipeline'
import { azureCredential, type ContextSource } from 'identity-web/azure'

/** What is left of the error of an SDK when it arrives in a handler: an error with it as `cause`, or only its message. */
export type Wrapper = 'cause' | 'message'

/**
 * Calls an API with the pipeline that the SDKs of Azure share. The user has not consented to the scope, so the credential throws,
 * and the pipeline sends nothing.
 */
export async function callWithSdk(context: ContextSource, wrapper: Wrapper): Promise<never> {
  const pipeline = createPipelineFromOptions({})
  const credential = azureCredential(context)
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: 'Mail.Read' }))
  const request = createPipelineRequest({ url: 'https://graph.example/v1.0/me' })
  const result = await pipeline.sendRequest(createDefaultHttpClient(), request).catch(toError)
  if (!(result instanceof Error)) throw new TypeError('The pipeline got a token.')
  throw wrapper === 'cause'
    ? new Error('No mail.', { cause: result })
    : // The client of Graph does this.
      new Error(result.message)
}

const toError = (error: unknown): unknown => error

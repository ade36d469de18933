import type { ProviderRecord, ProviderScript, ScriptedClient } from './script.ts'
import type { TokenSigner } from './tokens.ts'

/** A sign-in that a code or a token belongs to. */
export interface SignInRecord {
  readonly sub: string
  readonly sid: string
  readonly scope: string
  readonly nonce: string | undefined
  readonly redirectUri: string
  readonly codeChallenge: string
}

/** The state of a scripted provider. */
export interface ProviderState {
  readonly issuer: string
  readonly client: ScriptedClient
  readonly script: ProviderScript
  readonly methods: readonly string[]
  readonly record: ProviderRecord
  readonly signer: TokenSigner
  readonly codes: Map<string, SignInRecord>
  readonly accessTokens: Map<string, SignInRecord>
  readonly refreshTokens: Map<string, SignInRecord>
  /** The last sign-in that was not ended. */
  signedIn: SignInRecord | undefined
  signIns: number
}

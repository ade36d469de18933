import { azureCredential, type ContextSource } from 'identity-web/azure'

/** Returns a token as an SDK gets it, which wraps the error of the credential. */
export async function sdkToken(context: ContextSource): Promise<{ readonly token: string }> {
  try {
    const { token } = await azureCredential(context).getToken('Mail.Read')
    return { token }
  } catch (cause) {
    throw new Error('The SDK failed.', { cause })
  }
}

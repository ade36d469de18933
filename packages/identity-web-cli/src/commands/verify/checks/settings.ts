import type { Evidence } from '../../doctor/evidence.js'
import { CheckError } from '../../doctor/explain-error.js'
import type { Step } from '../check.js'
import { failed, passed } from '../outcome.js'

/** The settings, and the metadata of the provider. */
export const settings: Step = {
  title: 'Settings and metadata',
  checks: [
    {
      id: 'settings',
      assumes: 'The settings of the application are complete.',
      run({ auth }) {
        const problems = auth.problems.map(({ message }) => message)
        return Promise.resolve(
          problems.length === 0
            ? passed('The settings are complete.')
            : failed(
                problems.join(' '),
                'Run "npx --no-install identity-web-cli doctor" to check the settings.',
              ),
        )
      },
    },
    {
      id: 'discovery',
      assumes: 'The metadata of the provider contains the expected issuer and usable keys.',
      needs: ['settings'],
      async run({ auth, evidence }) {
        await auth.ready()
        const { metadata } = (await evidence.provider()) ?? {}
        const missing = ENDPOINTS.filter((name) => typeof metadata?.[name] !== 'string')
        if (missing.length > 0)
          throw new CheckError(
            `The metadata does not contain ${missing.join(' and ')}.`,
            'Check the authority (IDENTITY_AUTHORITY or IDENTITY_OIDC_AUTHORITY).',
          )
        const { keys } = await readKeys(evidence, String(metadata?.['jwks_uri']))
        if (Array.isArray(keys) && keys.length > 0)
          return passed('The library accepts the metadata and the keys.')
        throw new CheckError(
          'The list of keys is empty, so the library cannot verify tokens.',
          'Create a signing key at the provider, or open an issue with this report.',
        )
      },
    },
  ],
}

/** Reads the keys. The library has read them before, but accepts a list that gets its first key later. */
async function readKeys(evidence: Evidence, url: string): Promise<{ readonly keys?: unknown }> {
  return (await (await evidence.fetch(url)).json()) as { readonly keys?: unknown }
}

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint']

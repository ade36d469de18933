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
        return passed('The library accepts the metadata and the keys.')
      },
    },
  ],
}

const ENDPOINTS = ['authorization_endpoint', 'token_endpoint']

import { describeDifferences } from '../../../reality/compare.js'
import { compareOpenResponses } from '../../../reality/open-requests.js'
import { servesManyTenants } from '../../../subject/authorities.js'
import { fail, notApplicable, type Check } from '../check.js'

/** Compares the responses to requests that everybody may send. */
export const responsesCheck: Check = {
  id: 'responses',
  statement: 'Keys and errors have the form of the responses that Microsoft sent to others.',
  needs: ['discovery'],
  async run({ kind, settings: { app, timeoutSeconds }, recorder, proofs }) {
    const { IDENTITY_AUTHORITY: authority, IDENTITY_CLIENT_ID: clientId = '' } = app
    if (kind !== 'entra' || servesManyTenants(authority))
      notApplicable('These responses are those of one tenant of Entra ID.')
    const tokenEndpoint = String(recorder.metadata['token_endpoint'])
    const compared = await compareOpenResponses({ tokenEndpoint, clientId }, timeoutSeconds)
    const others = compared.filter(({ differences }) => differences.length > 0)
    for (const one of compared)
      proofs.push({ id: one.id, verdict: others.includes(one) ? 'failed' : 'passed' })
    const found = others.map(({ id, differences }) => `${id} (${describeDifferences(differences)})`)
    if (found.length > 0)
      fail(
        `These responses differ from those that Microsoft sent to others: ${found.join(', ')}.`,
        'Microsoft may have changed them. Please open an issue with this report.',
      )
  },
}

import { compareOpenAnswers } from '../../../reality/open-requests.js'
import { fail, notApplicable, type Check } from '../check.js'

/** Compares answers to requests that everybody may send. */
export const answersCheck: Check = {
  id: 'answers',
  statement: 'Keys and errors have the form of the answers that Microsoft sent to others.',
  needs: ['discovery'],
  async run({ kind, settings: { app }, proofs, signal }) {
    if (kind !== 'entra') notApplicable('The described answers are those of Entra ID.')
    const { IDENTITY_AUTHORITY = '', IDENTITY_CLIENT_ID: clientId = '' } = app
    const { origin, pathname } = new URL(IDENTITY_AUTHORITY)
    const [, tenant = ''] = pathname.split('/')
    const answers = await compareOpenAnswers({ origin, tenant, clientId }, signal)
    const others = answers.filter(({ differences }) => differences.length > 0)
    for (const one of answers)
      proofs.push({ id: one.id, verdict: others.includes(one) ? 'failed' : 'passed' })
    const found = others.map(({ id, differences }) => `${id} (${differences.join(', ')})`)
    if (found.length > 0)
      fail(
        `These answers differ from those that Microsoft sent to others: ${found.join(', ')}.`,
        'Microsoft may have changed them. Please open an issue with this report.',
      )
  },
}

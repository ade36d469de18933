import type { Step } from '../check.js'
import { failed, passed, skipped } from '../outcome.js'
import { apiToken } from './own-api.js'
import { idOf } from './user-token.js'

/** The call of another API on behalf of the user. */
export const onBehalfOf: Step = {
  title: 'On behalf of the user',
  checks: [
    {
      id: 'on-behalf-of',
      assumes:
        'The API exchanges the token of the user for a token of Microsoft Graph, which works for the same user.',
      needs: ['api-token'],
      async run(trial) {
        const { graphScope } = trial
        if (graphScope === undefined)
          return skipped(
            'The library exchanges tokens on behalf of a user only at Entra ID and External ID.',
          )
        const { value } = await trial.callApi(
          await apiToken(trial),
          trial.scopeName,
          async (context) => {
            const response = await context.fetch('/me?$select=id', { scopes: [graphScope] })
            return { status: response.status, id: await idOf(response) }
          },
        )
        if (value === undefined) return trial.failed('The API rejected the token.')
        if (value.status !== 200)
          return failed(
            `Microsoft Graph returned status ${value.status} for /me.`,
            'Add the delegated permission User.Read of Microsoft Graph to the registration of the API.',
          )
        return value.id === trial.claims?.oid
          ? passed('Microsoft Graph returned the profile of the signed-in user.')
          : failed(
              'Microsoft Graph returned the profile of another user.',
              'Please open an issue with this report, because the token belongs to another user.',
            )
      },
    },
  ],
}

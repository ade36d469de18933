import type { Step } from '../check.js'
import { skipped } from '../outcome.js'
import { judgeProfile, readProfile } from './graph-profile.js'
import { apiToken } from './own-api.js'

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
        const { value } = await trial.callApi(await apiToken(trial), trial.scopeName, (context) =>
          readProfile(trial, (path, signal) =>
            context.fetch(path, { scopes: [graphScope], signal }),
          ),
        )
        if (value === undefined) return trial.failed('The API rejected the token.')
        return judgeProfile(
          trial,
          value,
          'Add the delegated permission User.Read of Microsoft Graph to the registration of the API.',
        )
      },
    },
  ],
}

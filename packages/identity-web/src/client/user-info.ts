// Reads the UserInfo endpoint.
import {
  graphBaseUrl,
  isMicrosoftHost,
  requestProvider,
  verifyUserInfo,
  type ProviderResponse,
  type UserInfoClaims,
} from '../authority/index.ts'
import { configurationError, IdentityError } from '../errors.ts'
import type { OAuthClient } from './oauth-client.ts'

export interface UserInfoRequest {
  readonly accessToken: string
  /** The verified ID token's user. */
  readonly sub: string
  /** The longest time to wait, in seconds. @defaultValue the option `timeoutSeconds` */
  readonly timeoutSeconds?: number | undefined
}

export async function hasUserInfo({ issuing }: OAuthClient): Promise<boolean> {
  return (await endpointOf(issuing)) !== undefined
}

const PUBLIC_GRAPH = 'https://graph.microsoft.com/'

/**
 * The metadata of `common` of the US Government name the Graph of the public cloud, which must not get the tokens of another
 * cloud.
 */
async function endpointOf({
  authority,
  ...issuing
}: OAuthClient['issuing']): Promise<string | undefined> {
  const { userinfo_endpoint: endpoint } = await issuing.metadata()
  const isOfMicrosoft = isMicrosoftHost(new URL(authority.url).host)
  if (!isOfMicrosoft || endpoint?.startsWith(PUBLIC_GRAPH) !== true) return endpoint
  const graph = graphBaseUrl(authority)
  return graph && endpoint.replace(PUBLIC_GRAPH, new URL('/', graph).href)
}

/**
 * Reads a user's claims from the UserInfo endpoint.
 *
 * @throws IdentityError `configuration` without this endpoint, `provider_error` if the endpoint rejects the access
 *   token, and the errors from `verifyUserInfo` and `requestProvider`.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#UserInfo | OpenID Connect Core, section 5.3}
 */
export async function fetchUserInfo(
  { issuing, clientId }: OAuthClient,
  { accessToken, sub, timeoutSeconds = Infinity }: UserInfoRequest,
): Promise<UserInfoClaims> {
  const url = await endpointOf(issuing)
  if (url === undefined) {
    throw configurationError(
      'The metadata of the provider does not contain userinfo_endpoint, so UserInfo cannot be read. Set Auth({ userInfo: false }), and take the claims from the ID token.',
    )
  }
  const { transport } = issuing
  const limited = {
    ...transport,
    timeoutSeconds: Math.min(timeoutSeconds, transport.timeoutSeconds),
  }
  const response = await requestProvider(limited, 'UserInfo', {
    url,
    headers: {
      accept: 'application/json, application/jwt',
      authorization: `Bearer ${accessToken}`,
    },
  })
  if (response.status !== 200) throw rejectedUserInfo(response)
  const contentType = response.headers.get('content-type') ?? ''
  return verifyUserInfo(issuing, { contentType, body: response.body }, { clientId, sub })
}

function rejectedUserInfo(response: ProviderResponse): IdentityError {
  const { status, redirectTarget: target } = response
  if (target !== undefined) {
    return new IdentityError(
      'invalid_response',
      `The UserInfo endpoint returned ${status} and redirects to ${target}. Redirects are not followed, because the request contains an access token.`,
    )
  }
  const isRejected = status === 401 || status === 403
  return new IdentityError(
    isRejected ? 'provider_error' : 'invalid_response',
    `The UserInfo endpoint returned ${status}.`,
    {
      hint: isRejected
        ? 'The access token must contain the scope openid. If the request contains the parameter "resource", many providers issue a token only for the API in this parameter, and UserInfo does not accept such a token.'
        : undefined,
    },
  )
}

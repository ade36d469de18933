// Sign-ins that a portal starts (`iss`, `login_hint`).
import { isIssuer } from '../../authority/index.ts'
import { IdentityError } from '../../errors.ts'
import { parseForm, type RouteRequest } from '../http/routes.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import type { SignInServices } from './services.ts'

/**
 * Reads the parameters with which another party, such as the portal of the provider, starts a sign-in at the login
 * route. Anyone can send these parameters, so they can only select the name of the user at the provider and a page of
 * this application.
 *
 * @returns `undefined` if the request does not contain `iss`, which is required.
 * @throws IdentityError `invalid_request` for another issuer, so that the user does not sign in at a provider that the
 *   third party did not mean.
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#ThirdPartyInitiatedLogin | OpenID Connect Core,
 *   section 4}
 */
export async function readThirdPartyLogin<User>(
  services: SignInServices<User>,
  request: RouteRequest,
): Promise<SignInStart | undefined> {
  const given = readParameters(request)
  const issuers = given?.getAll('iss') ?? []
  const [iss] = issuers
  if (given === undefined || iss === undefined) return undefined
  const { loginParameters, provider } = services
  const { issuing } = provider.client
  if (issuers.length > 1 || !isIssuer(await issuing.metadata(), iss)) {
    throw new IdentityError(
      'invalid_request',
      'Another site started this sign-in with the parameter iss, but its value is not the issuer of the provider of this application.',
      {
        hint: 'Compare iss with the member issuer of the metadata of the provider. Each character must be the same.',
      },
    )
  }
  const parameters = loginParameters(given)
  return { returnTo: targetOf(services, given), ...(parameters && { parameters }) }
}

function readParameters(request: RouteRequest): URLSearchParams | undefined {
  return request.method === 'POST' ? request.readForm() : parseForm(request.query)
}

/** Returns the path of `target_link_uri`. Every URL outside the application leads to the home page instead. */
function targetOf<User>({ site, loginUrls }: SignInServices<User>, given: URLSearchParams): string {
  const [target, second] = given.getAll('target_link_uri')
  const { origin, location } = site
  if (target === undefined || second !== undefined || origin === undefined) return location.homePath
  // The string is compared, and not only the parsed URL, because parsers disagree about URLs such as `https:\\host`.
  const path = target === origin ? '/' : target.slice(origin.length)
  if (!target.startsWith(origin) || !path.startsWith('/')) return location.homePath
  const returnTo = loginUrls.returnPath(path)
  return location.contains(new URL(returnTo, origin).pathname) ? returnTo : location.homePath
}
